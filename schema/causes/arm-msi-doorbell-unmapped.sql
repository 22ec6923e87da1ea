-- cause     arm-msi-doorbell-unmapped
-- title     A device's interrupt message was refused: the doorbell is not in its tables
-- explain   PCI devices send interrupts by writing to a register of the interrupt translator (GITS_TRANSLATER, 0x10040 behind its base). Behind an
--        |  SMMU that write is translated as any other, and Xen did not enter the register's page: the device works, and its interrupts never come.
-- remedy    Update Xen to 4.21, which maps the page; before, only trees of vendors pass PCI devices through an SMMU on Arm, and they need
--        |  f9f6b22abf1d too.
-- refs      xen f9f6b22abf1d, xen ca8f6ffeb6e3
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'xen' AND iova & 0xfff = 0x40
-- trigger   doorbell-write   a device wrote, and nothing was mapped, at 0x40 of a page
-- decides   at-the-its       the address is that register of an interrupt translator of this machine | ask: where the interrupt translator lies | capture: the reg property of the msi-controller in the device tree, or the console log from "Xen version" on (GICv3: Found ITS) | kind: address
-- supports  frame-offset     it is at 0x40 of a frame of 64 KiB, where translators have it | kind: address
-- caps      fixed-xen        this release of Xen maps the page | of: at-the-its
-- excludes  a-read           the access is a read
-- excludes  elsewhere        Xen says where the translators of this machine lie, and it is not there
-- excludes  in-memory        the address is memory
-- excludes  maps-it          this release of Xen maps the page, and nothing tells where the translator lies

SELECT c.incident AS subject, c.id AS "case", 'doorbell-write' AS clue, printf('%s of %#x', ifnull(c.access, 'an access'), c.iova) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.impl NOT IN ('vtd', 'amd') AND c.iova & 0xfff = 0x40 AND c.kind IN ('translation', 'unknown') AND c.access IS NOT NULL
   -- A read is said to be none only where the register is.
   AND (c.access = 'write' OR EXISTS (SELECT 1 FROM fault_place AS p WHERE p."case" = c.id AND p.class = 'its'))

UNION ALL
SELECT c.incident, c.id, 'a-read', printf('read of %#x', c.iova), ifnull(p.capture, c.capture), ifnull(p.line, c.line), c.n
  FROM fault_case AS c
  LEFT JOIN fault_place AS p ON p."case" = c.id AND p.class = 'its'
 WHERE c.driven_by = 'xen' AND c.impl NOT IN ('vtd', 'amd') AND c.iova & 0xfff = 0x40 AND c.access = 'read'

UNION ALL
SELECT c.incident, c.id, 'frame-offset', printf('%#x is at 0x40 of its 64 KiB', c.iova), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.impl NOT IN ('vtd', 'amd') AND c.iova & 0xffff = 0x40 AND c.access = 'write'

UNION ALL
SELECT c.incident, c.id, 'at-the-its', p.says, p.capture, p.line, c.n
  FROM fault_case AS c
  JOIN fault_place AS p ON p."case" = c.id AND p.class = 'its' AND c.iova = p.first + 0x10040
 WHERE c.driven_by = 'xen' AND c.access = 'write'

UNION ALL
SELECT c.incident, c.id, 'elsewhere', printf('the translator lies at %#x', json_extract(t.fields, '$.base')), t.capture, t.line, c.n
  FROM fault_case AS c
  JOIN (SELECT g.boot, min(t.id) AS first
          FROM message AS m
         CROSS JOIN note AS t ON t.message = m.id AND m.name = 'xen.boot.its'
          JOIN segment AS g ON g.id = t.segment
         WHERE t.trust <> 'guest' AND t.speaker = 'xen'
         GROUP BY g.boot) AS x ON x.boot = c.boot
  JOIN note AS t ON t.id = x.first
 WHERE c.driven_by = 'xen' AND c.impl NOT IN ('vtd', 'amd') AND c.iova & 0xfff = 0x40
   AND NOT EXISTS (SELECT 1 FROM fault_place AS p WHERE p."case" = c.id AND p.class = 'its')

UNION ALL
SELECT c.incident, c.id, 'in-memory', p.says, p.capture, p.line, c.n
  FROM fault_case AS c
  JOIN fault_place AS p ON p."case" = c.id AND p.class IN ('ram', 'dom-bank')
 WHERE c.driven_by = 'xen' AND c.impl NOT IN ('vtd', 'amd') AND c.iova & 0xfff = 0x40

UNION ALL
SELECT c.incident, c.id, CASE WHEN EXISTS (SELECT 1 FROM fault_place AS p WHERE p."case" = c.id AND p.class = 'its') THEN 'fixed-xen' ELSE 'maps-it' END,
       printf('Xen %s', v.version), v.capture, v.line, c.n
  FROM fault_case AS c
  JOIN v_xen_change AS v ON v.boot = c.boot AND v.change = 'its-doorbell' AND v.state = 'fixed'
 WHERE c.driven_by = 'xen' AND c.impl NOT IN ('vtd', 'amd') AND c.iova & 0xfff = 0x40;

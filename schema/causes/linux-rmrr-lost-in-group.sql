-- cause     linux-rmrr-lost-in-group
-- title     Linux lost the firmware's reserved ranges of a device when its group changed domain
-- explain   The firmware says that the device uses a range of memory on its own (RMRR), and Linux maps it. From 5.3 on, when one function of a group was
--        |  moved to a domain of its own, mappings for the others of the group went to the wrong domain: the device then reads its
--        |  range, and is refused.
-- remedy    Use Linux 5.5, or a later 5.4; until then iommu=pt, or intel_iommu=off.
-- refs      linux 942067f1b6b97, d360211524be, drivers/iommu/intel-iommu.c intel_iommu_add_device()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'linux' AND impl IN ('vtd', 'amd')
-- trigger   in-range      VT-d refused an address in a range that the firmware reserves for a device
-- needs     all-in-range  all refused addresses of the device are in such ranges | ask: all refused addresses | capture: the kernel's log without lines left out | kind: address
-- needs     affected      the release has the fault | ask: the release of Linux | capture: the kernel's log from "Linux version" on | kind: version | shown-by: linux-rmrr-group
-- decides   group-moved   another function of its group got a domain of its own | ask: which functions are in its group, and which domain each got | capture: the kernel's log from the boot on | kind: message
-- supports  not-remapped  the kernel mapped the range for other devices, and not for this one | kind: order
-- excludes  alone         the device is alone in its group
-- caps      vendor        the release is a vendor's own, which may have the fix | of: affected
-- caps      evidence-lost  messages were suppressed or lost: another address may be among them | of: all-in-range

SELECT c.incident AS subject, c.id AS "case", 'in-range' AS clue, printf('iova %#x: %s', c.iova, p.says) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
  JOIN fault_place AS p ON p."case" = c.id AND p.class = 'rmrr'
 WHERE c.driven_by = 'linux' AND c.impl = 'vtd'

UNION ALL
SELECT c.incident, c.id, 'all-in-range', CASE x.n WHEN 1 THEN 'its address is ' || p.says ELSE printf('its %d addresses are all in such ranges, the first %s', x.n, p.says) END, p.capture, p.line, c.n
  FROM fault_case AS c
  JOIN fault_place AS p ON p."case" = c.id AND p.class = 'rmrr'
  JOIN (SELECT a.incident, count(*) AS n, count(a.reserved) AS inside FROM incident_iova AS a GROUP BY a.incident) AS x ON x.incident = c.incident AND x.inside = x.n
 WHERE c.driven_by = 'linux' AND c.impl = 'vtd'

UNION ALL
SELECT c.incident, c.id, v.clue, v.says, v.capture, v.line, c.n
  FROM fault_case AS c
  JOIN v_linux_affected AS v ON v.boot = c.boot AND v.change = 'linux-rmrr-group' AND v.clue IN ('affected', 'vendor')
 WHERE c.driven_by = 'linux' AND c.impl = 'vtd'

UNION ALL
SELECT c.incident, c.id, 'group-moved', printf('%s, in %s with %s, got %s domain of its own', d.bdf, d.other, c.device, CASE d.mode WHEN 'identity' THEN 'an identity' ELSE 'a dma' END), d.capture, d.line, c.n
  FROM fault_case AS c
 CROSS JOIN identity AS a ON a.boot = c.boot AND a.name = c.device AND a.how = 'in'
  -- Of each group the first two functions: one of them at least is another one.
 CROSS JOIN (SELECT d.boot, b.other, d.bdf, d.mode, d.at >> 40 AS capture, d.at & 0xffffffffff AS line, row_number() OVER (PARTITION BY d.boot, b.other ORDER BY d.at) AS nr
          FROM (SELECT g.boot, json_extract(n.fields, '$.bdf') AS bdf, json_extract(n.fields, '$.mode') AS mode, min(n.capture << 40 | n.line) AS at
                  FROM note AS n
                  JOIN message AS m ON m.id = n.message AND m.name = 'linux.dmar.private-domain'
                  JOIN segment AS g ON g.id = n.segment
                 WHERE n.trust <> 'guest'
                 GROUP BY g.boot, bdf) AS d
          JOIN identity AS b ON b.boot = d.boot AND b.name = d.bdf AND b.how = 'in') AS d ON d.boot = c.boot AND d.other = a.other AND d.bdf <> a.name AND d.nr <= 2
 WHERE c.driven_by = 'linux' AND c.impl = 'vtd'

UNION ALL
SELECT c.incident, c.id, 'not-remapped', printf('mapped for %s, not for %s', d.bdf, c.device), d.capture, d.line, c.n
  FROM fault_case AS c
  JOIN (SELECT g.boot, json_extract(n.fields, '$.bdf') AS bdf, min(n.capture << 40 | n.line) >> 40 AS capture, min(n.capture << 40 | n.line) & 0xffffffffff AS line
          FROM note AS n
          JOIN message AS m ON m.id = n.message AND m.name = 'linux.dmar.identity-range'
          JOIN segment AS g ON g.id = n.segment
         WHERE n.trust <> 'guest'
         GROUP BY g.boot) AS d ON d.boot = c.boot
 WHERE c.driven_by = 'linux' AND c.impl = 'vtd'
   AND c.device NOT IN (SELECT json_extract(n.fields, '$.bdf') FROM note AS n JOIN message AS m ON m.id = n.message AND m.name = 'linux.dmar.identity-range'
                         WHERE json_extract(n.fields, '$.bdf') IS NOT NULL)
   -- A function of its group got a domain of its own, so the lines of its group are in the capture.
   AND EXISTS (SELECT 1 FROM identity AS a WHERE a.boot = c.boot AND a.name = c.device AND a.how = 'in')

UNION ALL
SELECT c.incident, c.id, 'alone', printf('%s is alone in %s', c.device, a.other), a.capture, a.line, c.n
  FROM fault_case AS c
 CROSS JOIN identity AS a ON a.boot = c.boot AND a.name = c.device AND a.how = 'in'
 CROSS JOIN (SELECT b.boot, b.other FROM identity AS b WHERE b.how = 'in' GROUP BY b.boot, b.other HAVING min(b.name) = max(b.name)) AS x
    ON x.boot = c.boot AND x.other = a.other
  JOIN v_observed AS o ON o.boot = c.boot AND o.what = 'linux-faults'
 WHERE c.driven_by = 'linux' AND c.impl = 'vtd'

UNION ALL
SELECT c.incident, c.id, 'evidence-lost', l.says, l.capture, l.line, c.n
  FROM fault_case AS c
  JOIN v_lost AS l ON l.boot = c.boot
 WHERE c.driven_by = 'linux' AND c.impl = 'vtd';

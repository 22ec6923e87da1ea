-- cause     igfx-iommu-quirk
-- title     The integrated graphics of Intel reads where its IOMMU has nothing
-- explain   The graphics processor 00:02.0 has an IOMMU of its own, and quirks with it: it reads ahead of what it was given, keeps addresses of its
--        |  stolen memory, or uses entries that were never written. Which of these it is stays open.
-- remedy    Update Xen (4.16.4, 4.17.1 and later handle that IOMMU better) and the graphics driver; iommu=no-igfx on Xen's command line, or
--        |  intel_iommu=igfx_off on Linux', takes the graphics out of translation. Report the case.
-- refs      xen 2d7f191b392e, xen 49de6749baa8, linux drivers/gpu/drm/i915/i915_irq.c gen8_de_irq_handler()
-- about     incident
-- kind      state
-- when      SELECT 1 FROM fault_case WHERE impl = 'vtd' AND device = '0000:00:02.0'
-- trigger   graphics-read    the integrated graphics read, and VT-d had no entry for it
-- supports  pipe-fault       the display reports in the same boot that it could not read its picture | kind: order
-- supports  beyond-memory    the address is behind the last memory, or reserved, and the device is the display | kind: address
-- excludes  other-device     00:02.0 of this machine is no display

SELECT c.incident AS subject, c.id AS "case", 'graphics-read' AS clue, printf('0000:00:02.0 read %#x', c.iova) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.impl = 'vtd' AND c.device = '0000:00:02.0' AND c.access = 'read' AND c.kind IN ('no-access', 'translation', 'unknown')

UNION ALL
SELECT c.incident, c.id, 'pipe-fault', printf('the display could not read: %d time%s', x.n, CASE x.n WHEN 1 THEN '' ELSE 's' END), x.capture, x.line, c.n
  FROM fault_case AS c
  JOIN (SELECT g.boot, t.capture, min(t.line) AS line, count(*) AS n
          FROM message AS m
         CROSS JOIN note AS t ON t.message = m.id AND m.name = 'linux.i915.pipe-fault'
          JOIN segment AS g ON g.id = t.segment
         WHERE t.trust <> 'guest' AND t.speaker IN ('host', 'unknown')
         GROUP BY g.boot) AS x ON x.boot = c.boot
 WHERE c.impl = 'vtd' AND c.device = '0000:00:02.0' AND c.access = 'read'

UNION ALL
SELECT c.incident, c.id, 'beyond-memory', p.says, p.capture, p.line, c.n
  FROM fault_case AS c
  JOIN fault_place AS p ON p."case" = c.id AND p.class IN ('beyond', 'reserved')
 WHERE c.impl = 'vtd' AND c.device = '0000:00:02.0' AND c.access = 'read'
   AND EXISTS (SELECT 1 FROM v_pci_function AS d WHERE d.boot = c.boot AND d.bdf = c.device AND d.class_code >> 8 = 3)

UNION ALL
SELECT c.incident, c.id, 'other-device', printf('0000:00:02.0 has class %04x', d.class_code), d.capture, d.line, c.n
  FROM fault_case AS c
  JOIN v_pci_function AS d ON d.boot = c.boot AND d.bdf = c.device AND d.class_code >> 8 <> 3
 WHERE c.impl = 'vtd' AND c.device = '0000:00:02.0';

-- cause     arm-iommu-half-initialised
-- title     One SMMU did not come up, and Xen went on without it
-- explain   Xen could not set up one of the SMMUs. Up to 4.12 it goes on all the same and believes that devices are behind an IOMMU
--        |  that works; the devices of that SMMU fail, and the others report faults.
-- remedy    Correct what Xen complains of in the SMMU's node of the device tree (interrupts above all). Xen 4.13 stops at boot instead.
-- refs      xen ce44fd015e55, xen/drivers/passthrough/arm/iommu.c iommu_hardware_setup()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'xen' AND (EXISTS (SELECT 1 FROM iommu_trouble) OR EXISTS (SELECT 1 FROM message WHERE name = 'xen.smmu.interrupt-failed'))
-- trigger   smmu-failed      an SMMU could not be set up at boot, and an SMMU reports faults later | kind: order
-- needs     goes-on          this release of Xen goes on without an SMMU that failed | ask: the release of Xen | capture: xl info, or the console log from "Xen version" on | kind: version
-- supports  global-fault     the fault is of the SMMU as a whole, not of an address | kind: message
-- caps      vendor-build     the version has a vendor's suffix: the fix may be in it | of: global-fault
-- excludes  stops            this release of Xen stops at boot instead

SELECT c.incident AS subject, c.id AS "case", 'smmu-failed' AS clue, printf('%s could not be set up', p.instance) AS says, p.capture, p.line, c.n
  FROM fault_case AS c
  JOIN (SELECT g.boot, json_extract(t.fields, '$.instance') AS instance, t.capture, min(t.line) AS line
          FROM message AS m
         CROSS JOIN note AS t ON t.message = m.id AND m.name = 'xen.smmu.interrupt-failed'
          JOIN segment AS g ON g.id = t.segment
         -- An interrupt of one context is asked for later, when a domain gets it.
         WHERE t.trust <> 'guest' AND json_extract(t.fields, '$.mode') IS NOT 'context'
         GROUP BY g.boot
        UNION ALL
        SELECT g.boot, t.instance, t.capture, min(t.line)
          FROM iommu_trouble AS t
          JOIN segment AS g ON g.id = t.segment
         WHERE t.trust <> 'guest' AND t.by = 'xen' AND t.impl = 'smmuv2' AND t.what IN ('start-failed', 'not-supported')
         GROUP BY g.boot) AS p ON p.boot = c.boot AND (p.capture <> c.capture OR p.line < c.line)
 WHERE c.driven_by = 'xen' AND c.impl IN ('smmuv2', 'smmuv2-global')

UNION ALL
SELECT c.incident, c.id, CASE v.state WHEN 'affected' THEN 'goes-on' ELSE 'stops' END, printf('Xen %s', v.version), v.capture, v.line, c.n
  FROM fault_case AS c
  JOIN v_xen_change AS v ON v.boot = c.boot AND v.change = 'smmu-half-initialised' AND v.state IN ('affected', 'fixed')
 WHERE c.driven_by = 'xen' AND c.impl IN ('smmuv2', 'smmuv2-global')

UNION ALL
SELECT c.incident, c.id, 'vendor-build', printf('Xen %s', v.version), v.capture, v.line, c.n
  FROM fault_case AS c
  JOIN v_xen_change AS v ON v.boot = c.boot AND v.change = 'smmu-half-initialised' AND v.suffix <> ''
 WHERE c.driven_by = 'xen' AND c.impl IN ('smmuv2', 'smmuv2-global')

UNION ALL
SELECT c.incident, c.id, 'global-fault', printf('the fault is of %s as a whole', c.device), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.impl = 'smmuv2-global';

-- cause     dma-direct-while-translated
-- title     A device that is translated was given addresses of memory
-- explain   The IOMMU translates for the device, and its driver was given physical addresses all the same: the kernel set up the direct way for it, or
--        |  its requests reach the IOMMU under another ID, or in a domain without its mappings. All of its DMA fails from the first one on.
-- remedy    Update the kernel; correct the firmware's description of the device (IORT, IVRS, device tree). Until then let the device
--        |  through (iommu=pt).
-- refs      linux drivers/iommu/dma-iommu.c iommu_setup_dma_ops(), kernel/dma/mapping.c
-- about     incident
-- kind      state
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'linux' AND iova >= 1 << 32
-- trigger   memory        Linux's IOMMU refused an address that is memory of the machine, above what it hands out itself
-- needs     translated    the kernel translates for devices by default | ask: whether devices are translated by default | capture: the kernel's log from the boot on (Default domain type) | kind: message
-- needs     all-memory    all refused addresses of the device are memory | ask: what lies at the refused addresses | capture: the kernel's log from the boot on (the memory map) | kind: address
-- supports  never-worked  no request of the device was ever done: its driver reports timeouts | kind: order
-- excludes  passthrough   the kernel does not translate by default
-- excludes  handed-out    a trace shows that the IOMMU's own allocator had given out the address
-- excludes  vfio          VFIO has the device: addresses are a guest's

WITH failed AS (
SELECT g.boot, e.dev, min(e.id) AS first
  FROM device_event AS e
  JOIN segment AS g ON g.id = e.segment
 WHERE e.what IN ('timeout', 'hang', 'frozen', 'reset-failed') AND e.trust <> 'guest'
 GROUP BY g.boot, e.dev)

SELECT c.incident AS subject, c.id AS "case", 'memory' AS clue, printf('iova %#x: %s', c.iova, p.says) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
  JOIN fault_place AS p ON p."case" = c.id AND (p.class = 'ram' OR p.class LIKE 'linux-e820%' AND p.says LIKE '%(usable)')
 WHERE c.driven_by = 'linux' AND c.iova >= 1 << 32 AND c.kind IN ('translation', 'permission', 'no-access', 'unknown')
 GROUP BY c.id

UNION ALL
SELECT c.incident, c.id, 'all-memory', printf('%d of %d addresses are %s', max(p.hits), p.tries, p.says), p.capture, p.line, c.n
  FROM fault_case AS c
  JOIN fault_place AS p ON p."case" = c.id AND (p.class = 'ram' OR p.class LIKE 'linux-e820%' AND p.says LIKE '%(usable)')
 WHERE c.driven_by = 'linux' AND c.iova >= 1 << 32
 GROUP BY c.id
HAVING max(p.hits) = p.tries

UNION ALL
SELECT c.incident, c.id, CASE f.value WHEN 'translated' THEN 'translated' ELSE 'passthrough' END, printf('default domain: %s', f.value), f.capture, f.line, c.n
  FROM fault_case AS c
  JOIN v_fact AS f ON f.boot = c.boot AND f.name = 'linux.iommu.domain_type' AND f.value IN ('translated', 'passthrough')
 WHERE c.driven_by = 'linux'

UNION ALL
SELECT c.incident, c.id, 'never-worked', printf('%s: %s', e.dev, e.what), e.capture, e.line, c.n
  FROM fault_case AS c
  JOIN (SELECT x.boot, x.dev AS name, x.first FROM failed AS x
        UNION
        SELECT x.boot, n.other, x.first FROM failed AS x JOIN identity AS n ON n.boot = x.boot AND n.name = x.dev AND n.how = 'is') AS x
    ON x.boot = c.boot AND x.name = c.device
  JOIN device_event AS e ON e.id = x.first
 WHERE c.driven_by = 'linux'
   AND (SELECT count(DISTINCT a.iova >> 12) FROM incident_iova AS a WHERE a.incident = c.incident) >= 2

UNION ALL
SELECT c.incident, c.id, 'handed-out', printf('iova %#x was mapped', c.iova), m.capture, coalesce(m.mapped, m.maybe_mapped, m.unmapped, m.maybe_unmapped), c.n
  FROM v_iommu_map AS m
  JOIN fault_case AS c ON c.id = m."case"

UNION ALL
SELECT c.incident, c.id, 'vfio', printf('%s has %s', b.driver, b.bdf), b.capture, b.line, c.n
  FROM fault_case AS c
  JOIN (SELECT b.boot, b.bdf, b.driver, min(b.capture << 40 | b.line) >> 40 AS capture, min(b.capture << 40 | b.line) & 0xffffffffff AS line
          FROM v_vfio_bound AS b WHERE b.vfio GROUP BY b.boot, b.bdf) AS b ON b.boot = c.boot AND b.bdf = c.device
 WHERE c.driven_by = 'linux' AND c.iova >= 1 << 32
 GROUP BY c.id;

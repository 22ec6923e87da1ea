-- cause     dma-direction-violation
-- title     A device used a mapped page in a way that it was not mapped for
-- explain   The page was there, the right was not: the device wrote to what was mapped for reading only, or read what was mapped for writing
--        |  only. Either the driver named the wrong direction, or the device does what it was not told to. Linux's IOMMU refused it.
-- remedy    Correct the direction in the driver (DMA_TO_DEVICE, DMA_FROM_DEVICE, DMA_BIDIRECTIONAL), or the rights in whoever maps for a guest
--        |  or a program (VFIO); if they are right, update the device's firmware.
-- refs      linux Documentation/core-api/dma-api.rst, linux drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'linux' AND kind IN ('permission', 'no-access')
-- trigger   forbidden         the IOMMU found the page and forbade the access
-- needs     not-wild          the page was there, or nothing else of the device had been refused before | ask: whether the device used addresses at random before | capture: the log from the boot on, without lines left out | kind: order
-- needs     no-unity-map      the address is no piece of memory that the firmware has mapped for the device at its own place (AMD) | ask: what is mapped at that address | capture: a trace of the mappings (dma:dma_map_*, iommu:map), and the IVRS table | kind: address
-- decides   direction-known   the access that was refused is known | kind: message
-- supports  was-mapped        a trace shows the address mapped when the access was refused | kind: address
-- excludes  no-own-tables     the device has no tables of its own: it is not attached

SELECT c.incident AS subject, c.id AS "case", 'forbidden' AS clue, printf('iova %#x: permission fault', c.iova) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'linux' AND c.kind = 'permission' AND c.iova IS NOT NULL

-- VT-d says the same of a page that is not there: that it was there is for a trace to tell, which names no device.
UNION ALL
SELECT c.incident, c.id, x.clue, printf('iova %#x was mapped, and a %s was refused', c.iova, c.access), m.capture, m.mapped, c.n
  FROM fault_case AS c
  JOIN v_iommu_map AS m ON m."case" = c.id AND m.state = 'live' AND m.maps = m.unmaps + 1
  JOIN (SELECT 'forbidden' AS clue UNION ALL SELECT 'was-mapped') AS x
 WHERE c.driven_by = 'linux' AND c.kind = 'no-access' AND c.access IN ('read', 'write')

UNION ALL
SELECT c.incident, c.id, 'direction-known', printf('a %s was refused', c.access), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'linux' AND c.kind = 'permission' AND c.access IN ('read', 'write')

UNION ALL
SELECT c.incident, c.id, 'not-wild', CASE c.kind WHEN 'permission' THEN 'the message tells that the page was there'
                                                   ELSE printf('%s: the first that was refused', c.device) END, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'linux' AND c.kind IN ('permission', 'no-access') AND c.iova IS NOT NULL
   AND (c.kind = 'permission' OR NOT EXISTS (SELECT 1 FROM fault_case AS o
                    WHERE o.boot = c.boot AND o.device = c.device AND o.id <> c.id AND o.kind <> 'permission' AND (o.capture <> c.capture OR o.line < c.line)
                      AND NOT EXISTS (SELECT 1 FROM v_iommu_map AS m WHERE m."case" = o.id AND m.state = 'ended')))

-- Linux gives addresses from 4 GiB, or the device's mask, downward; the firmware's ranges lie where the memory is.
UNION ALL
SELECT c.incident, c.id, 'no-unity-map', CASE c.impl WHEN 'amd' THEN printf('iova %#x is far from low memory', c.iova) ELSE 'this IOMMU has no such maps' END,
       c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'linux' AND c.kind IN ('permission', 'no-access') AND c.iova IS NOT NULL AND (c.impl <> 'amd' OR c.page >= 0x80000)

UNION ALL
SELECT c.incident, c.id, 'no-own-tables', 'domain 0x0000', c.capture, c.line, c.n
  FROM fault_case AS c
  JOIN iommu_fault AS f ON f.capture = c.capture AND f.line = c.line AND f.impl = 'amd' AND f.iommu_domain = 0
 WHERE c.driven_by = 'linux' AND c.kind = 'permission';

-- cause     dma-direction-violation
-- title     A device used a mapped page in a way that it was not mapped for
-- explain   The page was there, the right was not: the device wrote to what was mapped for reading only, or read what was mapped for writing
--        |  only. Either the driver named the wrong direction, or the device does what it was not told to. Linux's IOMMU refused it.
-- remedy    Correct the direction in the driver (DMA_TO_DEVICE, DMA_FROM_DEVICE, DMA_BIDIRECTIONAL), or the rights in whoever maps for a guest
--        |  or a program (VFIO); if they are right, update the device's firmware.
-- refs      linux Documentation/core-api/dma-api.rst, linux drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'linux' AND kind = 'permission'
-- trigger   forbidden         the IOMMU found the page and forbade the access
-- decides   direction-known   the access that was refused is known | kind: message
-- excludes  no-own-tables     the device has no tables of its own: it is not attached

SELECT c.incident AS subject, c.id AS "case", 'forbidden' AS clue, printf('iova %#x: permission fault', c.iova) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'linux' AND c.kind = 'permission' AND c.iova IS NOT NULL

UNION ALL
SELECT c.incident, c.id, 'direction-known', printf('a %s was refused', c.access), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'linux' AND c.kind = 'permission' AND c.access IN ('read', 'write')

UNION ALL
SELECT c.incident, c.id, 'no-own-tables', 'domain 0x0000', c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'linux' AND c.impl = 'amd' AND c.domain = 0;

-- cause     dma-mask-overflow
-- title     Memory that was to be used for DMA lies where the device cannot reach it
-- explain   Linux compares each address with what the device and its bus can carry, and refused this one: the device would have used another address, with
--        |  the upper bits gone. No bounce was possible, or the bounce pool itself lies too high. Kernels from 5.0 to 5.7 say the same
--        |  where the pool was full, or the request too large for it: their line about the pool stands before.
-- remedy    Let the driver set the mask that its device has (dma_set_mask_and_coherent()), or the device tree say what the bus carries (dma-ranges); have
--        |  a bounce pool below the limit (swiotlb=, memory left free below 4 GiB).
-- refs      linux kernel/dma/direct.h dma_direct_map_phys(), linux kernel/dma/swiotlb.c swiotlb_map()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind = 'dma-refused'
-- trigger   refused      Linux refused an address for DMA
-- decides   too-high     the address, or the end of what was to be mapped, is above the mask of the device or the limit of its bus | kind: address
-- supports  pool-high    it is the bounce pool that lies too high
-- supports  no-mask      the driver never said what the device reaches
-- excludes  within       the address is below both | kind: address

SELECT i.id AS subject, e.id AS "case", 'refused' AS clue, printf('%s: %#x, %d bytes', i.device, e.dma, e.size) AS says, e.capture, e.line, i.n
  FROM incident AS i
  JOIN v_dma_refused AS e ON e.incident = i.id
 WHERE e.what IN ('overflow', 'pool-overflow')

UNION ALL
SELECT i.id, e.id, 'refused', printf('%s has no DMA mask', i.device), e.capture, e.line, i.n
  FROM incident AS i
  JOIN v_dma_refused AS e ON e.incident = i.id
 WHERE e.what = 'no-mask'

UNION ALL
SELECT i.id, e.id, 'no-mask', 'no DMA mask was set', e.capture, e.line, i.n
  FROM incident AS i
  JOIN v_dma_refused AS e ON e.incident = i.id
 WHERE e.what = 'no-mask'

UNION ALL
SELECT i.id, e.id, CASE WHEN e.beyond THEN 'too-high' ELSE 'within' END,
       printf('%#x %s %#x', e.last, CASE WHEN e.beyond THEN 'is above' ELSE 'is not above' END, e."limit"), e.capture, e.line, i.n
  FROM incident AS i
  JOIN v_dma_refused AS e ON e.incident = i.id
 WHERE e.what IN ('overflow', 'pool-overflow') AND e."limit" IS NOT NULL

UNION ALL
SELECT i.id, e.id, 'pool-high', 'the address is one of the bounce pool', e.capture, e.line, i.n
  FROM incident AS i
  JOIN v_dma_refused AS e ON e.incident = i.id
 WHERE e.what = 'pool-overflow';

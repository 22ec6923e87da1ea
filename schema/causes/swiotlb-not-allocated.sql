-- cause     swiotlb-not-allocated
-- title     A bounce is needed, and there is no pool
-- explain   The kernel set no bounce pool up: an IOMMU was to cover all devices, it was told to do without (swiotlb=noforce), or there was no low memory.
--        |  One device needs a bounce all the same, because it is not translated and does not reach all of memory.
-- remedy    Boot with swiotlb=force, or with a size (swiotlb=65536); or let the IOMMU translate that device (no passthrough for it); or update the kernel.
-- refs      linux kernel/dma/swiotlb.c swiotlb_tbl_map_single(), swiotlb_init_remap()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind IN ('bounce-failed', 'dma-refused')
-- trigger   refused       a bounce was refused
-- decides   no-pool       the pool has no slots, or the kernel says that it got none
-- supports  told-so       the kernel could not get, or did not want, a pool when it started | kind: order

SELECT b.incident AS subject, b.class AS "case", x.clue, CASE x.clue WHEN 'refused' THEN printf('%s asked for %d bytes', b.dev, b.size) ELSE 'the pool has 0 slots' END AS says,
       b.capture, b.line, b.n
  FROM v_bounce_failed AS b
  JOIN (SELECT 'refused' AS clue UNION ALL SELECT 'no-pool') AS x
 WHERE b.class = 5

-- "Can not allocate SWIOTLB buffer earlier": a device asks.  The same words of the boot, of no device, say only that there is none.
UNION ALL
SELECT i.id, 5, x.clue, CASE x.clue WHEN 'refused' THEN printf('%s needs a bounce', i.device) ELSE 'no pool was set up' END, e.capture, e.line, e.n
  FROM incident AS i
  JOIN (SELECT g.boot, e.dev, min(e.capture << 40 | e.line) >> 40 AS capture, min(e.capture << 40 | e.line) & 0xffffffffff AS line, count(*) AS n
          FROM dma_error AS e
          JOIN segment AS g ON g.id = e.segment AND g.boot IS NOT NULL
         WHERE e.what = 'no-pool' AND e.dev IS NOT NULL AND e.trust <> 'guest' AND e.speaker IN ('host', 'unknown')
         GROUP BY g.boot, e.dev) AS e ON e.boot = i.boot AND e.dev = i.device
  JOIN (SELECT 'refused' AS clue UNION ALL SELECT 'no-pool') AS x
 WHERE i.kind = 'dma-refused'

UNION ALL
SELECT i.id, 5, 'told-so', 'the kernel had no bounce pool from its start on', e.capture, e.line, 1
  FROM incident AS i
  JOIN (SELECT g.boot, min(e.capture << 40 | e.line) >> 40 AS capture, min(e.capture << 40 | e.line) & 0xffffffffff AS line
          FROM dma_error AS e
          JOIN segment AS g ON g.id = e.segment AND g.boot IS NOT NULL
         WHERE e.what = 'no-pool' AND e.dev IS NULL AND e.trust <> 'guest' AND e.speaker IN ('host', 'unknown')
         GROUP BY g.boot) AS e ON e.boot = i.boot
 WHERE i.kind IN ('bounce-failed', 'dma-refused')

UNION ALL
SELECT i.id, 5, 'told-so', CASE f.name WHEN 'linux.cmdline' THEN 'swiotlb=noforce' ELSE 'the kernel gave its bounce pool back' END, f.capture, f.line, 1
  FROM incident AS i
  JOIN v_fact AS f ON f.boot = i.boot AND (f.name = 'linux.cmdline' AND ' ' || f.value || ' ' LIKE '% swiotlb=noforce%' OR f.name = 'linux.swiotlb' AND f.value = 'none')
 WHERE i.kind IN ('bounce-failed', 'dma-refused');

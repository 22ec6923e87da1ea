-- cause     swiotlb-oversize-segment
-- title     A request is larger than one bounce buffer may be
-- explain   One bounce has 128 slots of 2 KiB at most: 256 KiB. The request is larger, so it can never be served, however empty
--        |  the pool is. A larger pool does not help.
-- remedy    The driver has to honour dma_max_mapping_size(), or to allocate its rings with dma_alloc_*(); or avoid the bounce.
-- refs      linux kernel/dma/swiotlb.c IO_TLB_SEGSIZE
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind = 'bounce-failed'
-- trigger   pool-refused        the bounce pool could not serve a request
-- decides   too-big             the request is larger than 256 KiB
-- excludes  fits                the request is not larger than 256 KiB

SELECT b.incident AS subject, b.class AS "case", 'pool-refused' AS clue, printf('%s asked for %d bytes', b.dev, b.size) AS says, b.capture, b.line, b.n
  FROM v_bounce_failed AS b

UNION ALL
SELECT b.incident, b.class, 'too-big', printf('%d bytes, 262144 at most', b.size)
       || CASE WHEN b.used IS NULL THEN '' ELSE printf('; %d of %d slots in use', b.used, b.total) END, b.capture, b.line, b.n
  FROM v_bounce_failed AS b
 WHERE b.class = 1

UNION ALL
SELECT b.incident, b.class, 'fits', printf('%d bytes, up to 262144 fit', b.size), b.capture, b.line, b.n
  FROM v_bounce_failed AS b
 WHERE b.class <> 1;

-- cause     swiotlb-oversize-segment
-- title     A request is larger than one bounce buffer may be
-- explain   One bounce has 128 slots of 2 KiB at most: 256 KiB. The request is larger, so it can never be served, however empty
--        |  the pool is. A larger pool does not help.
-- remedy    The driver has to honour dma_max_mapping_size(), or to allocate its rings with dma_alloc_*(); or avoid the bounce.
-- refs      linux kernel/dma/swiotlb.c IO_TLB_SEGSIZE, linux drivers/xen/swiotlb-xen.c xen_swiotlb_max_mapping_size()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind IN ('bounce-failed', 'dma-refused')
-- trigger   pool-refused   the bounce pool could not serve a request
-- decides   oversize       the request is larger than 256 KiB
-- supports  through-xen    swiotlb-xen asked: memory that is no one piece of the machine's, as what another domain granted, is bounced whole | kind: order
-- supports  no-scatter     usb_sg_wait() asked: a host controller without scatter-gather gets the whole request in one piece | kind: order
-- supports  driver-gave-up the driver could not set up what it mapped: a ring or buffer that it keeps for long | kind: order
-- excludes  fits           the request is not larger than 256 KiB

SELECT b.incident AS subject, b.class AS "case", 'pool-refused' AS clue, printf('%s asked for %d bytes', b.dev, b.size) AS says, b.capture, b.line, b.n
  FROM v_bounce_failed AS b

UNION ALL
SELECT b.incident, b.class, 'oversize', printf('%d bytes, 262144 at most', b.size)
       || CASE WHEN b.used IS NULL THEN '' ELSE printf('; %d of %d slots in use', b.used, b.total) END, b.capture, b.line, b.n
  FROM v_bounce_failed AS b
 WHERE b.class = 1

UNION ALL
SELECT b.incident, b.class, 'fits', printf('%d bytes, up to 262144 fit', b.size), b.capture, b.line, b.n
  FROM v_bounce_failed AS b
 WHERE b.class <> 1

-- A trace of calls that stands near.
UNION ALL
SELECT b.incident, b.class, CASE f.symbol WHEN 'usb_sg_wait' THEN 'no-scatter' ELSE 'through-xen' END, printf('%s() is in the calls that led there', f.symbol),
       f.capture, f.line, b.n
  FROM v_bounce_failed AS b
  JOIN (SELECT f.capture, f.line, f.symbol FROM stack_frame AS f
         WHERE f.by = 'linux' AND f.trust <> 'guest'
           AND f.symbol IN ('xen_swiotlb_map_page', 'xen_swiotlb_map_sg', 'xen_swiotlb_map_sg_attrs', 'xen_swiotlb_map_phys', 'usb_sg_wait')) AS f
    ON f.capture = b.capture AND f.line BETWEEN b.line - 40 AND b.line + 40
 WHERE b.class = 1

UNION ALL
SELECT b.incident, b.class, 'driver-gave-up', printf('the driver of %s then says that it could not map or set up something', b.dev), e.capture, min(e.line), b.n
  FROM v_bounce_failed AS b
  JOIN device_event AS e ON e.capture = b.capture AND e.line BETWEEN b.line + 1 AND b.line + 3 AND e.dev = b.dev AND e.what = 'map-failed' AND e.trust <> 'guest'
 WHERE b.class = 1
 GROUP BY b.incident, b.class;

-- cause     swiotlb-unfit-alignment
-- title     The bounce buffer pool is nearly empty, and yet no place of it fits
-- explain   What a request needs besides room left it no place: the alignment that the device asks for, whole pages for a device that is not
--        |  trusted (an external port), a boundary that it must not cross, or a size near the most that one of the pool's areas has.
-- remedy    Use a newer kernel, which tells drivers the largest request that fits; or let the device make smaller requests (max_sectors_kb of a
--        |  disk).
-- refs      linux kernel/dma/swiotlb.c swiotlb_area_find_slots(), swiotlb_max_mapping_size()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind = 'bounce-failed'
-- trigger   pool-refused   the bounce pool could not serve a request
-- supports  nearly-empty   less than a tenth of the pool is in use | kind: address
-- excludes  in-use         a tenth of the pool or more is in use
-- excludes  oversize       the request is larger than any request may be
-- excludes  no-pool        there is no pool
-- needs     pool-numbers   how many slots the pool has and how many are in use | ask: how many slots the pool has, and how many are in use | capture: /sys/kernel/debug/swiotlb/io_tlb_used and io_tlb_nslabs, or a kernel from 5.0 on, which prints them

SELECT b.incident AS subject, b.class AS "case", x.clue, printf('%d of %d slots in use, %d bytes asked for', b.used, b.total, b.size) AS says, b.capture, b.line, b.n
  FROM v_bounce_failed AS b
  JOIN (SELECT 'pool-refused' AS clue UNION ALL SELECT 'pool-numbers') AS x
 WHERE b.used IS NOT NULL AND b.total IS NOT NULL

UNION ALL
SELECT b.incident, b.class, 'pool-refused', printf('%s asked for %d bytes', b.dev, b.size), b.capture, b.line, b.n
  FROM v_bounce_failed AS b
 WHERE b.used IS NULL OR b.total IS NULL

UNION ALL
SELECT b.incident, b.class, CASE WHEN b.class = 1 THEN 'oversize' WHEN b.class = 5 THEN 'no-pool'
                                 WHEN b.class = 2 OR b.used * 10 >= b.total THEN 'in-use' ELSE 'nearly-empty' END,
       printf('%d of %d slots in use', b.used, b.total), b.capture, b.line, b.n
  FROM v_bounce_failed AS b
 WHERE b.class <> 4;

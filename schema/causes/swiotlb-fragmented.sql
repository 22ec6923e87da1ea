-- cause     swiotlb-fragmented
-- title     The bounce buffer pool has room, but no run that is long enough
-- explain   A request needs slots that follow each other, within one run of 128. Enough slots of the pool are free, but no run of them is long
--        |  enough, so the mapping failed.
-- remedy    Give a larger swiotlb= on the kernel's command line, or let the device make smaller requests (max_sectors_kb of a disk).
-- refs      linux kernel/dma/swiotlb.c swiotlb_area_find_slots()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind = 'bounce-failed'
-- trigger   pool-refused   the bounce pool could not serve a request
-- supports  room-in-parts  more slots are free than were asked for, and a tenth of the pool or more is in use | kind: address
-- excludes  full           the pool is full
-- excludes  oversize       the request is larger than any request may be
-- excludes  nearly-empty   less than a tenth of the pool is in use: there are long runs
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
SELECT b.incident, b.class, CASE WHEN b.class = 1 THEN 'oversize' WHEN b.class = 2 THEN 'full' WHEN b.class = 5 THEN 'no-pool'
                                 WHEN b.used * 10 < b.total THEN 'nearly-empty' ELSE 'room-in-parts' END,
       printf('%d of %d slots in use', b.used, b.total), b.capture, b.line, b.n
  FROM v_bounce_failed AS b
 WHERE b.class <> 4;

-- cause     swiotlb-exhausted
-- title     The bounce buffer pool is full
-- explain   The pool has a fixed size from boot on. All of its slots were in use, so a mapping failed and the driver dropped
--        |  or stalled the request. A number of used slots that only grows is a driver that does not unmap.
-- remedy    Give a larger swiotlb= on the kernel's command line, mend the driver that leaks, or use a device that reaches all of memory.
-- refs      linux kernel/dma/swiotlb.c swiotlb_tbl_map_single()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind = 'bounce-failed'
-- trigger   pool-refused        the bounce pool could not serve a request
-- needs     pool-numbers        how many slots the pool has and how many are in use | ask: how many slots the pool has, and how many are in use | capture: /sys/kernel/debug/swiotlb/io_tlb_used and io_tlb_nslabs, or a kernel from 5.0 on, which prints them
-- decides   pool-full           the slots that are left are fewer than the request needs, or nine in ten are in use, or what is left is pieces of one run
-- excludes  oversize            the request is larger than any request may be
-- excludes  pool-has-room       the pool has room for the request
-- excludes  no-pool             there is no pool

SELECT b.incident AS subject, b.class AS "case", 'pool-refused' AS clue, printf('%s asked for %d bytes', b.dev, b.size) AS says, b.capture, b.line, b.n
  FROM v_bounce_failed AS b

UNION ALL
SELECT b.incident, b.class, 'oversize', printf('%d bytes, 262144 at most', b.size), b.capture, b.line, b.n
  FROM v_bounce_failed AS b
 WHERE b.class = 1

UNION ALL
SELECT b.incident, b.class, 'pool-has-room', printf('%d of %d slots in use', b.used, b.total), b.capture, b.line, b.n
  FROM v_bounce_failed AS b
 WHERE b.class = 3

UNION ALL
SELECT b.incident, b.class, 'no-pool', 'the pool has 0 slots', b.capture, b.line, b.n
  FROM v_bounce_failed AS b
 WHERE b.class = 5

UNION ALL
SELECT b.incident, b.class, 'pool-numbers', printf('%d of %d slots in use', b.used, b.total), b.capture, b.line, b.n
  FROM v_bounce_failed AS b
 WHERE b.used IS NOT NULL AND b.total IS NOT NULL

UNION ALL
SELECT b.incident, b.class, 'pool-full', printf('%d of %d slots in use, %d bytes asked for', b.used, b.total, b.size), b.capture, b.line, b.n
  FROM v_bounce_failed AS b
 WHERE b.class = 2;

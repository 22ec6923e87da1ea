-- cause     swiotlb-exhausted
-- title     The bounce buffer pool is full
-- explain   The pool has a fixed size from boot on. All of its slots were in use, so a mapping failed and the driver dropped
--        |  or stalled the request. A number of used slots that only grows is a driver that does not unmap.
-- remedy    Give a larger swiotlb= on the kernel's command line, mend the driver that leaks, or use a device that reaches all of memory.
-- refs      linux kernel/dma/swiotlb.c swiotlb_tbl_map_single()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind IN ('bounce-failed', 'dma-refused')
-- trigger   pool-refused   the bounce pool could not serve a request
-- needs     pool-numbers   how many slots the pool has and how many are in use | ask: how many slots the pool has, and how many are in use | capture: /sys/kernel/debug/swiotlb/io_tlb_used and io_tlb_nslabs, or a kernel from 5.0 on, which prints them
-- decides   full           the slots that are left are fewer than the request needs, or nine in ten are in use, or what is left is pieces of one run
-- supports  only-grows     the number of slots in use only grew, for 10 s or more: what is mapped is not unmapped | kind: order
-- excludes  oversize       the request is larger than any request may be
-- excludes  nearly-empty   the pool has room for the request
-- excludes  room-in-parts  the pool has room for the request
-- excludes  no-pool        there is no pool

SELECT b.incident AS subject, b.class AS "case", b.clue, b.says, b.capture, b.line, b.n
  FROM v_bounce_clue AS b
 WHERE b.clue IN ('pool-refused', 'pool-numbers', 'oversize', 'full', 'nearly-empty', 'room-in-parts', 'no-pool')

UNION ALL
SELECT b.incident, b.class, 'only-grows', printf('%d slots were in use at first, %d in the end, and never fewer in between', g.first, g.last), g.capture, g.line, g.n
  FROM v_bounce_failed AS b
  JOIN incident AS i ON i.id = b.incident
  JOIN (SELECT x.boot, x.capture, max(x.line) AS line, count(*) AS n, min(x.used) AS first, max(x.used) AS last
          FROM (SELECT g.boot, s.capture, s.line, s.used, s.t_lo, s.t_hi, lag(s.used) OVER (PARTITION BY g.boot ORDER BY s.capture, s.line) AS before
                  FROM swiotlb_full AS s
                  JOIN segment AS g ON g.id = s.segment
                 WHERE s.trust <> 'guest' AND s.used IS NOT NULL) AS x
         GROUP BY x.boot
        HAVING count(*) > 2 AND min(x.used >= ifnull(x.before, 0)) AND max(x.used) > min(x.used) AND min(x.capture) = max(x.capture)
           AND max(x.t_lo) - min(x.t_hi) >= 10000000000) AS g ON g.boot = i.boot
 WHERE b.class = 2;

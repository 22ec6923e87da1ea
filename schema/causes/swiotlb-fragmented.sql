-- cause     swiotlb-fragmented
-- title     The bounce buffer pool has room, but no run that is long enough
-- explain   A request needs slots that follow each other, within one run of 128. Enough slots of the pool are free, but no run of them is long
--        |  enough, so the mapping failed.
-- remedy    Give a larger swiotlb= on the kernel's command line, or let the device make smaller requests (max_sectors_kb of a disk).
-- refs      linux kernel/dma/swiotlb.c swiotlb_area_find_slots()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind IN ('bounce-failed', 'dma-refused')
-- trigger   pool-refused   the bounce pool could not serve a request
-- needs     pool-numbers   how many slots the pool has and how many are in use | ask: how many slots the pool has, and how many are in use | capture: /sys/kernel/debug/swiotlb/io_tlb_used and io_tlb_nslabs, or a kernel from 5.0 on, which prints them
-- supports  room-in-parts  more slots are free than were asked for, and a tenth of the pool or more is in use | kind: address
-- excludes  nearly-empty   less than a tenth of the pool is in use: there are long runs
-- excludes  full           the pool is full
-- excludes  oversize       the request is larger than any request may be
-- excludes  no-pool        there is no pool

SELECT b.incident AS subject, b.class AS "case", b.clue, b.says, b.capture, b.line, b.n
  FROM v_bounce_clue AS b
 WHERE b.clue IN ('pool-refused', 'pool-numbers', 'oversize', 'full', 'nearly-empty', 'room-in-parts', 'no-pool');

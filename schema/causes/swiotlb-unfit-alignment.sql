-- cause     swiotlb-unfit-alignment
-- title     The bounce buffer pool is nearly empty, and yet no place of it fits
-- explain   What a request needs besides room left it no place: the alignment that the device asks for, whole pages for a device that is not
--        |  trusted (an external port), a boundary that it must not cross, or a size near the most that one of the pool's areas has.
-- remedy    Use a newer kernel, which tells drivers the largest request that fits; or let the device make smaller requests (max_sectors_kb of a
--        |  disk).
-- refs      linux kernel/dma/swiotlb.c swiotlb_area_find_slots(), swiotlb_max_mapping_size()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind IN ('bounce-failed', 'dma-refused')
-- trigger   pool-refused   the bounce pool could not serve a request
-- needs     pool-numbers   how many slots the pool has and how many are in use | ask: how many slots the pool has, and how many are in use | capture: /sys/kernel/debug/swiotlb/io_tlb_used and io_tlb_nslabs, or a kernel from 5.0 on, which prints them
-- excludes  room-in-parts  a tenth of the pool or more is in use
-- supports  nearly-empty   less than a tenth of the pool is in use | kind: address
-- excludes  full           the pool is full
-- excludes  oversize       the request is larger than any request may be
-- excludes  no-pool        there is no pool

SELECT b.incident AS subject, b.class AS "case", b.clue, b.says, b.capture, b.line, b.n
  FROM v_bounce_clue AS b
 WHERE b.clue IN ('pool-refused', 'pool-numbers', 'oversize', 'full', 'nearly-empty', 'room-in-parts', 'no-pool');

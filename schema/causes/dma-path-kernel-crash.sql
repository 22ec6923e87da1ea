-- cause     dma-path-kernel-crash
-- title     The kernel warned or crashed in its code for DMA
-- explain   A warning, a bug or a bad access of the kernel came from the code that maps for DMA: bounce buffers, an IOMMU's driver, or a driver's handler
--        |  that it called for a fault. That is a mistake of software, there or in the driver that called it, and no refused access; where
--        |  a handler failed, there was a fault as well. Which mistake it is only the source of that release tells.
-- remedy    Update the kernel; report it with the whole trace. scripts/faddr2line or vmlinux (faultline report code) give the source lines.
-- refs      linux kernel/dma, drivers/iommu, drivers/xen/swiotlb-xen.c
-- about     incident
-- kind      state
-- when      SELECT 1 FROM crash_place WHERE part IN ('dma', 'grant') OR symbol = 'report_iommu_fault'
-- trigger   crashed      the kernel failed, and its trace begins in code for DMA or grants
-- decides   dma-code     the first function of the trace that is its own belongs to the code for DMA | kind: message
-- decides   handler      the handler that an IOMMU's driver called for a fault failed | kind: message
-- supports  grant-code   the first function of the trace that is its own belongs to the code for grants | kind: message
-- excludes  back-end     a back end called the code for grants: what it gave back is in question

SELECT p.incident AS subject, p.crash AS "case", x.clue, printf('%s in %s', p.what, p.symbol) AS says,
       p.capture, CASE x.clue WHEN 'crashed' THEN p.crash ELSE p.line END AS line, 1 AS n
  FROM crash_place AS p
  JOIN (SELECT 'dma' AS part, 'crashed' AS clue UNION ALL SELECT 'dma', 'dma-code' UNION ALL SELECT 'grant', 'crashed' UNION ALL SELECT 'grant', 'grant-code') AS x
    ON x.part = p.part
 WHERE p.nr = 1 AND p.what <> 'stall'

UNION ALL
SELECT p.incident, p.crash, x.clue, CASE x.clue WHEN 'crashed' THEN printf('%s in %s', p.what, p.symbol) ELSE printf('%s, called by report_iommu_fault', p.symbol) END,
       p.capture, CASE x.clue WHEN 'crashed' THEN p.crash ELSE q.line END, 1
  FROM crash_place AS p
  JOIN crash_place AS q ON q.capture = p.capture AND q.crash = p.crash AND q.nr > 1 AND q.symbol = 'report_iommu_fault'
  JOIN (SELECT 'crashed' AS clue UNION ALL SELECT 'handler') AS x
 WHERE p.nr = 1 AND p.part = 'other' AND p.what <> 'stall'

UNION ALL
SELECT p.incident, p.crash, 'back-end', printf('%s, called by %s', p.symbol, q.symbol), p.capture, q.line, 1
  FROM crash_place AS p
  JOIN crash_place AS q ON q.capture = p.capture AND q.crash = p.crash AND q.nr > 1
                       AND (q.symbol LIKE 'xen!_blkbk%' ESCAPE '!' OR q.symbol LIKE 'xen!_blkif%' ESCAPE '!' OR q.symbol LIKE 'xenvif%' OR q.symbol LIKE 'dispatch!_rw%' ESCAPE '!')
 WHERE p.nr = 1 AND p.part = 'grant';

-- cause     swiotlb-cma-exhausted
-- title     Memory for DMA buffers ran out before the device failed
-- explain   The kernel's stock of contiguous memory (CMA) had no run that was long enough, and afterwards a device reported failed DMA. A driver that
--        |  goes on without its descriptors gives the device addresses of nothing. That the one follows from the other is reported, not proven.
-- remedy    Set more memory aside (cma=256M on the kernel's command line), and look at what the driver does when an allocation fails.
-- refs      linux mm/cma.c cma_alloc()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind = 'device-error'
-- trigger   ran-out       CMA could not serve a request before that | kind: order
-- needs     driver-wanted the allocation that failed was the driver's | ask: who asked for the memory | capture: the stack at the failure: trace-cmd record -e cma:cma_alloc_start -e cma:cma_alloc_finish -T
-- excludes  iommu-refused an IOMMU refused accesses of the device

SELECT i.id AS subject, NULL AS "case", 'ran-out' AS clue, printf('CMA had no run of pages; later %s reported failed DMA', i.device) AS says,
       n.capture, n.line, i.n AS n
  FROM incident AS i
  JOIN (SELECT i.id, n.capture, max(n.line) AS line
          FROM message AS m
         CROSS JOIN note AS n ON n.message = m.id AND n.trust <> 'guest'
          JOIN segment AS g ON g.id = n.segment
          JOIN incident AS i ON i.boot = g.boot AND i.first_capture = n.capture AND n.line < i.first_line AND i.kind = 'device-error'
         WHERE m.name IN ('linux.cma.alloc-failed', 'linux.cma.busy')
         GROUP BY i.id) AS n ON n.id = i.id

UNION ALL
SELECT i.id, NULL, 'driver-wanted', printf('the kernel had no memory to share between %s and its driver', i.device), e.capture, min(e.line), i.n
  FROM incident AS i
  JOIN dma_error AS e ON e.capture = i.first_capture AND e.line < i.first_line AND e.dev = i.device AND e.what = 'coherent-failed' AND e.trust <> 'guest'
 WHERE i.kind = 'device-error'
 GROUP BY i.id

UNION ALL
SELECT i.id, NULL, 'iommu-refused', printf('%s was refused iova %#x', c.device, c.iova), c.capture, c.line, i.n
  FROM incident AS i
  JOIN fault_case AS c ON c.boot = i.boot AND c.device = i.device
 WHERE i.kind = 'device-error';

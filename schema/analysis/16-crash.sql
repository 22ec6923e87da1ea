-- Where the kernel was when it failed: of each crash the first three functions of its trace that are no part of the report itself.
DELETE FROM crash_place;

-- when SELECT 1 FROM crash
INSERT INTO crash_place (capture, crash, incident, what, nr, line, symbol, part)
SELECT f.capture, f.crash, i.id, f.what, f.nr, f.line, f.symbol,
       CASE WHEN f.symbol LIKE 'gnttab%' OR f.symbol LIKE '%grant%' THEN 'grant'
            WHEN f.symbol LIKE '%swiotlb%' OR f.symbol LIKE '%iommu%' OR f.symbol LIKE 'arm!_smmu%' ESCAPE '!' OR f.symbol LIKE 'dma!_direct!_%' ESCAPE '!'
                 OR f.symbol LIKE 'dma!_map!_%' ESCAPE '!' OR f.symbol LIKE 'dma!_unmap!_%' ESCAPE '!' OR f.symbol LIKE 'dma!_alloc!_%' ESCAPE '!'
                 OR f.symbol LIKE 'dma!_free!_%' ESCAPE '!' OR f.symbol LIKE 'dmar!_%' ESCAPE '!' OR f.symbol LIKE 'qi!_%' ESCAPE '!'
                 OR f.symbol LIKE '%!_iova%' ESCAPE '!' OR f.symbol LIKE 'iova!_%' ESCAPE '!' OR f.symbol LIKE 'ipmmu%' OR f.symbol LIKE '%arm!_lpae!_%' ESCAPE '!'
                 OR f.symbol = 'fetch_pte' THEN 'dma'
            WHEN f.symbol LIKE 'debug!_dma!_%' ESCAPE '!' OR f.symbol IN ('check_unmap', 'check_sync', 'check_for_stack', 'report_addr', 'dev_watchdog') THEN 'check'
            ELSE 'other' END
  FROM (SELECT e.capture, e.segment, e.line, e.symbol, e.crash, e.what, row_number() OVER (PARTITION BY e.capture, e.crash ORDER BY e.line) AS nr
          FROM (SELECT y.capture, y.segment, y.line, y.symbol, y.how, max(y.crash) OVER v AS crash,
                       CASE max(y.crash << 3 | y.rank) OVER v & 7 WHEN 1 THEN 'bug' WHEN 2 THEN 'oops' WHEN 3 THEN 'warning' WHEN 4 THEN 'bad access' WHEN 5 THEN 'stall' END AS what
                  FROM (SELECT c.capture, c.segment, c.line, NULL AS symbol, NULL AS how, c.line AS crash,
                               CASE c.what WHEN 'bug' THEN 1 WHEN 'oops' THEN 2 WHEN 'warning' THEN 3 WHEN 'abort' THEN 4 WHEN 'lockup' THEN 5 WHEN 'stall' THEN 5
                                           WHEN 'hung' THEN 5 ELSE 0 END AS rank
                          FROM crash AS c
                         WHERE c.by = 'linux' AND c.trust <> 'guest' AND c.speaker IN ('host', 'unknown')
                        UNION ALL
                        SELECT f.capture, f.segment, f.line, f.symbol, f.how, NULL, NULL
                          FROM stack_frame AS f
                         WHERE f.by = 'linux' AND f.trust <> 'guest' AND f.speaker IN ('host', 'unknown')) AS y
                WINDOW v AS (PARTITION BY y.capture ORDER BY y.line ROWS UNBOUNDED PRECEDING)) AS e
         WHERE e.symbol IS NOT NULL AND e.how IS NOT '?' AND e.line - e.crash < 100 AND e.what IS NOT NULL
           AND e.symbol NOT LIKE '%dump!_stack%' ESCAPE '!' AND e.symbol NOT LIKE 'print!_%' ESCAPE '!' AND e.symbol NOT LIKE '%kasan%' AND e.symbol NOT LIKE '!_!_asan%' ESCAPE '!'
           AND e.symbol NOT LIKE '!_!_warn%' ESCAPE '!' AND e.symbol NOT LIKE 'warn!_slowpath%' ESCAPE '!' AND e.symbol NOT LIKE 'show!_%' ESCAPE '!'
           AND e.symbol NOT IN ('report_bug', 'die', '__die', 'panic', 'unwind_backtrace', 'dump_backtrace', 'check_memory_region', 'end_report')) AS f
  JOIN segment AS g ON g.id = f.segment
  JOIN incident AS i ON i.boot = g.boot AND i.kind = 'crash' AND i.impl = 'linux'
 WHERE f.nr <= 3;

-- when named
-- Requests that the bounce pool refused, by reason: 256 KiB (128 slots of 2 KiB) is the most that one request can have.
CREATE VIEW v_bounce_failed AS
SELECT x.incident, x.class, min(x.place) >> 40 AS capture, min(x.place) & 0xffffffffff AS line, count(*) AS n,
       x.size, x.total, x.used, x.dev
  FROM (SELECT i.id AS incident, s.capture << 40 | s.line AS place, s.size, s.total, s.used, i.device AS dev,
               CASE WHEN s.size > 262144 THEN 1
                    WHEN s.total = 0 THEN 5
                    WHEN s.total IS NULL OR s.used IS NULL THEN 4
                    WHEN s.used * 2048 + s.size > s.total * 2048 OR s.used * 10 >= s.total * 9 THEN 2
                    -- Less than one run of 128 is left in the whole pool, in pieces that do not hold a quarter of it.
                    WHEN s.total - s.used < 128 AND s.size * 4 <= (s.total - s.used) * 2048 THEN 2
                    ELSE 3 END AS class
          FROM swiotlb_full AS s
          JOIN segment AS g ON g.id = s.segment
          JOIN incident AS i ON i.boot = g.boot AND i.kind = 'bounce-failed' AND i.device = ifnull(s.dev, '?')
         WHERE s.trust <> 'guest'
        UNION ALL
        -- Before 4.19 another line told it once more, or alone, where the first was held back; without numbers.
        SELECT i.id, e.capture << 40 | e.line, e.size, NULL, NULL, i.device, CASE WHEN e.size > 262144 THEN 1 ELSE 4 END
          FROM dma_error AS e
          JOIN segment AS g ON g.id = e.segment
          JOIN incident AS i ON i.boot = g.boot AND i.kind = 'dma-refused' AND i.device = coalesce(e.dev, e.driver, '?')
         WHERE e.what = 'pool-full' AND e.size IS NOT NULL AND e.trust <> 'guest' AND e.speaker IN ('host', 'unknown')) AS x
 GROUP BY x.incident, x.class;

-- when named
-- The first mapping of each kind that Linux refused a device because it cannot reach it: the last byte, the lower of the device's and the bus' limits,
-- and whether the one is beyond the other (for 64 bits it never is).
CREATE VIEW v_dma_refused AS
SELECT x.incident, e.id, e.what, e.dma, e.size, e.dma + max(ifnull(e.size, 1), 1) - 1 AS last, x."limit",
       x."limit" >= 0 AND (e.dma < 0 OR e.dma + max(ifnull(e.size, 1), 1) - 1 > x."limit") AS beyond, e.capture, e.line
  FROM (SELECT i.id AS incident, min(e.id) AS first,
               CASE WHEN e.dma_mask IS NULL THEN nullif(e.bus_limit, 0)
                    WHEN ifnull(e.bus_limit, 0) = 0 THEN e.dma_mask
                    WHEN e.dma_mask < 0 THEN e.bus_limit WHEN e.bus_limit < 0 THEN e.dma_mask
                    ELSE min(e.dma_mask, e.bus_limit) END AS "limit"
          FROM dma_error AS e
          JOIN segment AS g ON g.id = e.segment AND g.boot IS NOT NULL
          JOIN incident AS i ON i.boot = g.boot AND i.kind = 'dma-refused' AND i.device = coalesce(e.dev, e.driver, '?')
         WHERE e.what IN ('overflow', 'pool-overflow', 'no-mask') AND e.trust <> 'guest' AND e.speaker IN ('host', 'unknown')
         GROUP BY i.id, e.what, 3) AS x
  JOIN dma_error AS e ON e.id = x.first;

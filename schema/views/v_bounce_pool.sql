-- when named
-- What a kernel says of its bounce pool, the first line of each kind: where it is, or that there is none (has 0).
CREATE VIEW v_bounce_pool AS
SELECT x.boot, x.has, x.says, min(x.place) >> 40 AS capture, min(x.place) & 0xffffffffff AS line
  FROM (SELECT g.boot, 1 AS has, 'the kernel has a bounce pool' AS says, m.capture << 40 | m.line AS place
          FROM memory_range AS m JOIN segment AS g ON g.id = m.segment
         WHERE m.kind = 'swiotlb' AND m.trust <> 'guest'
        UNION ALL
        SELECT f.boot, f.value <> 'none', CASE f.value WHEN 'none' THEN 'the kernel gave its bounce pool back' ELSE 'the kernel uses a bounce pool' END, f.capture << 40 | f.line
          FROM v_fact AS f
         WHERE f.name = 'linux.swiotlb' AND f.line IS NOT NULL
        UNION ALL
        SELECT g.boot, 1, 'mappings were bounced', b.place
          FROM (SELECT d.segment, min(d.capture << 40 | d.line) AS place FROM dma_bounce AS d WHERE d.trust <> 'guest' GROUP BY d.segment
                UNION ALL
                SELECT d.segment, min(d.capture << 40 | d.line) FROM swiotlb_full AS d WHERE d.trust <> 'guest' AND ifnull(d.total, 1) > 0 GROUP BY d.segment) AS b
          JOIN segment AS g ON g.id = b.segment
        UNION ALL
        SELECT g.boot, 0, 'the kernel got no memory for a bounce pool', e.capture << 40 | e.line
          FROM dma_error AS e JOIN segment AS g ON g.id = e.segment
         WHERE e.what = 'no-pool' AND e.dev IS NULL AND e.trust <> 'guest') AS x
 WHERE x.boot IS NOT NULL
 GROUP BY x.boot, x.has, x.says;

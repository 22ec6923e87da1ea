-- when named
-- The first sign that a guest runs, by boot: a back end that serves it, its entry in a list of domains, a grant of its own.
CREATE VIEW v_guest_seen AS
SELECT x.boot, x.place >> 40 AS capture, x.place & 0xffffffffff AS line, x.domain
  FROM (SELECT s.boot, min(s.place) AS place, s.domain
          FROM (SELECT g.boot, e.capture << 40 | e.line AS place, e.domain
                  FROM backend AS e JOIN segment AS g ON g.id = e.segment
                 WHERE e.trust <> 'guest' AND e.domain BETWEEN 1 AND 32751 AND e.state IN ('ready', 'connected')
                UNION ALL
                SELECT g.boot, e.capture << 40 | e.line, e.domain
                  FROM domain_info AS e JOIN segment AS g ON g.id = e.segment
                 WHERE e.trust <> 'guest' AND e.speaker = 'xen' AND e.domain BETWEEN 1 AND 32751
                UNION ALL
                SELECT g.boot, e.capture << 40 | e.line, e.domain
                  FROM grant_snapshot AS e JOIN segment AS g ON g.id = e.segment
                 WHERE e.trust <> 'guest' AND e.speaker = 'xen' AND e.domain BETWEEN 1 AND 32751
                UNION ALL
                SELECT c.boot, c.capture << 40 | c.line, c.domain
                  FROM domain_config AS c
                 WHERE c.domain BETWEEN 1 AND 32751) AS s
         WHERE s.boot IS NOT NULL
         GROUP BY s.boot) AS x;

-- Which domain a context bank serves: Xen takes banks in order, one a domain; not told once a domain was set up twice.
CREATE VIEW v_context AS
SELECT c.boot, c.instance, c.nr AS context, c.domain, c.capture, c.line
  FROM (SELECT g.boot, b.instance, b.domain, b.capture, b.line,
               row_number() OVER (PARTITION BY g.boot, b.instance ORDER BY b.capture, b.line) - 1 AS nr,
               count(*) OVER (PARTITION BY g.boot, b.instance, b.domain) AS times
          FROM context_bank AS b
          JOIN segment AS g ON g.id = b.segment
         WHERE b.trust <> 'guest' AND b.speaker = 'xen') AS c
 WHERE NOT EXISTS (SELECT 1 FROM context_bank AS b2 JOIN segment AS g2 ON g2.id = b2.segment
                    WHERE g2.boot = c.boot AND b2.instance = c.instance AND b2.trust <> 'guest'
                    GROUP BY b2.domain HAVING count(*) > 1);

-- Xen takes the context banks of an SMMU in order, one a domain; no bank is told once a domain was set up twice.
DELETE FROM context_owner;
INSERT INTO context_owner (boot, instance, context, domain, capture, line)
SELECT boot, instance, nr - 1, domain, capture, line
  FROM (SELECT c.*, max(c.times) OVER (PARTITION BY c.boot, c.instance) AS most
          FROM (SELECT g.boot, b.instance, b.domain, b.capture, b.line,
                       row_number() OVER (PARTITION BY g.boot, b.instance ORDER BY b.capture, b.line) AS nr,
                       count(*) OVER (PARTITION BY g.boot, b.instance, b.domain) AS times
                  FROM context_bank AS b
                  JOIN segment AS g ON g.id = b.segment
                 WHERE b.trust <> 'guest' AND b.speaker = 'xen' AND g.boot IS NOT NULL) AS c)
 WHERE most = 1;

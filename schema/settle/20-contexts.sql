-- Xen takes the context banks of an SMMU in order, one a domain.  That order is known only from the start of a boot on, where the first
-- bank is dom0's: from Xen's banner, then in at most one other capture; and no bank is told once a domain was set up twice.
DELETE FROM context_owner;

-- when SELECT 1 FROM context_bank
INSERT INTO context_owner (boot, instance, context, domain, capture, line)
SELECT boot, instance, nr - 1, domain, capture, line
  FROM (SELECT c.*,
               first_value(c.domain) OVER (w ORDER BY c.nr) AS first_domain,
               first_value(c.banner) OVER (w ORDER BY c.nr) AS first_banner,
               max(CASE WHEN NOT c.banner THEN c.capture END) OVER w AS other_most,
               min(CASE WHEN NOT c.banner THEN c.capture END) OVER w AS other_least
          FROM (SELECT g.boot, b.instance, b.domain, b.capture, b.line, g.starts = 'xen-banner' AS banner,
                       row_number() OVER (PARTITION BY g.boot, b.instance
                                          ORDER BY g.starts = 'xen-banner' DESC, b.capture, b.line) AS nr
                  FROM (SELECT s.boot, x.instance
                          FROM context_bank AS x
                          JOIN segment AS s ON s.id = x.segment
                         WHERE x.trust <> 'guest' AND x.speaker = 'xen' AND NOT x.replayed AND s.boot IS NOT NULL
                         GROUP BY s.boot, x.instance
                        HAVING count(*) = count(DISTINCT x.domain) AND count(*) <= 128) AS once
                  JOIN segment AS g ON g.boot = once.boot
                  JOIN context_bank AS b ON b.segment = g.id AND b.instance = once.instance
                 WHERE b.trust <> 'guest' AND b.speaker = 'xen' AND NOT b.replayed) AS c
        WINDOW w AS (PARTITION BY c.boot, c.instance))
 WHERE first_domain = 0 AND first_banner AND ifnull(other_most = other_least, 1);

-- What is known of each boot: the first trusted line that states a fact, or the user where no line does.
CREATE VIEW v_fact AS
SELECT g.boot, f.name, f.value, f.capture, f.line, f.told, f.trust, f.speaker
  FROM fact AS f
  JOIN segment AS g ON g.id = f.segment
 WHERE f.trust <> 'guest'
   AND f.speaker IN ('xen', 'host', 'unknown', 'user')
   AND g.boot IS NOT NULL
   AND f.id = (SELECT f2.id
                 FROM fact AS f2
                 JOIN segment AS g2 ON g2.id = f2.segment
                WHERE g2.boot = g.boot AND f2.name = f.name
                  AND f2.trust <> 'guest' AND f2.speaker IN ('xen', 'host', 'unknown', 'user')
                ORDER BY f2.told, f2.trust = 'host' AND f2.speaker = 'xen', f2.id
                LIMIT 1);

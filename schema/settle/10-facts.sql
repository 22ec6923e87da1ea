-- The best for each fact: what the user assumes, a line before the user's word, a trusted one before what could be forged, the first of equals.
-- The inner query goes along the index fact_once: no sort, however many facts there are.
DELETE FROM known_fact;
INSERT INTO known_fact (boot, name, value, capture, line, told, trust, speaker)
SELECT k.boot, f.name, f.value, f.capture, f.line, f.told, f.trust, f.speaker
  FROM (SELECT g.boot, min(x.key) & ((1 << 60) - 1) AS id
          FROM (SELECT segment, name, min((CASE WHEN trust = 'assumed' THEN 0 WHEN speaker = 'user' THEN 3 WHEN trust = 'host' AND speaker = 'xen' THEN 2 ELSE 1 END << 60) | id) AS key
                  FROM fact INDEXED BY fact_once
                 WHERE trust <> 'guest' AND speaker IN ('xen', 'host', 'unknown', 'user')
                 GROUP BY segment, name) AS x
          JOIN segment AS g ON g.id = x.segment
         WHERE g.boot IS NOT NULL
         GROUP BY g.boot, x.name) AS k
  JOIN fact AS f ON f.id = k.id;

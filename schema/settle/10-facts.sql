-- The best line for each fact: a line before the user's word, a trusted one before what could be forged, the first of equals.
DELETE FROM known_fact;
INSERT INTO known_fact (boot, name, value, capture, line, told, trust, speaker)
SELECT k.boot, f.name, f.value, f.capture, f.line, f.told, f.trust, f.speaker
  FROM (SELECT g.boot, min((f.told << 61) | ((f.trust = 'host' AND f.speaker = 'xen') << 60) | f.id) & ((1 << 60) - 1) AS id
          FROM fact AS f
          JOIN segment AS g ON g.id = f.segment
         WHERE f.trust <> 'guest' AND f.speaker IN ('xen', 'host', 'unknown', 'user') AND g.boot IS NOT NULL
         GROUP BY g.boot, f.name) AS k
  JOIN fact AS f ON f.id = k.id;

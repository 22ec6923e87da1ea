-- The best line for each fact: a trusted one before what could be forged, a line before the user's word, the first of equals.
DELETE FROM known_fact;
INSERT INTO known_fact (boot, name, value, capture, line, told, trust, speaker)
SELECT boot, name, value, capture, line, told, trust, speaker
  FROM (SELECT g.boot, f.name, f.value, f.capture, f.line, f.told, f.trust, f.speaker,
               row_number() OVER (PARTITION BY g.boot, f.name
                                  ORDER BY f.told, f.trust = 'host' AND f.speaker = 'xen', f.id) AS nr
          FROM fact AS f
          JOIN segment AS g ON g.id = f.segment
         WHERE f.trust <> 'guest' AND f.speaker IN ('xen', 'host', 'unknown', 'user') AND g.boot IS NOT NULL)
 WHERE nr = 1;

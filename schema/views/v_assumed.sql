-- What the user assumed, and what the lines say instead.
CREATE VIEW v_assumed AS
SELECT k.boot, k.name, k.value, x.value AS instead, x.capture, x.line
  FROM known_fact AS k
  LEFT JOIN fact AS x ON x.id = (SELECT min(f.id)
                                   FROM fact AS f
                                   JOIN segment AS g ON g.id = f.segment AND g.boot = k.boot
                                  WHERE f.name = k.name AND f.trust <> 'guest' AND f.speaker IN ('xen', 'host', 'unknown'))
 WHERE k.trust = 'assumed';

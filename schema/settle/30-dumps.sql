-- A dump is whole when its end was captured, before the next one begins.
DELETE FROM whole_dump;

-- when SELECT 1 FROM grant_dump
INSERT INTO whole_dump (capture, line, last, mark)
SELECT capture, line, last, id
  FROM (SELECT id, capture, line, edge, lead(edge) OVER w AS next_edge, lead(line) OVER w AS last
          FROM grant_dump
         WHERE edge IN ('begin', 'end') AND trust <> 'guest' AND speaker = 'xen' AND NOT replayed
        WINDOW w AS (PARTITION BY capture ORDER BY line))
 WHERE edge = 'begin' AND next_edge = 'end';

-- when named
-- What the arithmetic of a refused bounce says, for the causes that tell the reasons apart: each request is exactly one of oversize, no-pool, full,
-- room-in-parts and nearly-empty; where its kernel printed no numbers and the size fits, none.
CREATE VIEW v_bounce_clue AS
SELECT b.incident, b.class, 'pool-refused' AS clue, printf('%s asked for %d bytes', b.dev, b.size) AS says, b.capture, b.line, b.n
  FROM v_bounce_failed AS b
UNION ALL
SELECT b.incident, b.class, 'pool-numbers', printf('%d of %d slots in use', b.used, b.total), b.capture, b.line, b.n
  FROM v_bounce_failed AS b
 WHERE b.used IS NOT NULL AND b.total IS NOT NULL
UNION ALL
SELECT b.incident, b.class,
       CASE b.class WHEN 1 THEN 'oversize' WHEN 2 THEN 'full' WHEN 5 THEN 'no-pool' ELSE CASE WHEN b.used * 10 < b.total THEN 'nearly-empty' ELSE 'room-in-parts' END END,
       CASE b.class WHEN 1 THEN printf('%d bytes, 262144 at most', b.size) WHEN 5 THEN 'the pool has 0 slots'
                    ELSE printf('%d of %d slots in use, %d bytes asked for', b.used, b.total, b.size) END, b.capture, b.line, b.n
  FROM v_bounce_failed AS b
 WHERE b.class <> 4;

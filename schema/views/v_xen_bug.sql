-- when named
-- Where Xen stopped at a check of its own: of each incident and file of its source the first line, and the functions that the 100 lines after it name.
-- symbol NULL: the line of the check itself.
CREATE VIEW v_xen_bug AS
WITH bug AS (
  SELECT i.id AS incident, c.src_file, c.capture, min(c.line) AS line, c.src_line
    FROM incident AS i
    JOIN segment AS g ON g.boot = i.boot
    JOIN crash AS c ON c.segment = g.id AND c.by = 'xen' AND c.what = 'bug' AND c.src_file IS NOT NULL AND c.trust <> 'guest'
   WHERE i.kind = 'crash' AND i.device = 'Xen'
   GROUP BY i.id, c.src_file
)
SELECT b.incident, b.src_file, b.src_line, NULL AS symbol, b.capture, b.line FROM bug AS b
UNION ALL
SELECT b.incident, b.src_file, b.src_line, f.symbol, f.capture, f.line
  FROM bug AS b
  JOIN (SELECT capture, line, symbol FROM stack_frame WHERE by = 'xen' AND trust <> 'guest'
        UNION ALL SELECT capture, line, symbol FROM cpu_state WHERE trust <> 'guest') AS f
    ON f.capture = b.capture AND f.line > b.line AND f.line <= b.line + 100 AND f.symbol IS NOT NULL;

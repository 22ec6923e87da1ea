-- The first lines of the text report: what was read, and what machine it is.
CREATE VIEW v_summary AS
SELECT printf('%s: %d line%s, %d recognised%s', p.short, c.lines, CASE c.lines WHEN 1 THEN '' ELSE 's' END, c.matched,
              CASE WHEN c.replayed THEN printf(', %d replayed', c.replayed) ELSE '' END) AS text
  FROM capture AS c
  JOIN v_place AS p ON p.capture = c.id
UNION ALL
SELECT trim(ifnull((SELECT 'Xen ' || f.value || CASE WHEN f.told THEN ' (told)' ELSE '' END FROM v_fact AS f WHERE f.boot = b.id AND f.name = 'xen.version'), '')
            || ifnull((SELECT CASE f.value WHEN 'y' THEN ' (debug build)' ELSE '' END FROM v_fact AS f WHERE f.boot = b.id AND f.name = 'xen.debug'), '')
            || ifnull((SELECT ', Linux ' || f.value FROM v_fact AS f WHERE f.boot = b.id AND f.name = 'linux.version'), '')
            || ifnull((SELECT ', ' || f.value FROM v_fact AS f WHERE f.boot = b.id AND f.name = 'board'), ''), ' ,')
  FROM boot AS b
 WHERE EXISTS (SELECT 1 FROM v_fact AS f WHERE f.boot = b.id AND f.name IN ('xen.version', 'linux.version', 'board'));

-- The first lines of the text report: what was read, and what machine it is.
CREATE VIEW v_summary AS
SELECT printf('%s: %d line%s, %d recognised%s', p.short, c.lines, CASE c.lines WHEN 1 THEN '' ELSE 's' END, c.matched,
              CASE WHEN c.replayed THEN printf(', %d replayed', c.replayed) ELSE '' END) AS text
  FROM capture AS c
  JOIN v_place AS p ON p.capture = c.id
UNION ALL
SELECT trim(ifnull((SELECT 'Xen ' || f.value || CASE WHEN f.trust = 'assumed' THEN ' (assumed)' WHEN f.told THEN ' (told)' ELSE '' END FROM v_fact AS f WHERE f.boot = b.id AND f.name = 'xen.version'), '')
            || ifnull((SELECT CASE f.value WHEN 'y' THEN ' (debug build)' ELSE '' END FROM v_fact AS f WHERE f.boot = b.id AND f.name = 'xen.debug'), '')
            || ifnull((SELECT ', Linux ' || f.value FROM v_fact AS f WHERE f.boot = b.id AND f.name = 'linux.version'), '')
            || ifnull((SELECT ', ' || f.value FROM v_fact AS f WHERE f.boot = b.id AND f.name = 'board'), ''), ' ,')
  FROM boot AS b
 WHERE EXISTS (SELECT 1 FROM v_fact AS f WHERE f.boot = b.id AND f.name IN ('xen.version', 'linux.version', 'board'))
UNION ALL
SELECT printf('Assumed: %s is %s', a.name, a.value)
       || CASE WHEN a.instead IS NULL THEN ', which no line states'
               ELSE printf('; %s says %s', p.short || ':' || a.line, a.instead) END
  FROM v_assumed AS a
  LEFT JOIN v_place AS p ON p.capture = a.capture
 WHERE NOT EXISTS (SELECT 1 FROM v_assumed AS b WHERE b.name = a.name AND b.instead IS a.instead AND b.boot < a.boot);

-- report   gnttab
-- title    What domains may do with grant tables: Xen's command line, and what the release makes of it

SELECT s.boot, ifnull(s.max_ver, 'not known') AS "versions up to", ifnull(s.transitive, 'not known') AS transitive,
       ifnull(s.transfer, 'not known') AS transfer, s.says AS because,
       CASE WHEN s.line IS NULL THEN 'told by the user' ELSE p.short || ':' || s.line END AS line
  FROM v_gnttab_setting AS s
  LEFT JOIN v_place AS p ON p.capture = s.capture
 ORDER BY s.boot;

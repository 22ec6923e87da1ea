-- report   intervals
-- title    Grants that a trace saw mapped and unmapped, in order of their ends

SELECT p.short || ':' || i.map_line AS "mapped at", q.short || ':' || i.end_line AS "ended at",
       CASE WHEN i.map_lo IS NULL THEN '' ELSE printf('%.6f', i.map_lo / 1e9) END AS "from s",
       CASE WHEN i.end_hi IS NULL THEN '' ELSE printf('%.6f', i.end_hi / 1e9) END AS "to s",
       i.domain AS "granted by", i.ref, i.mapper AS "mapped by", i.handle,
       CASE WHEN i.frame IS NULL THEN '' ELSE printf('0x%x', i.frame) END AS frame,
       CASE i.ro WHEN 1 THEN 'read' WHEN 0 THEN 'write' ELSE '' END AS access, i.says
  FROM v_grant_interval AS i
  LEFT JOIN v_place AS p ON p.capture = i.map_capture
  LEFT JOIN v_place AS q ON q.capture = i.end_capture
 ORDER BY i.id;

-- report   grants
-- title    Grants that were live at each dump of the grant tables

SELECT p.short || ':' || d.line AS dump, CASE WHEN d.base_lo IS NULL THEN '' ELSE printf('%.3f', d.base_lo / 1e9) END AS "from s",
       CASE WHEN d.base_hi IS NULL THEN '' ELSE printf('%.3f', d.base_hi / 1e9) END AS "to s",
       s.domain AS "granted by", s.ref, s.mapper AS "mapped by", printf('0x%x', s.frame) AS frame, printf('0x%08x', s.pin) AS pin,
       printf('0x%x', s.flags) AS flags
  FROM v_grant_dump AS d
  JOIN grant_snapshot AS s ON s.capture = d.capture AND s.line BETWEEN d.line AND d.last
  JOIN v_place AS p ON p.capture = d.capture
 WHERE s.trust <> 'guest'
 ORDER BY d.capture, d.line, s.line;

-- report   code
-- title    Places in call traces: the function and, with debug information, the source line, in the images given

SELECT p.short || ':' || c.line AS place, c.by, CASE WHEN c.addr IS NULL THEN '' ELSE printf('%016x', c.addr) END AS address,
       printf('%s+0x%x', c.symbol, c.symbol_at) AS function, ifnull(s.file || ':' || s.line, '') AS source, c.image,
       CASE WHEN c.addr IS NULL THEN '' WHEN c.printed IS NULL THEN '' WHEN c.printed = c.symbol THEN 'as printed' ELSE 'printed as ' || c.printed END AS compared
  FROM v_code AS c
  JOIN v_place AS p ON p.capture = c.capture
  LEFT JOIN source_line AS s ON s.image = c.image AND s.at = c.at
 ORDER BY c.capture, c.line;

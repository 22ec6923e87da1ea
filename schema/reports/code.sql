-- report   code
-- title    Addresses in call traces, and the functions of the images given that they are in

SELECT p.short || ':' || c.line AS place, c.by, printf('%016x', c.addr) AS address,
       printf('%s+0x%x', c.symbol, c.symbol_at) AS function, c.image,
       CASE WHEN c.printed IS NULL THEN '' WHEN c.printed = c.symbol THEN 'as printed' ELSE 'printed as ' || c.printed END AS compared
  FROM v_code AS c
  JOIN v_place AS p ON p.capture = c.capture
 ORDER BY c.capture, c.line;

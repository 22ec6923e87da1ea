-- decoder  register
-- title    One register, code or flags word: NAME=VALUE

WITH
asked (register, value) AS (
  SELECT DISTINCT d.register, ?2
    FROM decode AS d
   WHERE d.register = lower(?1)
      OR substr(d.register, -length(?1) - 1) = '.' || lower(?1)
      OR d.register = (SELECT a.register FROM decode_alias AS a WHERE a.alias = lower(?1))),
parts AS (
  SELECT d.register, d.bit, ifnull(d.width, 1) AS width, d.code, d.name, d.names, d.meaning, d.source,
         CASE WHEN d.bit IS NULL THEN -1 ELSE ((1 << ifnull(d.width, 1)) - 1) << d.bit END AS mask,
         CASE WHEN d.bit IS NULL THEN a.value ELSE a.value >> d.bit & ((1 << ifnull(d.width, 1)) - 1) END AS part
    FROM asked AS a
    JOIN decode AS d ON d.register = a.register)
SELECT x.register, x.bits, x.value, x.name, x.meaning, x.source
  FROM (
SELECT p.register, ifnull(p.bit, -1) AS place, CASE WHEN p.bit IS NULL THEN 'code' WHEN p.width = 1 THEN CAST(p.bit AS TEXT) ELSE (p.bit + p.width - 1) || ':' || p.bit END AS bits,
       printf('0x%x', p.part) AS value, p.name || ifnull(' = ' || v.name, '') AS name,
       p.meaning || ifnull(': ' || v.meaning, '') AS meaning, p.source
  FROM parts AS p
  LEFT JOIN decode AS v ON v.register = p.names AND v.code = p.part
 WHERE CASE WHEN p.code IS NOT NULL THEN p.part = p.code WHEN p.width > 1 THEN 1 ELSE p.part <> 0 END
   AND (p.bit IS NOT NULL OR p.code IS NOT NULL)
 UNION ALL
SELECT a.register, 99, '?', printf('0x%x', a.value & ~m.known), 'unknown', 'bits that no row of schema/decode/ names', ''
  FROM asked AS a
  JOIN (SELECT k.register, sum(k.mask) AS known
          FROM (SELECT DISTINCT register, bit, mask FROM parts WHERE bit IS NOT NULL) AS k
         GROUP BY k.register) AS m ON m.register = a.register
 WHERE a.value & ~m.known
 UNION ALL
SELECT a.register, -1, 'code', printf('0x%x', a.value), 'unknown', 'a code that no row of schema/decode/ names', ''
  FROM asked AS a
 WHERE NOT EXISTS (SELECT 1 FROM parts AS p WHERE p.register = a.register AND (p.bit IS NOT NULL OR p.code = p.part))
       ) AS x
 ORDER BY x.register, x.place;

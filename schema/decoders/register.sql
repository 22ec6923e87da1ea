-- decoder  register
-- title    One register, code or flags word: NAME=VALUE

WITH
asked (register, value) AS (
  SELECT DISTINCT d.register, ?2
    FROM decode AS d
   WHERE d.register = lower(?1) OR substr(d.register, -1 - length(?1)) = '.' || lower(?1)),
parts AS (
  SELECT d.register, d.bit, d.width, d.code, d.name, d.meaning, d.source,
         CASE WHEN d.bit IS NULL THEN -1
              WHEN ifnull(d.width, 1) >= 64 THEN -1
              ELSE ((1 << ifnull(d.width, 1)) - 1) << d.bit END AS mask,
         CASE WHEN d.bit IS NULL OR ifnull(d.width, 1) >= 64 THEN a.value
              ELSE a.value >> d.bit & ((1 << ifnull(d.width, 1)) - 1) END AS part,
         a.value
    FROM asked AS a
    JOIN decode AS d ON d.register = a.register),
told AS (
  SELECT p.*, EXISTS (SELECT 1 FROM parts AS o WHERE o.register = p.register AND o.bit IS p.bit
                         AND o.width IS p.width AND o.code = p.part) AS named
    FROM parts AS p
   WHERE CASE WHEN p.code IS NOT NULL THEN p.part = p.code
              WHEN ifnull(p.width, 1) > 1 THEN 1
              ELSE p.part <> 0 END)
SELECT t.register, CASE WHEN t.bit IS NULL THEN 'code'
                        WHEN ifnull(t.width, 1) = 1 THEN CAST(t.bit AS TEXT)
                        ELSE t.bit + t.width - 1 || ':' || t.bit END AS bits,
       printf('0x%x', t.part) AS value, t.name, t.meaning, t.source
  FROM told AS t
 WHERE t.code IS NOT NULL OR NOT t.named
 UNION ALL
SELECT a.register, '?', printf('0x%x', a.value & ~m.known), 'unknown', 'bits that no row of schema/decode/ names', ''
  FROM asked AS a
  JOIN (SELECT register, sum(DISTINCT mask) AS known, min(bit) AS least, count(bit) AS bits FROM parts GROUP BY register) AS m
    ON m.register = a.register
 WHERE m.bits AND a.value & ~m.known
 UNION ALL
SELECT a.register, 'code', printf('0x%x', a.value), 'unknown', 'a code that no row of schema/decode/ names', ''
  FROM asked AS a
 WHERE NOT EXISTS (SELECT 1 FROM parts AS p WHERE p.register = a.register AND (p.bit IS NOT NULL OR p.code = p.part))
 ORDER BY 1, 2;

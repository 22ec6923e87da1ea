-- What faultline check --facts-age prints: how far a text is put in, and the text; NULL: an empty line.
WITH
product (product, name, place) AS (VALUES ('xen', 'Xen', 1), ('linux', 'Linux', 2)),
latest AS MATERIALIZED (SELECT k.product, max(k.number) AS number, max(k.date) AS date, count(*) AS n, min(k.number) AS oldest
                          FROM known_release AS k GROUP BY k.product),
text (part, nr, indent, text) AS (
  SELECT p.place, 0, 0,
         printf('%s: %d changes, %s to %s, with all releases up to %s', p.name, (SELECT count(*) FROM known_change AS c WHERE c.product = p.product),
                (SELECT k.branch FROM known_release AS k WHERE k.product = p.product AND k.number = l.oldest),
                (SELECT k.branch || '.' || k.patch FROM known_release AS k WHERE k.product = p.product AND k.number = l.number), l.date)
    FROM product AS p
    JOIN latest AS l ON l.product = p.product
  UNION ALL
  SELECT 10, 0, 0, NULL WHERE EXISTS (SELECT 1 FROM v_facts_age)
  UNION ALL
  SELECT 10, 1 + row_number() OVER (ORDER BY a.capture, a.line, a.what), 0,
         CASE WHEN c.short IS NULL THEN 'Told: ' ELSE printf('%s:%d: ', c.short, a.line) END
         || p.name || ' ' || a.version
         || CASE a.what WHEN 'newer' THEN ' is newer than the tables'
                        ELSE printf(' was built on %s, later than the tables', a.date) END
    FROM v_facts_age AS a
    JOIN product AS p ON p.product = a.product
    LEFT JOIN v_place AS c ON c.capture = a.capture
  UNION ALL
  SELECT 11, 0, 2, 'Whether it has a fault, or the fix of one, is not known: what rests on that is neither concluded nor ruled out.'
   WHERE EXISTS (SELECT 1 FROM v_facts_age AS a WHERE a.what = 'newer')
  UNION ALL
  SELECT 11, 1, 2, 'What its number says holds; what was picked on top of that release is not known.'
   WHERE EXISTS (SELECT 1 FROM v_facts_age AS a WHERE a.what = 'built')
  UNION ALL
  SELECT 11, 2, 2, 'A newer faultline may know more (schema/facts/).' WHERE EXISTS (SELECT 1 FROM v_facts_age)
  UNION ALL
  SELECT 12, 0, 0, 'No capture is newer.'
   WHERE EXISTS (SELECT 1 FROM boot_release) AND NOT EXISTS (SELECT 1 FROM v_facts_age)
  UNION ALL
  SELECT 12, 0, 0, 'No capture states a release.'
   WHERE EXISTS (SELECT 1 FROM capture) AND NOT EXISTS (SELECT 1 FROM boot_release))
SELECT t.indent, t.text FROM text AS t ORDER BY t.part, t.nr;

-- when named
-- Where a boot is newer than the tables of releases: its release is beyond them (newer), or its Xen was built after they end (built; the zone does not count).
CREATE VIEW v_facts_age AS
WITH
latest AS MATERIALIZED (SELECT k.product, max(k.date) AS date FROM known_release AS k GROUP BY k.product),
month (name, number) AS (VALUES ('Jan', '01'), ('Feb', '02'), ('Mar', '03'), ('Apr', '04'), ('May', '05'), ('Jun', '06'),
                                ('Jul', '07'), ('Aug', '08'), ('Sep', '09'), ('Oct', '10'), ('Nov', '11'), ('Dec', '12')),
-- "gcov=y Thu Aug 20 09:15:07 UTC 2026"
built AS (
  SELECT f.boot, f.value, f.capture, f.line, f.told,
         printf('%s-%s-%02d', substr(f.value, -4), m.number, CAST(substr(f.value, instr(f.value, ' ' || m.name || ' ') + 5, 2) AS INTEGER)) AS date
    FROM v_fact AS f
    JOIN month AS m ON f.value GLOB '* ' || m.name || ' [ 0-9][0-9] *[0-9][0-9][0-9][0-9]'
   WHERE f.name = 'xen.built')
SELECT x.boot, x.product, 'newer' AS what, x.version, l.date AS known, NULL AS date, x.capture, x.line
  FROM boot_release AS x
  JOIN latest AS l ON l.product = x.product
 WHERE x.beyond
UNION ALL
SELECT x.boot, x.product, 'built', x.version, l.date, b.date, b.capture, b.line
  FROM built AS b
  JOIN latest AS l ON l.product = 'xen' AND b.date > l.date
  JOIN boot_release AS x ON x.product = 'xen' AND x.boot = b.boot AND NOT x.beyond;

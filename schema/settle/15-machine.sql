-- What the facts of each boot come to: its release, its memory, and what an address means.
DELETE FROM xen_change;
DELETE FROM dom0_memory;
DELETE FROM boot_model;

-- when SELECT 1 FROM known_fact WHERE name = 'xen.version'
INSERT INTO xen_change (boot, change, version, suffix, capture, line, told, state, fix)
SELECT x.boot, c.change, x.text AS version, x.suffix, x.capture, x.line, x.told,
       CASE WHEN r.branch IS NULL
            THEN CASE WHEN CAST(substr(x.branch, 3) AS INTEGER)
                           < (SELECT min(CAST(substr(r2.branch, 3) AS INTEGER)) FROM release_change AS r2 WHERE r2.change = c.change)
                      THEN 'before'
                      WHEN CAST(substr(x.branch, 3) AS INTEGER)
                           > (SELECT max(CAST(substr(r2.branch, 3) AS INTEGER)) FROM release_change AS r2 WHERE r2.change = c.change)
                      THEN 'fixed'
                      ELSE 'unknown' END
            WHEN x.patch IS NULL THEN 'unknown'
            -- A candidate of the release with the fix may be from before it.
            WHEN (x.suffix LIKE '-rc%' OR x.suffix LIKE '-pre%')
                 AND x.patch = CASE WHEN r.first_bad IS NULL THEN 0 ELSE r.first_good END THEN 'unknown'
            WHEN r.first_bad IS NULL THEN 'fixed'
            WHEN x.patch < r.first_bad THEN 'before'
            WHEN r.first_good IS NOT NULL AND x.patch >= r.first_good THEN 'fixed'
            ELSE 'affected' END AS state,
       r.fixed AS fix
  FROM v_xen_version AS x
 CROSS JOIN (SELECT DISTINCT change FROM release_change) AS c
  LEFT JOIN release_change AS r ON r.change = c.change AND r.branch = x.branch;

-- when SELECT 1 FROM allocation
INSERT INTO dom0_memory (boot, capture, line, mb, bank_mb, ram_ranges)
SELECT a.boot, a.place >> 40, a.place & 0xffffffffff, a.mb, r.bank_mb, ifnull(r.ram_ranges, 0)
  FROM (SELECT g.boot, min(a.capture << 40 | a.line) AS place, max(a.mb) AS mb
          FROM allocation AS a
          JOIN segment AS g ON g.id = a.segment
         WHERE a.domain = 0 AND a.direct = 1 AND a.trust <> 'guest' AND a.speaker = 'xen' AND g.boot IS NOT NULL
         GROUP BY g.boot) AS a
  LEFT JOIN (SELECT r.boot, CAST(total(CASE WHEN r.kind = 'dom-bank' AND r.domain = 0 THEN r.last - r.first END) / 1048576 AS INTEGER) AS bank_mb,
                    total(r.kind = 'host-ram') AS ram_ranges
               FROM v_range AS r
              WHERE r.boot IS NOT NULL
              GROUP BY r.boot) AS r ON r.boot = a.boot;

-- when SELECT 1 FROM dom0_memory
INSERT INTO boot_model (boot, model)
SELECT d.boot, 'M1'
  FROM dom0_memory AS d
 WHERE ifnull((SELECT f.value FROM known_fact AS f WHERE f.boot = d.boot AND f.name = 'arch'), 'arm') LIKE 'arm%';

-- when SELECT 1 FROM known_fact WHERE name = 'dom0.kind'
INSERT OR IGNORE INTO boot_model (boot, model)
SELECT f.boot, 'M3'
  FROM known_fact AS f
  JOIN known_fact AS a ON a.boot = f.boot AND a.name = 'arch' AND a.value LIKE 'x86%'
  JOIN known_fact AS v ON v.boot = f.boot AND v.name = 'xen.version'
 WHERE f.name = 'dom0.kind' AND f.value = 'pv';

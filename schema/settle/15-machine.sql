-- What the facts of each boot come to: its release, its memory, and what an address means.
DELETE FROM boot_release;
DELETE FROM boot_change;
DELETE FROM dom0_memory;
DELETE FROM boot_model;

-- when SELECT 1 FROM known_fact WHERE name IN ('xen.version', 'linux.version')
INSERT INTO boot_release (boot, product, version, branch, number, patch, suffix, early, beyond, capture, line, told)
SELECT p.boot, p.product, p.version, CASE WHEN p.fine THEN p.major || '.' || p.minor END, CASE WHEN p.fine THEN p.major * 1000 + p.minor END,
       p.patch, p.suffix,
       -- A Xen of a stable branch between two releases ends in -pre, one before the first of a branch in -unstable or -rc.
       p.suffix GLOB '*rc[0-9]*' OR p.suffix LIKE '-rc%' OR p.suffix LIKE '-pre%' OR p.suffix LIKE '-unstable%' OR p.suffix LIKE '-dev%'
                                 OR p.suffix LIKE '-next%' AS early,
       ifnull(p.fine AND (p.major * 1000 + p.minor > (SELECT max(CAST(k.branch AS INTEGER) * 1000 + CAST(substr(k.branch, instr(k.branch, '.') + 1) AS INTEGER))
                                                        FROM known_release AS k WHERE k.product = p.product)
                          OR p.patch > (SELECT k.patch FROM known_release AS k WHERE k.product = p.product AND k.branch = p.major || '.' || p.minor)), 0) AS beyond,
       p.capture, p.line, p.told
  FROM (SELECT m.*, m.major < 1000 AND m.minor < 1000 AND m.version = m.major || '.' || m.minor || m.after AND m.rest GLOB '[0-9]*' AS fine,
               CASE WHEN m.after GLOB '.[0-9]*' THEN CAST(substr(m.after, 2) AS INTEGER) END AS patch,
               CASE WHEN m.after GLOB '.[0-9]*' THEN ltrim(substr(m.after, 2), '0123456789') ELSE m.after END AS suffix
          FROM (SELECT n.*, substr(n.rest, length(n.minor) + 1) AS after
                  FROM (SELECT v.*, CAST(v.rest AS INTEGER) AS minor
                          FROM (SELECT f.boot, substr(f.name, 1, instr(f.name, '.') - 1) AS product, f.value AS version, CAST(f.value AS INTEGER) AS major,
                                       substr(f.value, length(CAST(f.value AS INTEGER)) + 2) AS rest,
                                       nullif(f.capture, 0) AS capture, nullif(f.line, 0) AS line, f.told
                                  FROM known_fact AS f
                                 WHERE f.name IN ('xen.version', 'linux.version')) AS v) AS n) AS m) AS p;

-- Where no row is about a branch, the rows before and after it decide; nothing is decided for what is newer than the tables.
-- when SELECT 1 FROM boot_release
INSERT INTO boot_change (change, boot, product, state, fix, good)
WITH
numbered AS MATERIALIZED (
  SELECT r.*, CAST(r.branch AS INTEGER) * 1000 + CAST(substr(r.branch, instr(r.branch, '.') + 1) AS INTEGER) AS number
    FROM release_change AS r),
-- Of the first branch that is listed, whether that brought the fault; of the last, whether all of it is fixed.
ends AS MATERIALIZED (
  SELECT c.change, c.product, c.kind, min(n.number) AS first, max(n.number) AS last,
         min(n.number << 1 | (n.introduced IS NOT NULL)) & 1 AS brought, max(n.number << 1 | (n.first_bad IS NULL)) & 1 AS mended
    FROM known_change AS c
    JOIN numbered AS n ON n.change = c.change
   GROUP BY c.change),
oldest AS MATERIALIZED (
  SELECT k.product, min(CAST(k.branch AS INTEGER) * 1000 + CAST(substr(k.branch, instr(k.branch, '.') + 1) AS INTEGER)) AS number
    FROM known_release AS k
   GROUP BY k.product)
SELECT e.change, x.boot, x.product,
       CASE WHEN x.number IS NULL OR x.beyond THEN 'unknown'
            WHEN r.branch IS NULL
            THEN CASE WHEN x.number > e.last THEN CASE WHEN e.mended THEN 'fixed' ELSE 'unknown' END
                      WHEN x.number > e.first THEN 'unknown'
                      WHEN e.kind = 'behaviour' THEN 'affected'
                      WHEN e.brought AND e.first > o.number THEN 'before'
                      ELSE 'unknown' END
            -- What comes before the first release of a branch may be from before or after a change of the same branch.
            WHEN x.early AND ifnull(x.patch, 0) = 0
            THEN CASE WHEN r.first_bad > 0 THEN 'before'
                      WHEN r.first_bad IS NULL OR (e.kind = 'fault' AND x.number = e.first) THEN 'unknown'
                      ELSE 'affected' END
            WHEN x.patch IS NULL
            THEN CASE WHEN r.first_bad IS NULL THEN 'fixed'
                      WHEN r.first_bad = 0 AND r.first_good IS NULL THEN 'affected'
                      ELSE 'unknown' END
            WHEN x.early AND x.patch IN (r.first_bad, r.first_good) THEN 'unknown'
            WHEN r.first_bad IS NULL THEN 'fixed'
            WHEN x.patch < r.first_bad THEN 'before'
            WHEN x.patch >= r.first_good THEN 'fixed'
            ELSE 'affected' END AS state,
       r.fixed AS fix, CASE WHEN r.branch IS NOT NULL THEN CASE WHEN r.first_bad IS NULL THEN 0 ELSE r.first_good END END AS good
  FROM boot_release AS x
  JOIN ends AS e ON e.product = x.product
  JOIN oldest AS o ON o.product = x.product
  LEFT JOIN numbered AS r ON r.change = e.change AND r.number = x.number;

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

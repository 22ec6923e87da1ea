-- What the facts of each boot come to: its release, its memory, and what an address means.
DELETE FROM boot_release;
DELETE FROM boot_change;
DELETE FROM dom0_memory;
DELETE FROM boot_model;

-- when SELECT 1 FROM known_fact WHERE name IN ('xen.version', 'linux.version')
INSERT INTO boot_release (boot, product, version, branch, number, patch, suffix, early, beyond, capture, line, told)
WITH
-- Each step once: what is nested is copied wherever it is named, and takes longer to prepare than to run.
major AS MATERIALIZED (
  SELECT f.boot, iif(f.name = 'xen.version', 'xen', 'linux') AS product, f.value AS version, CAST(f.value AS INTEGER) AS major,
         nullif(f.capture, 0) AS capture, nullif(f.line, 0) AS line, f.told
    FROM known_fact AS f
   WHERE f.name IN ('xen.version', 'linux.version')),
minor AS MATERIALIZED (
  SELECT m.*, substr(m.version, length(m.major) + 2) AS rest, CAST(substr(m.version, length(m.major) + 2) AS INTEGER) AS minor
    FROM major AS m),
split AS MATERIALIZED (
  SELECT m.*, substr(m.rest, length(m.minor) + 1) AS after
    FROM minor AS m),
parts AS MATERIALIZED (
  SELECT s.*, iif(s.after GLOB '.[0-9]*', ltrim(substr(s.after, 2), '0123456789'), s.after) AS suffix,
         iif(s.after GLOB '.[0-9]*', CAST(substr(s.after, 2) AS INTEGER), NULL) AS patch,
         iif(s.major < 1000 AND s.minor < 1000 AND s.rest GLOB '[0-9]*' AND s.version = s.major || '.' || s.minor || s.after,
             s.major * 1000 + s.minor, NULL) AS number
    FROM split AS s)
SELECT p.boot, p.product, p.version, iif(p.number IS NOT NULL, p.major || '.' || p.minor, NULL), p.number, p.patch, p.suffix,
       -- A Xen of a stable branch between two releases ends in -pre, one before the first of a branch in -unstable or -rc.
       p.suffix GLOB '*rc[0-9]*' OR p.suffix GLOB '-rc*' OR p.suffix GLOB '-pre*' OR p.suffix GLOB '-unstable*' OR p.suffix GLOB '-dev*'
                                 OR p.suffix GLOB '-next*',
       ifnull(p.number > (SELECT max(k.number) FROM known_release AS k WHERE k.product = p.product), 0)
       OR ifnull(p.patch > (SELECT k.patch FROM known_release AS k WHERE k.product = p.product AND k.branch = p.major || '.' || p.minor), 0),
       p.capture, p.line, p.told
  FROM parts AS p;

-- when SELECT 1 FROM boot_release
INSERT INTO boot_change (change, boot, product, state, version, branch, patch, suffix, beyond, fix, good, capture, line, told)
SELECT c.change, c.boot, c.product, c.state, c.version, c.branch, c.patch, c.suffix, c.beyond, c.fix, c.good, c.capture, c.line, c.told
  FROM v_release_change AS c;

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

-- For each boot and change, whether the release that runs has it: affected, fixed, before (older than the fault), or unknown.
-- Where no row is about a branch, the row before decides: all that comes after a branch that was fixed from .0 on is fixed, up to the newest known one.
CREATE VIEW v_release_change AS
SELECT x.boot, x.product, c.change, c.kind, x.version, x.suffix, x.capture, x.line, x.told,
       CASE WHEN x.number IS NULL OR x.beyond THEN 'unknown'
            WHEN r.number IS NULL
            THEN CASE WHEN c.kind = 'behaviour' THEN 'affected'
                      WHEN (SELECT f.introduced FROM release_change AS f WHERE f.change = c.change ORDER BY f.number LIMIT 1) IS NOT NULL THEN 'before'
                      ELSE 'unknown' END
            WHEN r.number < x.number THEN CASE WHEN r.first_bad IS NULL THEN 'fixed' ELSE 'unknown' END
            -- What comes before the first release of a branch may be from before or after a change of the same branch.
            WHEN x.early AND ifnull(x.patch, 0) = 0
            THEN CASE WHEN r.first_bad > 0 THEN 'before'
                      WHEN r.first_bad IS NULL THEN 'unknown'
                      WHEN c.kind = 'fault'
                           AND NOT EXISTS (SELECT 1 FROM release_change AS f WHERE f.change = c.change AND f.number < r.number AND f.first_bad = 0) THEN 'unknown'
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
       CASE WHEN r.number = x.number THEN r.fixed END AS fix, x.branch, x.patch, x.beyond,
       CASE WHEN r.number = x.number THEN CASE WHEN r.first_bad IS NULL THEN 0 ELSE r.first_good END END AS good
  FROM boot_release AS x
  JOIN known_change AS c ON c.product = x.product
  LEFT JOIN release_change AS r ON r.change = c.change
                               AND r.number = (SELECT max(n.number) FROM release_change AS n WHERE n.change = c.change AND n.number <= x.number);

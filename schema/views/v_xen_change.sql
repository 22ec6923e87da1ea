-- For each boot and change: affected, fixed, or unknown (a branch or a release that nobody looked at).
CREATE VIEW v_xen_change AS
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

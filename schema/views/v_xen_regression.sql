-- when named
-- For each boot and change of Xen, as clues: whether its release has the regression (affected-xen), its fix (fixed-xen), or is older (old-xen), and whether
-- the numbers can be trusted (vendor-build).
CREATE VIEW v_xen_regression AS
SELECT v.boot, v.change, CASE v.state WHEN 'affected' THEN 'affected-xen' WHEN 'fixed' THEN 'fixed-xen' ELSE 'old-xen' END AS clue,
       printf('Xen %s %s', v.version, CASE v.state WHEN 'affected' THEN 'has the regression' WHEN 'fixed' THEN ifnull('has the fix ' || v.fix, 'has the fix')
              ELSE 'is older than the regression' END) AS says, v.capture, v.line
  FROM v_xen_change AS v
 WHERE v.state IN ('affected', 'fixed', 'before')
UNION ALL
SELECT v.boot, v.change, 'vendor-build', printf('Xen %s is a vendor''s build', v.version), v.capture, v.line
  FROM v_xen_change AS v
 WHERE v.suffix <> '';

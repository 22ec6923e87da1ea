-- report   exposures
-- title    Faults that the releases of the captures are known to have, and what the tables do not tell of them

SELECT e.boot, e.product, e.version, e.change, e.kind, e.state || CASE e.effect WHEN 'mitigates' THEN ' (held off)' ELSE '' END AS state,
       CASE WHEN e.kind = 'lacks' THEN 'from ' WHEN e.never_here THEN 'never; ' ELSE '' END || e.fixed_in AS fixed, e.cause AS causes
  FROM v_exposure AS e
 ORDER BY e.boot, e.product DESC, e.state, e.kind, e.change;

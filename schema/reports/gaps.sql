-- report   gaps
-- title    Evidence that was lost, is forgeable, or may be less than it seems

SELECT g.place, g.kind, g.says
  FROM v_gap AS g
 ORDER BY g.capture, g.line, g.kind;

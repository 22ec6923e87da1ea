-- when named
-- Complete dumps of the grant tables (debug key g): first and last line, times on the base clock, ns.
CREATE VIEW v_grant_dump AS
SELECT g.boot, w.capture, w.line, w.last, b.t_lo + k.offset_lo AS base_lo, b.t_hi + k.offset_hi AS base_hi, b.trust
  FROM whole_dump AS w
  JOIN grant_dump AS b ON b.id = w.mark
  JOIN segment AS g ON g.id = b.segment
  LEFT JOIN clock AS k ON k.id = b.clock;

-- Complete dumps of the grant tables (debug key g): first and last line, rows, times on the base clock, ns.
CREATE VIEW v_grant_dump AS
SELECT g.boot, b.capture, b.line,
       (SELECT min(e.line) FROM grant_dump AS e WHERE e.capture = b.capture AND e.line > b.line AND e.edge = 'end') AS last,
       b.t_lo + k.offset_lo AS base_lo, b.t_hi + k.offset_hi AS base_hi, b.trust
  FROM grant_dump AS b
  JOIN segment AS g ON g.id = b.segment
  LEFT JOIN clock AS k ON k.id = b.clock
 WHERE b.edge = 'begin' AND b.trust <> 'guest' AND b.speaker = 'xen' AND NOT b.replayed
   AND EXISTS (SELECT 1 FROM grant_dump AS e WHERE e.capture = b.capture AND e.line > b.line AND e.edge = 'end');

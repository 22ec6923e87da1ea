-- Read by the merge pass in this order of columns: rows of grant-table dumps that Xen printed.
CREATE VIEW v_join_snapshot AS
SELECT s.ref, s.domain, s.mapper, s.flags, s.capture, s.line,
       s.t_lo + k.offset_lo AS lo, s.t_hi + k.offset_hi AS hi, s.replayed, g.boot, s.frame
  FROM segment AS g
 CROSS JOIN grant_snapshot AS s ON s.segment = g.id  -- of one boot: a page may be in every boot's dumps
  LEFT JOIN clock AS k ON k.id = s.clock
 WHERE s.trust <> 'guest' AND s.speaker = 'xen';

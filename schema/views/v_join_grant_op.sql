-- Read by the merge pass in this order of columns: map and unmap operations of trusted traces, in time.
CREATE VIEW v_join_grant_op AS
SELECT o.id AS op, g.boot, o.op = 'map' AS maps, ifnull(o.mapper, 0) AS mapper, o.handle,
       ifnull(o.frame, o.bus_addr >> 12 & 0xfffffffffffff) AS frame,
       o.t_lo + k.offset_lo AS lo, o.t_hi + k.offset_hi AS hi,
       o.count > 0 AND ifnull(o.status, 0) = 0 AND o.handle IS NOT NULL AS fine,
       o.count - o.shown AS hidden
  FROM grant_op AS o
  JOIN segment AS g ON g.id = o.segment
  LEFT JOIN clock AS k ON k.id = o.clock
 WHERE o.op IN ('map', 'unmap') AND o.trust <> 'guest' AND g.boot IN (SELECT m.boot FROM v_model AS m)
 ORDER BY g.boot, o.t_lo, o.capture, o.line, o.id;

-- Read by the pass over the grants in this order of columns: map and unmap operations of trusted traces.  A lane is operations whose order in time is
-- known: all that are joined to the base clock of the boot (0), or those of one clock; t is the time in it, ns.
CREATE VIEW v_join_grant_op AS
SELECT o.id AS op, g.boot,
       CASE WHEN k.offset_lo IS NOT NULL THEN 0 WHEN o.clock IS NULL THEN -o.segment ELSE o.clock END AS lane,
       o.t_lo + ifnull(k.offset_lo, 0) AS t, o.capture, o.line, o.segment,
       o.op = 'map' AS maps, ifnull(o.mapper, 0) AS mapper, o.handle,
       ifnull(o.frame, nullif(o.bus_addr >> 12 & 0xfffffffffffff, 0)) AS frame,
       o.count, o.shown,
       o.count > 0 AND ifnull(o.status, 0) = 0 AND ifnull(o.handle BETWEEN 0 AND 0xfffffffe, 0)
       AND ifnull(o.mapper BETWEEN 0 AND 0xffffffff, 1) AS fine,
       o.t_lo + k.offset_lo AS lo, o.t_hi + k.offset_hi AS hi
  FROM grant_op AS o
 CROSS JOIN segment AS g ON g.id = o.segment
  LEFT JOIN clock AS k ON k.id = o.clock
 WHERE o.op IN ('map', 'unmap') AND o.trust <> 'guest' AND g.boot IS NOT NULL;

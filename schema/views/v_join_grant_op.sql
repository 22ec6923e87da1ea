-- Read by the pass over the grants: map and unmap operations of trusted traces.  The pass puts them in lanes, operations whose order in time is known: all
-- whose clock is joined to the base clock of the boot, or those of one clock.
CREATE VIEW v_join_grant_op AS
SELECT o.id AS op, o.segment, o.clock, o.t_lo, o.t_hi, o.capture, o.line,
       o.op = 'map' AS maps, o.mapper, o.handle,
       ifnull(o.frame, nullif(o.bus_addr >> 12 & 0xfffffffffffff, 0)) AS frame,
       o.count, o.shown, o.status, o.domain, o.ref, o.flags
  FROM grant_op AS o
 WHERE o.op IN ('map', 'unmap') AND o.trust <> 'guest';

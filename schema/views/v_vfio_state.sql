-- when named
-- States of migration of devices that are passed through, from the line that says it is reached to the device's next one.
-- runs: 1 it may do all; 0 it must do nothing, and nobody may touch its registers.  Between the two (P2P) it only answers others.
CREATE VIEW v_vfio_state AS
SELECT x.id, x.boot, x.bdf, x.state, x.capture, x.line, x.until_line, x.base_lo, x.base_hi, x.until_lo,
       CASE WHEN x.state IN ('RUNNING', 'PRE_COPY') THEN 1 WHEN x.state IN ('STOP', 'STOP_COPY', 'RESUMING') THEN 0 END AS runs
  FROM (SELECT s.id, g.boot, s.bdf, s.what, s.capture, s.line,
               coalesce(s.state, CASE s.state_bits WHEN 0 THEN 'STOP' WHEN 1 THEN 'RUNNING' WHEN 2 THEN 'STOP_COPY' WHEN 3 THEN 'PRE_COPY' WHEN 4 THEN 'RESUMING'
                                                   ELSE printf('%#x', s.state_bits) END) AS state,
               s.t_lo + k.offset_lo AS base_lo, s.t_hi + k.offset_hi AS base_hi,
               lead(s.line) OVER w AS until_line, lead(s.t_lo + k.offset_lo) OVER w AS until_lo
          FROM vfio_state AS s
          JOIN segment AS g ON g.id = s.segment AND g.boot IS NOT NULL
          LEFT JOIN clock AS k ON k.id = s.clock
         WHERE s.bdf IS NOT NULL AND s.trust <> 'guest' AND NOT s.replayed
        WINDOW w AS (PARTITION BY g.boot, s.bdf, s.capture ORDER BY s.line)) AS x
 WHERE x.what = 'reached';

-- Read by the merge pass in this order of columns: faults whose address means a machine frame.
CREATE VIEW v_join_fault AS
SELECT f.id, g.boot, f.iova >> 12 & 0xfffffffffffff AS page, f.capture, f.line,
       f.t_lo + k.offset_lo AS lo, f.t_hi + k.offset_hi AS hi, f.replayed, f.iova
  FROM (SELECT id, segment, capture, line, clock, t_lo, t_hi, replayed,
               CASE WHEN impl <> 'smmuv3' THEN iova
                    WHEN word0 & 0xff IN (0x01, 0x07, 0x0b, 0x10, 0x11, 0x12, 0x13) AND word3 IS NOT NULL THEN word2 END AS iova
          FROM iommu_fault
         WHERE by = 'xen' AND trust <> 'guest' AND speaker = 'xen') AS f
  JOIN segment AS g ON g.id = f.segment
  LEFT JOIN clock AS k ON k.id = f.clock
 WHERE f.iova IS NOT NULL
   AND f.id NOT IN (SELECT m.fault FROM v_moved AS m)
   AND g.boot IN (SELECT m.boot FROM v_model AS m WHERE m.model IN ('M1', 'M3'));

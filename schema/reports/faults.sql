-- report   faults
-- title    Refused accesses by page, the most frequent first

SELECT f.impl, f.kind, f.access, printf('0x%x', f.page << 12) AS page, count(*) AS faults, f.frame_class, f.grant_state,
       p.short || ':' || min(f.line) AS first
  FROM v_iommu_fault AS f
  JOIN v_place AS p ON p.capture = f.capture
 GROUP BY f.capture, f.impl, f.kind, f.access, f.page
 ORDER BY faults DESC, f.capture, min(f.line);

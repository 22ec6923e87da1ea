-- when named
-- Stable: refused accesses as people ask for them, one row a fault.
CREATE VIEW v_iommu_fault AS
SELECT f.capture, f.line, f.boot, f.impl, f.kind, f.access, f.iova, f.page, f.stream, f.bdf, f.domain, f.context,
       f.reason, j.frame_class, j.grant_state, 1 AS count
  FROM v_fault AS f
  LEFT JOIN fault_join AS j ON j.fault = f.id;

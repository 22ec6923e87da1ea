-- when named
-- Where the table walk ended that Xen prints after a fault (x86, iommu=debug): the last level, and what its entry allows (-- for nothing).
CREATE VIEW v_walk_leaf AS
SELECT h.capture, max(w.line) AS line, h.bdf, h.page, w.level, w.perm
  FROM iommu_walk AS h
  JOIN iommu_walk AS w ON w.capture = h.capture AND w.line > h.line AND w.line <= h.line + 8 AND w.what = 'level' AND w.bdf = h.bdf AND w.page = h.page
 WHERE h.what = 'head' AND h.trust <> 'guest'
   -- The walk of the next fault is not this one's.
   AND NOT EXISTS (SELECT 1 FROM iommu_walk AS o WHERE o.capture = h.capture AND o.what = 'head' AND o.line > h.line AND o.line < w.line)
 GROUP BY h.id;

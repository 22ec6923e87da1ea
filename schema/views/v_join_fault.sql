-- Read by the merge pass in this order of columns: faults whose address means a machine frame, with the class of that frame.
CREATE VIEW v_join_fault AS
SELECT f.id, f.boot, f.page, f.capture, f.line, f.base_lo AS lo, f.base_hi AS hi, f.replayed,
       CASE m.model
       WHEN 'M1' THEN
            CASE WHEN EXISTS (SELECT 1 FROM v_range AS r WHERE r.boot = f.boot AND r.kind = 'swiotlb'
                                 AND f.iova >= r.first AND f.iova < r.last) THEN 'bounce'
                 WHEN EXISTS (SELECT 1 FROM v_range AS r WHERE r.boot = f.boot AND r.kind = 'dom-bank' AND r.domain = 0
                                 AND f.iova >= r.first AND f.iova < r.last) THEN 'own'
                 WHEN d.bank_mb IS NULL OR d.bank_mb <> d.mb OR d.ram_ranges = 0 THEN NULL
                 WHEN EXISTS (SELECT 1 FROM v_range AS r WHERE r.boot = f.boot AND r.kind = 'host-ram'
                                 AND f.iova >= r.first AND f.iova < r.last) THEN 'foreign'
                 ELSE 'outside' END
       ELSE (SELECT CASE r.usage WHEN 'usable' THEN 'ram' ELSE 'reserved' END FROM v_range AS r
              WHERE r.boot = f.boot AND r.kind = 'e820' AND f.iova >= r.first AND f.iova < r.last)
       END AS frame_class
  FROM v_fault AS f
  JOIN v_model AS m ON m.boot = f.boot
  LEFT JOIN v_dom0_memory AS d ON d.boot = f.boot
 WHERE f.iova IS NOT NULL AND f.by = 'xen';

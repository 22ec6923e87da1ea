-- Read by the merge pass in this order of columns: what the memory of a boot is used for, where that is known in full.
CREATE VIEW v_join_memory AS
SELECT r.boot, CASE WHEN r.kind = 'swiotlb' THEN 'bounce'
                    WHEN r.kind = 'dom-bank' THEN 'own'
                    WHEN r.kind = 'host-ram' THEN 'foreign'
                    WHEN r.usage = 'usable' THEN 'ram'
                    ELSE 'reserved' END AS class, r.first, r.last
  FROM v_range AS r
  JOIN v_model AS m ON m.boot = r.boot
 WHERE (m.model = 'M1'
        AND (r.kind IN ('swiotlb', 'host-ram') OR (r.kind = 'dom-bank' AND r.domain = 0)))
    OR (m.model = 'M3' AND r.kind = 'e820');

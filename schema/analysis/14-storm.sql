-- Xen counts the faults of a PCI function (xen drivers/passthrough/pci.c pci_check_disable_device()): one more each time, and half of the
-- count goes when 10 ms passed since the last one.  At 10 it takes bus mastering away, and says nothing.  Here the last 64 faults count, from 0 on.
DELETE FROM fault_storm;

-- when SELECT 1 FROM incident WHERE n >= 10 AND impl IN ('vtd', 'amd') AND EXISTS (SELECT 1 FROM iommu_fault)
INSERT INTO fault_storm (incident, count, dated, capture, line, after)
WITH RECURSIVE tail AS (
  SELECT i.id AS incident, a.fault, a.capture, a.line, CASE k.unit WHEN 'ns' THEN k.id END AS clock, e.t_lo, e.t_hi,
         row_number() OVER (PARTITION BY i.id ORDER BY a.fault) AS nr, count(*) OVER (PARTITION BY i.id) AS total
    FROM (SELECT i.*, ifnull((SELECT f.fault FROM fault_at AS f
                               WHERE f.boot = i.boot AND f.device = i.device AND f.kind = i.kind AND f.impl = i.impl
                               ORDER BY f.fault DESC LIMIT 1 OFFSET 63), 0) AS since
            FROM incident AS i
           WHERE i.n >= 10 AND i.impl IN ('vtd', 'amd')) AS i
   CROSS JOIN fault_at AS a ON a.boot = i.boot AND a.device = i.device AND a.kind = i.kind AND a.impl = i.impl AND a.fault >= i.since
    JOIN iommu_fault AS e ON e.id = a.fault
    LEFT JOIN clock AS k ON k.id = e.clock
   WHERE a.driven_by = 'xen' AND a.bdf IS NOT NULL
), step (incident, nr, count) AS (
  SELECT t.incident, 1, 1 FROM tail AS t WHERE t.nr = 1
  UNION ALL
  SELECT t.incident, t.nr, 1 + CASE WHEN t.clock = o.clock AND t.t_hi - o.t_lo <= 10000000 THEN s.count ELSE s.count >> 1 END
    FROM step AS s
    JOIN tail AS o ON o.incident = s.incident AND o.nr = s.nr
    JOIN tail AS t ON t.incident = s.incident AND t.nr = s.nr + 1
)
SELECT x.incident, x.count, x.dated, t.capture, t.line, t.total - t.nr
  FROM (SELECT s.incident, max(s.count) AS count, min(t.clock IS NOT NULL AND t.t_lo IS NOT NULL AND t.t_hi IS NOT NULL) AS dated,
               ifnull(min(CASE WHEN s.count >= 10 THEN s.nr END), max(s.nr)) AS nr
          FROM step AS s
          JOIN tail AS t ON t.incident = s.incident AND t.nr = s.nr
         GROUP BY s.incident) AS x
  JOIN tail AS t ON t.incident = x.incident AND t.nr = x.nr;

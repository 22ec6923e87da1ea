-- cause     arm-iommu-map-bug-nondirect-hwdom
-- title     A snapshot of Xen 4.21 stops while it starts a dom0 that is not mapped 1:1 (Arm)
-- explain   Mapping the page where the interrupt translator takes messages used a function that is for 1:1 mapped domains only. With a
--        |  coloured dom0, or another hardware domain, a check in it stops Xen at boot. Only builds from between the two commits have it.
-- remedy    Update to Xen 4.21.0, or apply 53d60d759d.
-- refs      xen f9f6b22abf, xen 53d60d759d, xen/drivers/passthrough/arm/iommu_helpers.c arm_iommu_map_page()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind = 'crash' AND device = 'Xen'
-- trigger   bug-in-helpers  Xen stopped in the code that enters pages in the tables of Arm's IOMMUs
-- decides   in-map-page     the call trace shows the function with that check | ask: the call trace | capture: the console from the crash to the reboot | kind: message
-- supports  snapshot        the version is that of a snapshot | kind: version
-- excludes  released        every release lacks the fault: it came and went before 4.21.0
-- excludes  direct-dom0     dom0 is mapped 1:1

SELECT b.incident AS subject, NULL AS "case", 'bug-in-helpers' AS clue, printf('Xen BUG in iommu_helpers.c, line %d', b.src_line) AS says, b.capture, b.line, 1 AS n
  FROM v_xen_bug AS b
 WHERE b.symbol IS NULL AND b.src_file LIKE '%arm/iommu_helpers.c'

UNION ALL
SELECT b.incident, NULL, 'in-map-page', 'arm_iommu_map_page() is in the call trace', b.capture, min(b.line), 1
  FROM v_xen_bug AS b
 WHERE b.src_file LIKE '%arm/iommu_helpers.c' AND b.symbol LIKE '%arm_iommu_map_page'
 GROUP BY b.incident

UNION ALL
SELECT i.id, NULL, CASE WHEN v.suffix LIKE '-unstable%' OR v.suffix LIKE '-rc%' THEN 'snapshot' ELSE 'released' END, printf(CASE WHEN v.suffix LIKE '-unstable%' OR v.suffix LIKE '-rc%' THEN 'Xen %s' ELSE 'Xen %s is no snapshot of 4.21' END, v.text), v.capture, v.line, 1
  FROM incident AS i
  JOIN v_xen_version AS v ON v.boot = i.boot
 WHERE i.kind = 'crash' AND i.device = 'Xen'
   AND (v.suffix = '' OR CAST(substr(v.branch, 3) AS INTEGER) <> 21 OR v.suffix LIKE '-unstable%' OR v.suffix LIKE '-rc%')

UNION ALL
SELECT d.incident, NULL, 'direct-dom0', 'dom0 is mapped 1:1', d.capture, d.line, 1
  FROM (SELECT i.id AS incident, d.capture, d.line
          FROM incident AS i
          JOIN v_dom0_memory AS d ON d.boot = i.boot
         WHERE i.kind = 'crash' AND i.device = 'Xen') AS d;

-- when named
-- Which devices an IOMMU stands before: one row a boot and device, by the best line that tells.  protected: yes, no, unknown.  What happened goes before
-- what is described: an IOMMU that Xen does not use protects nothing, one that refused an access does.
CREATE VIEW v_protection AS
WITH
sign AS (
  SELECT f.boot, f.device AS dev, 20 AS rank, 'yes' AS protected,
         CASE f.impl WHEN 'smmuv2' THEN 'SMMU' WHEN 'smmuv3' THEN 'SMMUv3' WHEN 'vtd' THEN 'VT-d' WHEN 'amd' THEN 'AMD-Vi' ELSE f.impl END AS iommu,
         f.domain, 'it refused an access of the device' AS says, f.capture, f.line
    FROM fault_case AS f
   WHERE f.impl <> 'vtd-interrupt' AND f.device NOT GLOB '* *' AND (f.device GLOB '????:??:??.?' OR f.device GLOB '[0-9a-f]*.[a-z]*')
  UNION ALL
  SELECT g.boot, ifnull(a.bdf, a.dev), CASE a.what WHEN 'mapped' THEN 30 WHEN 'context' THEN 31 ELSE 32 END, 'yes',
         ifnull(a.instance, CASE a.what WHEN 'mapped' THEN 'VT-d' WHEN 'context' THEN 'IPMMU' END), a.domain,
         CASE a.what WHEN 'mapped' THEN printf('its accesses go through the tables of d%d', a.domain) WHEN 'context' THEN 'it has a context there'
                     ELSE 'Xen knows its streams' END, a.capture, max(a.line)
    FROM assignment AS a
    JOIN segment AS g ON g.id = a.segment AND g.boot IS NOT NULL
   WHERE a.trust <> 'guest' AND a.by = 'xen' AND ifnull(a.bdf, a.dev) IS NOT NULL
     AND (a.what IN ('mapped', 'context') OR a.what = 'added' AND a.instance IS NOT NULL)
   GROUP BY g.boot, ifnull(a.bdf, a.dev), a.what
  UNION ALL
  SELECT d.boot, d.dev, 40, d.behind,
         (SELECT min(s.instance) FROM tree_stream AS s WHERE s.capture = d.capture AND s.path = d.path), NULL, d.says, d.capture, d.line
    FROM v_dt_boot AS d
   WHERE d.behind <> 'unknown'
  UNION ALL
  SELECT g.boot, ifnull(a.bdf, a.dev), 50, CASE p.value WHEN 'passthrough' THEN 'no' ELSE 'yes' END, printf('group %d', a."group"), NULL,
         CASE p.value WHEN 'passthrough' THEN 'it has an IOMMU, and Linux lets DMA through untranslated' ELSE 'Linux put it into a group of an IOMMU' END, a.capture, max(a.line)
    FROM assignment AS a
    JOIN segment AS g ON g.id = a.segment AND g.boot IS NOT NULL
    LEFT JOIN known_fact AS p ON p.boot = g.boot AND p.name = 'linux.iommu.domain_type'
   WHERE a.trust <> 'guest' AND a.by = 'linux' AND a.what = 'group' AND ifnull(a.bdf, a.dev) IS NOT NULL
   GROUP BY g.boot, ifnull(a.bdf, a.dev)
  UNION ALL
  SELECT b.boot, s.bdf, 60, 'yes', printf('VT-d 0x%x', u.base), NULL, 'the firmware names it for that IOMMU', s.capture, s.line
    FROM acpi_scope AS s
    JOIN acpi_unit AS u ON u.capture = s.capture AND u.offset_in = s.offset_in AND u.kind = s.kind
    JOIN capture AS c ON c.id = s.capture
    JOIN (SELECT DISTINCT g.boot, o.call FROM segment AS g JOIN capture AS o ON o.id = g.capture WHERE g.boot IS NOT NULL) AS b ON b.call = c.call
   WHERE s.kind = 'drhd' AND s.type = 'endpoint' AND s.bdf IS NOT NULL
  UNION ALL
  -- Devices of which only this is known: that they are there.
  SELECT g.boot, d.dev, 90, 'unknown', NULL, NULL, 'no line tells', d.capture, min(d.line)
    FROM (SELECT e.segment, e.dev, e.capture, e.line FROM device AS e WHERE e.trust <> 'guest' AND e.class <> 'iommu'
          UNION ALL
          SELECT e.segment, e.dev, e.capture, e.line FROM device_error AS e WHERE e.trust <> 'guest'
          UNION ALL
          SELECT e.segment, e.dev, e.capture, min(e.line) FROM dma_bounce AS e WHERE e.trust <> 'guest' GROUP BY e.segment, e.dev) AS d
    JOIN segment AS g ON g.id = d.segment AND g.boot IS NOT NULL
   GROUP BY g.boot, d.dev
),
-- A node of the device tree is what Linux calls by its address and name.
named AS (
  SELECT s.boot, CASE WHEN s.dev NOT LIKE '/%@%' THEN s.dev
                      ELSE ifnull((SELECT n.dev FROM tree_node AS n JOIN tree_use AS u ON u.capture = n.capture AND u.boot = s.boot WHERE n.path = s.dev LIMIT 1),
                                  substr(s.last, instr(s.last, '@') + 1) || '.' || substr(s.last, 1, instr(s.last, '@') - 1)) END AS dev,
         s.rank, s.protected, s.iommu, s.domain, s.says, s.capture, s.line
    FROM (SELECT s.*, replace(s.dev, rtrim(s.dev, replace(s.dev, '/', '')), '') AS last FROM sign AS s) AS s
),
best AS (
  SELECT n.boot, n.dev, min(n.rank) AS rank, n.protected, n.iommu, n.domain, n.says, n.capture, n.line
    FROM named AS n
   GROUP BY n.boot, n.dev
)
SELECT b.boot, b.dev,
       CASE WHEN o.value = 'disabled' AND b.rank > 20 THEN 'no' ELSE b.protected END AS protected,
       b.iommu, b.domain,
       CASE WHEN o.value = 'disabled' AND b.rank > 20 THEN 'Xen uses no IOMMU' ELSE b.says END AS says,
       CASE WHEN o.value = 'disabled' AND b.rank > 20 THEN nullif(o.capture, 0) ELSE b.capture END AS capture,
       CASE WHEN o.value = 'disabled' AND b.rank > 20 THEN nullif(o.line, 0) ELSE b.line END AS line
  FROM best AS b
  LEFT JOIN known_fact AS o ON o.boot = b.boot AND o.name = 'xen.iommu';

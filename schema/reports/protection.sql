-- report   protection
-- title    Which devices an IOMMU protects memory from, and which not; and how many of their mappings were bounced

SELECT v.boot, v.dev AS device, ifnull(v.iommu, '') AS IOMMU, ifnull('d' || v.domain, '') AS domain,
       CASE v.protected WHEN 'unknown' THEN 'not known' ELSE v.protected END AS protected, v.says AS because,
       CASE WHEN v.line IS NULL THEN 'told by the user' ELSE p.short || ':' || v.line END AS line,
       CASE WHEN b.mask IS NULL THEN '' ELSE printf('0x%x', b.mask) END AS "DMA mask", ifnull(b.n, '') AS bounced, ifnull(m.n, '') AS mapped
  FROM v_protection AS v
  LEFT JOIN v_place AS p ON p.capture = v.capture
  LEFT JOIN (SELECT g.boot, d.dev, min(d.dma_mask) AS mask, count(*) AS n
               FROM dma_bounce AS d JOIN segment AS g ON g.id = d.segment
              WHERE d.trust <> 'guest'
              GROUP BY g.boot, d.dev) AS b ON b.boot = v.boot AND b.dev = v.dev
  LEFT JOIN (SELECT g.boot, d.dev, count(*) AS n
               FROM dma_map AS d JOIN segment AS g ON g.id = d.segment
              WHERE d.what IN ('map', 'call') AND d.trust <> 'guest'
              GROUP BY g.boot, d.dev) AS m ON m.boot = v.boot AND m.dev = v.dev
 ORDER BY v.boot, v.protected = 'yes', v.dev;

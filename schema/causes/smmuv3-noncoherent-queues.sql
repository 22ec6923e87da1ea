-- cause     smmuv3-noncoherent-queues
-- title     The SMMU does not see the commands that Xen puts into its queue
-- explain   This SMMU does not look into the processor's caches, and Xen writes its queues through them without cleaning them, so the SMMU reads
--        |  old memory, and a command that Xen waits for is never carried out.
-- remedy    Update Xen to 4.21. If the hardware does see the caches, say so with dma-coherent in the SMMU's node of the device tree.
-- refs      xen 3a11099edd74, xen/drivers/passthrough/arm/smmu-v3.c __arm_smmu_cmdq_issue_sync(), smmu-v3.h ARM_SMMU_FEAT_COHERENCY
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind = 'iommu-trouble'
-- trigger   command-timeout  a command that Xen waits for was not carried out in time
-- needs     non-coherent     the SMMU does not look into caches: bit 8 of its features is clear | ask: whether the SMMU sees the caches (its features, bit 8) | capture: the console log from "Xen version" on (the line with ias, oas and features) | kind: address
-- decides   no-cleaning      this release of Xen does not clean the caches, and the SMMU failed from the start | ask: the release of Xen | capture: xl info, or the console log from "Xen version" on | kind: version
-- supports  from-the-start   the command came while Xen set the SMMU up | kind: order
-- caps      vendor-build     the version has a vendor's suffix: the fix may be in it | of: no-cleaning
-- excludes  coherent         the SMMU looks into caches: bit 8 of its features is set
-- excludes  cleans           this release of Xen cleans the caches
-- excludes  worked-before    the SMMU reported an event of a device before, so it reads and writes its queues

SELECT i.id AS subject, NULL AS "case", 'command-timeout' AS clue, printf('%s, %d time%s', i.device, x.n, CASE x.n WHEN 1 THEN '' ELSE 's' END) AS says,
       x.place >> 40 AS capture, x.place & 0xffffffffff AS line, x.n
  FROM incident AS i
  JOIN (SELECT g.boot, t.instance, count(*) AS n, min(t.capture << 40 | t.line) AS place
          FROM iommu_trouble AS t JOIN segment AS g ON g.id = t.segment
         WHERE t.what = 'command-timeout' AND t.impl = 'smmuv3' AND t.by = 'xen' AND t.trust <> 'guest'
         GROUP BY g.boot, t.instance) AS x ON x.boot = i.boot AND x.instance = i.device
 WHERE i.kind = 'iommu-trouble' AND i.impl = 'smmuv3'

UNION ALL
SELECT i.id, NULL, CASE WHEN json_extract(p.fields, '$.reg') & 0x100 THEN 'coherent' ELSE 'non-coherent' END,
       printf('features %#x', json_extract(p.fields, '$.reg')), p.capture, p.line, i.n
  FROM message AS m
 CROSS JOIN note AS p ON p.message = m.id AND p.trust <> 'guest'
  JOIN segment AS g ON g.id = p.segment
  JOIN incident AS i ON i.boot = g.boot AND i.device = json_extract(p.fields, '$.instance')
 WHERE m.name = 'xen.smmuv3.sizes' AND i.kind = 'iommu-trouble' AND i.impl = 'smmuv3'

-- Xen waits a second, and goes on to the next SMMU or to its domains soon after.
UNION ALL
SELECT i.id, NULL, x.clue, CASE x.clue WHEN 'no-cleaning' THEN printf('Xen %s', v.version)
                                     ELSE printf('%d line%s after the SMMU was found', i.first_line - p.line, CASE i.first_line - p.line WHEN 1 THEN '' ELSE 's' END) END,
       CASE x.clue WHEN 'no-cleaning' THEN v.capture ELSE i.first_capture END, CASE x.clue WHEN 'no-cleaning' THEN v.line ELSE i.first_line END, i.n
  FROM message AS m
 CROSS JOIN note AS p ON p.message = m.id AND p.trust <> 'guest' AND NOT p.replayed
  JOIN segment AS g ON g.id = p.segment
  JOIN incident AS i ON i.boot = g.boot AND i.device = json_extract(p.fields, '$.instance') AND p.capture = i.first_capture
                    AND i.first_line BETWEEN p.line AND p.line + 24
  JOIN (SELECT 'from-the-start' AS clue UNION ALL SELECT 'no-cleaning') AS x
  LEFT JOIN v_xen_change AS v ON v.boot = i.boot AND v.change = 'smmuv3-noncoherent' AND v.state = 'affected'
 WHERE m.name = 'xen.smmuv3.sizes' AND i.kind = 'iommu-trouble' AND i.impl = 'smmuv3' AND NOT json_extract(p.fields, '$.reg') & 0x100
   AND (x.clue = 'from-the-start' OR v.boot IS NOT NULL)

UNION ALL
SELECT i.id, NULL, CASE v.state WHEN 'fixed' THEN 'cleans' ELSE 'vendor-build' END, printf('Xen %s', v.version), v.capture, v.line, i.n
  FROM incident AS i
  JOIN v_xen_change AS v ON v.boot = i.boot AND v.change = 'smmuv3-noncoherent' AND (v.state = 'fixed' OR v.suffix <> '')
 WHERE i.kind = 'iommu-trouble' AND i.impl = 'smmuv3'

UNION ALL
SELECT i.id, NULL, 'worked-before', printf('%s reported on stream %#x', i.device, c.stream), c.capture, c.line, i.n
  FROM incident AS i
  JOIN (SELECT c.boot, substr(c.device, 1, instr(c.device, ' ') - 1) AS instance, min(c.id) AS first
          FROM fault_case AS c
         WHERE c.impl = 'smmuv3' AND c.driven_by = 'xen'
         GROUP BY 1, 2) AS x ON x.boot = i.boot AND x.instance = i.device
  JOIN fault_case AS c ON c.id = x.first
 WHERE i.kind = 'iommu-trouble' AND i.impl = 'smmuv3';

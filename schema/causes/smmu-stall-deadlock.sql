-- cause     smmu-stall-deadlock
-- title     The SMMU does not finish dropping old translations
-- explain   Xen told the SMMU to forget translations, and it did not say that it is done: transactions of a device hang in it. Up to Xen 4.11 a
--        |  refused access could stall in the SMMU instead of being ended, and hold up everything behind it; other causes are left open.
-- remedy    Update Xen to 4.12, where refused accesses do not stall; else look at the device that hangs, and at clock and power of the SMMU.
-- refs      xen ce75973a273f, xen/drivers/passthrough/arm/smmu.c arm_smmu_tlb_sync(), xen/drivers/passthrough/arm/ipmmu-vmsa.c ipmmu_tlb_sync()
-- about     incident
-- kind      state
-- when      SELECT 1 FROM incident WHERE kind = 'iommu-trouble'
-- trigger   trouble          an IOMMU of Arm complains about itself
-- decides   sync-timeout     the IOMMU did not finish dropping translations | kind: message
-- supports  stalls           this release of Xen lets refused accesses stall | kind: version

SELECT i.id AS subject, NULL AS "case", x.clue, printf('%s, %d time%s', i.device, t.n, CASE t.n WHEN 1 THEN '' ELSE 's' END) AS says,
       t.place >> 40 AS capture, t.place & 0xffffffffff AS line, t.n
  FROM incident AS i
  JOIN (SELECT g.boot, t.impl, t.instance, count(*) AS n, min(t.capture << 40 | t.line) AS place
          FROM iommu_trouble AS t JOIN segment AS g ON g.id = t.segment
         WHERE t.what = 'sync-timeout' AND t.impl IN ('smmuv2', 'ipmmu') AND t.by = 'xen' AND t.trust <> 'guest'
         GROUP BY g.boot, t.impl, t.instance) AS t ON t.boot = i.boot AND t.impl = i.impl AND t.instance = i.device
  JOIN (SELECT 'trouble' AS clue UNION ALL SELECT 'sync-timeout') AS x
 WHERE i.kind = 'iommu-trouble'

UNION ALL
SELECT i.id, NULL, 'stalls', printf('Xen %s', v.version), v.capture, v.line, i.n
  FROM incident AS i
  JOIN v_xen_change AS v ON v.boot = i.boot AND v.change = 'smmu-stall' AND v.state = 'affected'
 WHERE i.kind = 'iommu-trouble' AND i.impl = 'smmuv2';

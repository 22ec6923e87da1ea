-- cause     arm-coloured-dom0-dma-unprotected
-- title     Dom0 is not mapped 1:1, and one of its devices is not behind the SMMU
-- explain   With coloured caches, dom0's addresses are not those of the machine, so its Linux leaves swiotlb-xen off and trusts the SMMU to
--        |  translate. A device that is not behind an SMMU takes dom0's addresses for machine addresses: it reads and writes memory of
--        |  others, or the bus answers with an error, and no IOMMU tells.
-- remedy    Put the device behind the SMMU (iommus in the device tree), give it to nobody, or boot without dom0-llc-colors and llc-coloring.
-- refs      xen 6cdea3444e, xen/arch/arm/domain_build.c, linux drivers/xen/swiotlb-xen.c xen_swiotlb_detect()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM allocation, incident WHERE direct = 0 AND kind = 'device-error'
-- trigger   device-error   a device of dom0 reported failed DMA, and no IOMMU a fault
-- needs     not-direct     dom0 is not mapped 1:1 | ask: whether dom0 is mapped 1:1 | capture: the console log from "Xen version" on, with loglvl=all | kind: message
-- needs     coloured       dom0's memory is coloured | ask: whether dom0's memory is coloured | capture: Xen's command line (console log from "Xen version" on) | kind: message
-- supports  no-iommu       the device tree gives the device no IOMMU | capture: the device tree that the boot loader gives to Xen
-- caps      other-tree     nothing shows that the machine was booted with this tree | of: has-iommu
-- excludes  has-iommu      the device tree puts the device behind an IOMMU
-- excludes  direct-dom0    dom0 is mapped 1:1
-- excludes  old-xen        this release of Xen cannot colour dom0

SELECT i.id AS subject, NULL AS "case", 'device-error' AS clue, printf('%s reported failed DMA', i.device) AS says, i.first_capture AS capture, i.first_line AS line, i.n
  FROM incident AS i
 WHERE i.kind = 'device-error' AND EXISTS (SELECT 1 FROM boot_model AS m WHERE m.boot = i.boot AND m.model = 'M2')

UNION ALL
SELECT i.id, NULL, 'not-direct', 'dom0''s memory is not mapped 1:1', a.capture, min(a.line), 1
  FROM incident AS i
  JOIN segment AS g ON g.boot = i.boot
  JOIN allocation AS a ON a.segment = g.id AND a.domain = 0 AND a.direct = 0 AND a.trust <> 'guest' AND a.speaker = 'xen'
 WHERE i.kind = 'device-error'
 GROUP BY i.id

UNION ALL
SELECT i.id, NULL, 'direct-dom0', 'dom0 is mapped 1:1', d.capture, d.line, 1
  FROM incident AS i
  JOIN v_dom0_memory AS d ON d.boot = i.boot
 WHERE i.kind = 'device-error'

UNION ALL
SELECT i.id, NULL, 'coloured', 'Xen''s command line colours dom0', f.capture, f.line, 1
  FROM incident AS i
  JOIN v_fact AS f ON f.boot = i.boot AND f.name = 'xen.cmdline' 
   AND (' ' || f.value LIKE '% dom0-llc-colors=%' OR ' ' || f.value || ' ' LIKE '% llc-coloring %'
        OR ' ' || f.value LIKE '% llc-coloring=on%' OR ' ' || f.value LIKE '% llc-coloring=y%' OR ' ' || f.value LIKE '% llc-coloring=t%' OR ' ' || f.value LIKE '% llc-coloring=1%')
 WHERE i.kind = 'device-error'

UNION ALL
SELECT i.id, NULL, 'old-xen', printf('Xen %s cannot', v.version), v.capture, v.line, 1
  FROM incident AS i
  JOIN v_xen_change AS v ON v.boot = i.boot AND v.change = 'coloured-dom0' AND v.state = 'affected'
 WHERE i.kind = 'device-error' AND v.suffix = ''

UNION ALL
SELECT i.id, NULL, CASE d.behind WHEN 'no' THEN 'no-iommu' ELSE 'has-iommu' END, d.says, d.capture, d.line, i.n
  FROM incident AS i
  JOIN v_dt_boot AS d ON d.boot = i.boot AND d.dev = i.device AND d.behind <> 'unknown'
 WHERE i.kind = 'device-error'

UNION ALL
SELECT i.id, NULL, 'other-tree', 'the command line of the tree is not the one that was printed', d.capture, d.line, i.n
  FROM incident AS i
  JOIN v_dt_boot AS d ON d.boot = i.boot AND d.dev = i.device AND d.behind = 'yes' AND NOT d.proven
 WHERE i.kind = 'device-error';

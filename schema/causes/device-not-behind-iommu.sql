-- cause     device-not-behind-iommu
-- title     The device is not behind an IOMMU
-- explain   The device tree gives the device no IOMMU: none can have refused its access, and none guards memory from it. An address that its
--        |  driver got wrong reaches the bus as it is. Which one it was stays open.
-- remedy    Give the device its stream ID in the tree (iommus, and the IOMMU enabled) where the hardware has one; else let dom0 be mapped 1:1 with
--        |  swiotlb-xen on, and give the device to no domain.
-- refs      xen drivers/passthrough/device_tree.c iommu_add_dt_device(), linux drivers/iommu/of_iommu.c of_iommu_configure()
-- about     incident
-- kind      state
-- refines   nic-bus-error-no-iommu-fault
-- when      SELECT 1 FROM incident WHERE kind = 'device-error' AND EXISTS (SELECT 1 FROM tree)
-- trigger   device-error    a device of the device tree reported failed DMA
-- needs     tree-tells      the device tree says whether an IOMMU stands before the device | ask: whether an IOMMU stands before the device | capture: the device tree that the boot loader gives to Xen, with its overlays (fdt print, or the .dtb file); dom0's own is Xen's work and does not tell
-- decides   no-iommu        the device tree gives the device no IOMMU
-- caps      other-tree      nothing shows that the machine was booted with this tree | of: no-iommu
-- caps      other-tree-too  nothing shows that the machine was booted with this tree | of: has-iommu
-- excludes  has-iommu       the device tree puts the device behind an IOMMU

SELECT i.id AS subject, NULL AS "case", 'device-error' AS clue, printf('%s reported failed DMA', i.device) AS says,
       i.first_capture AS capture, i.first_line AS line, i.n AS n
  FROM incident AS i
 WHERE i.kind = 'device-error'
   AND EXISTS (SELECT 1 FROM tree_use AS u WHERE u.boot = i.boot AND NOT u.other)
   -- PCI functions stand in no tree.
   AND i.device NOT GLOB '*:*:*.*'

UNION ALL
SELECT i.id, NULL, 'tree-tells', printf('the device tree lists %s', d.dev), d.capture, d.line, i.n
  FROM incident AS i
  JOIN v_dt_boot AS d ON d.boot = i.boot AND d.dev = i.device AND d.behind <> 'unknown'
 WHERE i.kind = 'device-error'
   -- Behind one that Xen does not use: neither.
   AND NOT (d.behind = 'yes' AND EXISTS (SELECT 1 FROM known_fact AS f WHERE f.boot = i.boot AND f.name = 'xen.iommu' AND f.value = 'disabled'))

UNION ALL
SELECT i.id, NULL, CASE d.behind WHEN 'no' THEN 'no-iommu' ELSE 'has-iommu' END, d.says, d.capture, d.line, i.n
  FROM incident AS i
  JOIN v_dt_boot AS d ON d.boot = i.boot AND d.dev = i.device AND d.behind <> 'unknown'
 WHERE i.kind = 'device-error'
   -- Behind one that Xen does not use: neither.
   AND NOT (d.behind = 'yes' AND EXISTS (SELECT 1 FROM known_fact AS f WHERE f.boot = i.boot AND f.name = 'xen.iommu' AND f.value = 'disabled'))

UNION ALL
SELECT i.id, NULL, CASE d.behind WHEN 'no' THEN 'other-tree' ELSE 'other-tree-too' END,
       'the command line of the tree is not the one that was printed', d.capture, d.line, i.n
  FROM incident AS i
  JOIN v_dt_boot AS d ON d.boot = i.boot AND d.dev = i.device AND d.behind <> 'unknown' AND NOT d.proven
 WHERE i.kind = 'device-error';

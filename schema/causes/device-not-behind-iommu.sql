-- cause     device-not-behind-iommu
-- title     The device is not behind an IOMMU
-- explain   No IOMMU stands before the device, or Xen could not put it behind one: the device tree gives it none, firmware's tables name none for it, or
--        |  Xen uses none. None can have refused its access, and none guards memory from it; to a guest it cannot be given.
-- remedy    Give the device its stream ID in the tree (iommus, and the IOMMU enabled) where the hardware has one; on x86 switch the IOMMU on in firmware
--        |  and see that DMAR or IVRS names the device, or use another slot. Else let dom0 be mapped 1:1 with swiotlb-xen on (Arm), and give the
--        |  device to no domain.
-- refs      xen drivers/passthrough/device_tree.c iommu_add_dt_device(), linux drivers/iommu/of_iommu.c of_iommu_configure(), xen/drivers/passthrough/amd/pci_amd_iommu.c reassign_device(), 02d552627c2b, 2defb544900a
-- about     incident
-- kind      state
-- refines   nic-bus-error-no-iommu-fault
-- when      SELECT 1 FROM incident WHERE kind = 'assign-refused' OR kind = 'device-error' AND EXISTS (SELECT 1 FROM tree)
-- trigger   device-error    a device of the device tree reported failed DMA, or a device could not be given to a domain
-- needs     tree-tells      the device tree, or Xen, says whether an IOMMU stands before the device | ask: whether an IOMMU stands before the device | capture: the device tree that the boot loader gives to Xen, with its overlays (fdt print, or the .dtb file); dom0's own is Xen's work and does not tell
-- decides   no-iommu        the device tree gives the device no IOMMU, or Xen says that there is none
-- supports  not-protected   Xen refused the device with the error of one that is behind no IOMMU
-- caps      other-tree      nothing shows that the machine was booted with this tree | of: no-iommu
-- caps      other-tree-too  nothing shows that the machine was booted with this tree | of: has-iommu
-- caps      or-domain       from Xen 4.13 on these are also the words for a domain that was made without a context of the IOMMU | of: no-iommu
-- excludes  domain-lacks    Xen drives an IOMMU: it is the domain that has no context there
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
  JOIN v_dt_boot AS d ON d.boot = i.boot AND (d.dev = i.device OR d.path = i.device) AND d.behind <> 'unknown'
 WHERE i.kind IN ('device-error', 'assign-refused')
   -- Behind one that Xen does not use: neither.
   AND NOT (d.behind = 'yes' AND EXISTS (SELECT 1 FROM known_fact AS f WHERE f.boot = i.boot AND f.name = 'xen.iommu' AND f.value = 'disabled'))

UNION ALL
SELECT i.id, NULL, CASE d.behind WHEN 'no' THEN 'no-iommu' ELSE 'has-iommu' END, d.says, d.capture, d.line, i.n
  FROM incident AS i
  JOIN v_dt_boot AS d ON d.boot = i.boot AND (d.dev = i.device OR d.path = i.device) AND d.behind <> 'unknown'
 WHERE i.kind IN ('device-error', 'assign-refused')
   -- Behind one that Xen does not use: neither.
   AND NOT (d.behind = 'yes' AND EXISTS (SELECT 1 FROM known_fact AS f WHERE f.boot = i.boot AND f.name = 'xen.iommu' AND f.value = 'disabled'))

UNION ALL
SELECT i.id, NULL, CASE d.behind WHEN 'no' THEN 'other-tree' ELSE 'other-tree-too' END,
       'the command line of the tree is not the one that was printed', d.capture, d.line, i.n
  FROM incident AS i
  JOIN v_dt_boot AS d ON d.boot = i.boot AND (d.dev = i.device OR d.path = i.device) AND d.behind <> 'unknown' AND NOT d.proven
 WHERE i.kind IN ('device-error', 'assign-refused')

-- What Xen and the toolstack say of it: -22 is also what a domain without IOMMU gets.
UNION ALL
SELECT i.id, NULL, x.clue,
       CASE WHEN x.clue = 'tree-tells' THEN CASE a.by WHEN 'xen' THEN 'Xen tells' ELSE 'the toolstack tells' END
            WHEN m.name = 'xen.amd.no-unit-for' THEN printf('firmware names no IOMMU for %s', i.device)
            WHEN m.name = 'tool.libxl.no-iommu' THEN printf('%s: Xen has no IOMMU for it', i.device)
            WHEN m.name = 'xen.iommu.device-failed' THEN printf('%s could not be put behind its IOMMU', i.device)
            ELSE printf('%s could not be given to d%d: error %d', i.device, a.domain, a.status) END, a.capture, a.line, i.n
  FROM incident AS i
  JOIN assignment AS a ON a.capture = i.first_capture AND a.line BETWEEN i.first_line AND i.last_line AND a.what = 'failed' AND a.trust <> 'guest'
                      AND coalesce(a.bdf, a.dev, '?') = i.device
  JOIN message AS m ON m.id = a.message AND m.name IN ('xen.amd.no-unit-for', 'tool.libxl.no-iommu', 'xen.iommu.device-failed', 'xen.pci.dt-failed')
  JOIN (SELECT 'device-error' AS clue UNION ALL SELECT 'tree-tells' UNION ALL SELECT 'no-iommu' UNION ALL SELECT 'not-protected') AS x
    ON CASE WHEN m.name = 'xen.pci.dt-failed' THEN a.status = -22 AND x.clue IN ('device-error', 'tree-tells', 'not-protected')
            ELSE x.clue <> 'not-protected' END
 WHERE i.kind = 'assign-refused'

UNION ALL
SELECT i.id, NULL, CASE WHEN f.value = 'enabled' AND v.state = 'fixed' THEN 'domain-lacks' ELSE 'or-domain' END,
       CASE WHEN f.value = 'enabled' AND v.state = 'fixed' THEN 'I/O virtualisation is enabled' ELSE 'it may be the domain that has no IOMMU' END,
       ifnull(f.capture, i.first_capture), ifnull(f.line, i.first_line), i.n
  FROM incident AS i
  JOIN v_assign_refused AS a ON a.incident = i.id AND a.says = 'no IOMMU'
  LEFT JOIN v_fact AS f ON f.boot = i.boot AND f.name = 'xen.iommu'
  LEFT JOIN v_xen_change AS v ON v.boot = i.boot AND v.change = 'late-iommu-tables'
 WHERE i.kind = 'assign-refused' AND ifnull(f.value, '') <> 'disabled' AND ifnull(v.state, 'unknown') NOT IN ('affected', 'before');

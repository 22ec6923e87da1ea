-- cause     swiotlb-off-unprotected-device
-- title     A kernel without swiotlb-xen drives a device that is not behind the IOMMU
-- explain   Where all devices are behind an IOMMU, a dom0 on Arm can do without swiotlb-xen. This device is not: pages that another domain granted lie
--        |  elsewhere in the machine than the kernel counts them, nobody translates, and the device reads or writes other memory. Its own pages are fine.
-- remedy    Build the kernel with CONFIG_SWIOTLB_XEN, or put the device behind the IOMMU in the device tree; until then serve no guest from it.
-- refs      linux arch/arm/xen/mm.c xen_mm_init(), linux drivers/xen/swiotlb-xen.c, xen d66bf122c0ab
-- about     incident
-- kind      root
-- refines   device-not-behind-iommu
-- when      SELECT 1 FROM incident WHERE kind = 'device-error' AND EXISTS (SELECT 1 FROM kernel_config WHERE option = 'CONFIG_SWIOTLB_XEN')
-- trigger   device-error    a device reported failed DMA, on Xen on Arm
-- needs     unprotected     no IOMMU stands before the device | ask: whether an IOMMU stands before the device | capture: the device tree that the boot loader gives to Xen (the .dtb file)
-- needs     no-swiotlb-xen  dom0's kernel has no swiotlb-xen | ask: whether dom0's kernel has CONFIG_SWIOTLB_XEN | capture: dom0's /boot/config-*, or /proc/config.gz
-- supports  serves-guests   back ends hand pages of guests to devices
-- excludes  protected       an IOMMU stands before the device
-- excludes  refused         an IOMMU refused accesses of the device
-- excludes  swiotlb-xen     dom0's kernel has swiotlb-xen

SELECT i.id AS subject, NULL AS "case", 'device-error' AS clue, printf('%s reported failed DMA', i.device) AS says, i.first_capture AS capture, i.first_line AS line, i.n AS n
  FROM incident AS i
  JOIN known_fact AS a ON a.boot = i.boot AND a.name = 'arch' AND a.value LIKE 'arm%'
 WHERE i.kind = 'device-error' AND EXISTS (SELECT 1 FROM known_fact AS x WHERE x.boot = i.boot AND x.name IN ('linux.on_xen', 'xen.version'))
   -- Asked where a configuration is at hand.
   AND EXISTS (SELECT 1 FROM kernel_config AS k WHERE k.option = 'CONFIG_SWIOTLB_XEN')

UNION ALL
SELECT i.id, NULL, CASE p.protected WHEN 'no' THEN 'unprotected' ELSE 'protected' END, p.says, p.capture, p.line, i.n
  FROM incident AS i
  JOIN v_protection AS p ON p.boot = i.boot AND p.dev = i.device AND p.protected <> 'unknown'
 WHERE i.kind = 'device-error'

UNION ALL
SELECT i.id, NULL, CASE c.value WHEN 'n' THEN 'no-swiotlb-xen' ELSE 'swiotlb-xen' END, printf('CONFIG_SWIOTLB_XEN is %s', CASE c.value WHEN 'n' THEN 'not set' ELSE 'set' END),
       c.capture, c.line, i.n
  FROM incident AS i
  JOIN v_kernel_config AS c ON c.boot = i.boot AND c.option = 'CONFIG_SWIOTLB_XEN'
 WHERE i.kind = 'device-error'

UNION ALL
SELECT i.id, NULL, 'serves-guests', printf('%s of d%d is %s', b.kind, b.domain, b.state), b.capture, min(b.line), i.n
  FROM incident AS i
  JOIN backend AS b ON b.domain > 0 AND b.state IN ('ready', 'connected') AND b.trust <> 'guest'
  JOIN segment AS g ON g.id = b.segment AND g.boot = i.boot
 WHERE i.kind = 'device-error'
 GROUP BY i.id

UNION ALL
SELECT i.id, NULL, 'refused', printf('%s was refused iova %#x', c.device, c.iova), c.capture, c.line, i.n
  FROM incident AS i
  JOIN consequence AS q ON q.dev = i.device
  JOIN fault_case AS c ON c.incident = q.incident AND c.boot = i.boot
 WHERE i.kind = 'device-error';

-- cause     swiotlb-missing-no-iommu
-- title     A PV domain drives a device with neither an IOMMU nor swiotlb-xen
-- explain   Addresses of memory in a PV domain are not the machine's. Without an IOMMU that translates, and without swiotlb-xen, the driver gives the device
--        |  numbers that mean other memory: all that it reads is wrong, and what it writes harms others. Nothing can refuse it, so no fault is told.
-- remedy    Boot the PV domain with iommu=soft swiotlb=65536, and a kernel with CONFIG_SWIOTLB_XEN; better, use the IOMMU (iommu=1 for Xen, on in the firmware).
-- refs      linux arch/x86/kernel/pci-dma.c pci_xen_swiotlb_init(), xen docs/misc/xen-command-line.pandoc
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind IN ('device-error', 'stuck')
-- trigger   device-fails    a device fails in a PV domain
-- needs     no-iommu        no IOMMU stands before the device | ask: whether an IOMMU stands before the device | shown-by: xen-console | capture: xl dmesg from "Xen version" on ("I/O virtualisation")
-- needs     whole-start     the kernel's log is here from its start | ask: the kernel's log from its start | capture: dmesg of the domain that has the device, from "Linux version" on
-- supports  no-pool         the kernel's log from its start has no word of a bounce pool | kind: order
-- excludes  has-pool        the kernel has a bounce pool
-- excludes  behind-iommu    an IOMMU stands before the device
-- excludes  not-pv          the domain is no PV domain
-- caps      lost            messages were suppressed or lost: one of them may tell of a pool | of: no-pool

SELECT i.id AS subject, NULL AS "case", 'device-fails' AS clue, printf('%s fails; the kernel is a PV guest', i.device) AS says, i.first_capture AS capture, i.first_line AS line, i.n AS n
  FROM incident AS i
  JOIN known_fact AS f ON f.boot = i.boot AND f.name = 'dom0.kind' AND f.value = 'pv'
 WHERE i.kind IN ('device-error', 'stuck') AND EXISTS (SELECT 1 FROM known_fact AS x WHERE x.boot = i.boot AND x.name = 'linux.on_xen')

UNION ALL
SELECT i.id, NULL, CASE f.value WHEN 'disabled' THEN 'no-iommu' ELSE 'behind-iommu' END, printf('I/O virtualisation is %s', f.value), f.capture, f.line, i.n
  FROM incident AS i
  JOIN v_fact AS f ON f.boot = i.boot AND f.name = 'xen.iommu'
 WHERE i.kind IN ('device-error', 'stuck')

UNION ALL
SELECT i.id, NULL, 'not-pv', printf('the domain is %s', f.value), f.capture, f.line, i.n
  FROM incident AS i
  JOIN v_fact AS f ON f.boot = i.boot AND f.name = 'dom0.kind' AND f.value <> 'pv'
 WHERE i.kind IN ('device-error', 'stuck')

-- The pool may be told late, but before drivers are: up to the failure nothing was told.
UNION ALL
SELECT i.id, NULL, x.clue, CASE x.clue WHEN 'whole-start' THEN 'the log begins with the kernel' ELSE 'no line of "software IO TLB" or "swiotlb" up to the failure' END,
       m.capture, m.line, i.n
  FROM incident AS i
  JOIN v_fact AS m ON m.boot = i.boot AND m.name = 'linux.memory_kb'
  JOIN v_fact AS v ON v.boot = i.boot AND v.name = 'linux.version' AND v.capture = m.capture AND v.line < m.line AND m.capture = i.first_capture AND m.line < i.first_line
  JOIN (SELECT 'whole-start' AS clue UNION ALL SELECT 'no-pool') AS x
 WHERE i.kind IN ('device-error', 'stuck') AND (x.clue = 'whole-start' OR NOT EXISTS (SELECT 1 FROM v_bounce_pool AS p WHERE p.boot = i.boot))

UNION ALL
SELECT i.id, NULL, 'has-pool', p.says, p.capture, p.line, i.n
  FROM incident AS i
  JOIN v_bounce_pool AS p ON p.boot = i.boot
 WHERE i.kind IN ('device-error', 'stuck') AND p.has

UNION ALL
SELECT i.id, NULL, 'lost', l.says, l.capture, l.line, i.n
  FROM incident AS i
  JOIN v_lost AS l ON l.boot = i.boot
 WHERE i.kind IN ('device-error', 'stuck');

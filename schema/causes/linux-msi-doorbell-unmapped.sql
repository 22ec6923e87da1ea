-- cause     linux-msi-doorbell-unmapped
-- title     A device's interrupt message has no way through Linux's SMMU
-- explain   On Arm an interrupt of a PCI device is a write to one register (the doorbell of the GIC's ITS), and has to be mapped like all its DMA. In the
--        |  domain that the device is in that mapping is missing, old, or in another one's tables: the device's interrupts never arrive.
-- remedy    Update the kernel, and QEMU where a guest has the device; look whether its interrupts are counted in /proc/interrupts.
-- refs      linux drivers/iommu/dma-iommu.c iommu_dma_prepare_msi(), drivers/irqchip/irq-gic-v3-its.c
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'linux' AND iova & 0xfff = 0x40
-- trigger   doorbell-write  Linux's SMMU refused a write, and the address ends as the doorbell's does
-- needs     one-address     all refused writes of that stream were to that address | ask: all refused addresses | capture: the kernel's log without lines left out | kind: address
-- supports  again           it came again and again | kind: address
-- supports  both-stages     the second stage refused the same page: the guest's doorbell is not mapped on | kind: address
-- decides   printed-window  the kernel or the firmware says that messages go there | kind: address
-- excludes  was-mapped      a trace shows the address mapped at that time
-- excludes  own-window      the page is a window of a PCIe controller in end-point mode
-- caps      evidence-lost  messages were suppressed or lost: another address may be among them | of: one-address

SELECT c.incident AS subject, c.id AS "case", 'doorbell-write' AS clue, printf('write to iova %#x', c.iova) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'linux' AND c.impl IN ('smmuv2', 'smmuv3') AND c.kind = 'translation' AND c.access = 'write' AND c.iova & 0xfff = 0x40

UNION ALL
SELECT c.incident, c.id, 'one-address', printf('%d fault%s, one address', c.n, CASE c.n WHEN 1 THEN '' ELSE 's' END), c.capture, c.line, c.n
  FROM fault_case AS c
  JOIN (SELECT a.incident, count(*) AS n FROM incident_iova AS a GROUP BY a.incident) AS x ON x.incident = c.incident AND x.n = 1
 WHERE c.driven_by = 'linux' AND c.iova & 0xfff = 0x40

UNION ALL
SELECT c.incident, c.id, 'again', printf('%d times', c.n), c.capture, c.line, c.n
  FROM fault_case AS c
  JOIN (SELECT a.incident, count(*) AS n FROM incident_iova AS a GROUP BY a.incident) AS x ON x.incident = c.incident AND x.n = 1
 WHERE c.driven_by = 'linux' AND c.iova & 0xfff = 0x40 AND c.n >= 3

UNION ALL
SELECT c.incident, c.id, 'both-stages', printf('ipa %#x', e.ipa), c.capture, c.line, c.n
  FROM fault_case AS c
  JOIN v_smmuv3_event AS e ON e.capture = c.capture AND e.line = c.line AND e.ipa >> 12 = c.iova >> 12
 WHERE c.driven_by = 'linux' AND c.impl = 'smmuv3' AND c.iova & 0xfff = 0x40

UNION ALL
SELECT c.incident, c.id, 'printed-window', p.says, p.capture, p.line, c.n
  FROM fault_case AS c
  JOIN fault_place AS p ON p."case" = c.id AND p.class IN ('its', 'msi')
 WHERE c.driven_by = 'linux' AND c.iova & 0xfff = 0x40

UNION ALL
SELECT c.incident, c.id, 'was-mapped', printf('iova %#x was in the tables', c.iova), m.capture, m.mapped, c.n
  FROM v_iommu_map AS m
  JOIN fault_case AS c ON c.id = m."case"
 WHERE m.state = 'live'

UNION ALL
SELECT c.incident, c.id, 'own-window', printf('BAR %d, at %#x', w.bar, w.start), w.capture, w.line, c.n
  FROM fault_case AS c
  JOIN pci_window AS w ON w.capture = c.capture AND w.line < c.line AND w.trust <> 'guest' AND w.size > 0 AND w.size & w.size - 1 = 0
                      AND c.iova & ~(w.size - 1) = w.start & ~(w.size - 1)
 WHERE c.driven_by = 'linux' AND c.iova & 0xfff = 0x40
 GROUP BY c.id

UNION ALL
SELECT c.incident, c.id, 'evidence-lost', l.says, l.capture, l.line, c.n
  FROM fault_case AS c
  JOIN v_lost AS l ON l.boot = c.boot
 WHERE c.driven_by = 'linux' AND c.iova & 0xfff = 0x40;

-- cause     intremap-blocked
-- title     An interrupt was refused, not an access to memory
-- explain   The IOMMU checks the interrupt messages of devices, too, and refused one: its entry of the remapping table is not there, belongs to another
--        |  device, or was being rewritten. The number that is printed is a place in that table, and no address of memory.
-- remedy    Update the kernel, or Xen (on AMD 4.18.5, 4.19.2 and 4.20 change an entry in one step); after a suspend, restore the device's MSI. A single one while
--        |  interrupts are moved, or of an I/O APIC at boot, does no harm.
-- refs      xen/drivers/passthrough/vtd/iommu.c iommu_page_fault_do_one(), xen b953a99da9, linux drivers/iommu/intel/dmar.c dmar_fault_do_one()
-- about     incident
-- kind      state
-- when      SELECT 1 FROM incident WHERE kind = 'interrupt'
-- trigger   interrupt        the IOMMU reports on an interrupt
-- decides   refused          it says so itself, and names no memory | kind: message
-- supports  no-entry         the remapping table has no such entry | kind: message
-- supports  old-format       the interrupt has the old format, which is blocked | kind: message
-- supports  wrong-source     the entry belongs to another device | kind: message
-- supports  not-atomic       this release of Xen rewrites an entry in two steps, with a moment without it | kind: version
-- excludes  memory-address   the address is one of memory: emulated IOMMUs call all faults interrupts

SELECT c.incident AS subject, c.id AS "case", 'interrupt' AS clue, printf('%s: an interrupt was refused', c.device) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.kind = 'interrupt'

-- AMD-Vi: interrupts are writes to fd_f8xx_xxxx; some print the address with the bits above set.
UNION ALL
SELECT c.incident, c.id, CASE WHEN c.impl <> 'amd' OR c.iova >> 24 & 0xffff = 0xfdf8 THEN 'refused' ELSE 'memory-address' END,
       CASE c.impl WHEN 'amd' THEN printf('flag I, address %#x', c.iova) ELSE printf('entry %d of the remapping table', ifnull(f."index", 0)) END,
       c.capture, c.line, c.n
  FROM fault_case AS c
  JOIN iommu_fault AS f ON f.id = c.fault
 WHERE c.kind = 'interrupt' AND (c.impl <> 'amd' OR c.iova IS NOT NULL)

UNION ALL
SELECT c.incident, c.id, CASE f.reason WHEN 0x25 THEN 'old-format' WHEN 0x26 THEN 'wrong-source' ELSE 'no-entry' END,
       printf('reason %02x', f.reason), c.capture, c.line, c.n
  FROM fault_case AS c
  JOIN iommu_fault AS f ON f.id = c.fault AND f.reason IN (0x22, 0x25, 0x26)
 WHERE c.kind = 'interrupt'

UNION ALL
SELECT c.incident, c.id, 'not-atomic', printf('Xen %s', v.version), v.capture, v.line, c.n
  FROM fault_case AS c
  JOIN v_xen_change AS v ON v.boot = c.boot AND v.change = 'amd-irte-atomic' AND v.state = 'affected'
 WHERE c.kind = 'interrupt' AND c.impl = 'amd' AND c.driven_by = 'xen';

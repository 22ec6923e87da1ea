-- cause     guest-cpu-abort
-- title     A processor of a guest, no device, touched an address where nothing is
-- explain   The guest's own code read or wrote an address at which it has neither memory nor a device that Xen lets it use. No DMA is involved and no
--        |  IOMMU: whatever else failed at that time has another reason. What the guest wanted there stays open.
-- remedy    If the address belongs to a device that is passed through, give the guest its registers (iomem=, xen,reg, the partial device
--        |  tree); else look at the guest's kernel at the printed place.
-- refs      xen arch/arm/traps.c do_trap_stage2_abort_guest(), xen arch/x86/hvm/vmx/vmx.c ept_handle_violation()
-- about     incident
-- kind      state
-- when      SELECT 1 FROM guest_abort
-- trigger   aborted           Xen refused an access of a guest's processor
-- decides   by-processor      the message is about a processor: it names where its program was, or which rights of its page table were missing | kind: message
-- supports  device-registers  the address is in registers of a device | kind: address
-- excludes  refused-as-dma    an IOMMU refused an access to that very page

SELECT i.id AS subject, i.id AS "case", x.clue, CASE x.clue WHEN 'aborted' THEN printf('d%d: address %#x', a.caller, a.gpa)
       ELSE CASE WHEN a.pc IS NOT NULL THEN printf('its program was at %#x', a.pc) ELSE printf('it tried %s, and may %s', a.access, a.perm) END END AS says,
       a.capture, a.line, i.n
  FROM incident AS i
  JOIN guest_abort AS a ON a.capture = i.first_capture AND a.line = i.first_line
  JOIN (SELECT 'aborted' AS clue UNION ALL SELECT 'by-processor') AS x
 WHERE i.kind = 'guest-abort'

UNION ALL
SELECT i.id, i.id, 'device-registers', printf('%#x is in registers of %s', a.gpa, r.bdf), r.capture, r.line, i.n
  FROM incident AS i
  JOIN guest_abort AS a ON a.capture = i.first_capture AND a.line = i.first_line
  JOIN v_pci_region AS r ON r.boot = i.boot AND a.gpa >= r.first AND a.gpa < r.last
 WHERE i.kind = 'guest-abort'

UNION ALL
SELECT i.id, i.id, 'refused-as-dma', printf('%s: iova %#x', c.device, c.iova), c.capture, c.line, i.n
  FROM incident AS i
  JOIN guest_abort AS a ON a.capture = i.first_capture AND a.line = i.first_line
  JOIN fault_case AS c ON c.boot = i.boot AND c.page = a.gpa >> 12
 WHERE i.kind = 'guest-abort';

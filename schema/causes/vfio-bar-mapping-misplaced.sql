-- cause     vfio-bar-mapping-misplaced
-- title     VFIO mapped the wrong pages of a device's registers for its user
-- explain   From Linux 6.12 on VFIO maps registers in large pieces. Where a piece was not aligned as it should be, the wrong one was mapped: what the
--        |  guest writes goes to other registers, or to none. Pictures are damaged, drivers hang, and the device may reject packets.
-- remedy    Use Linux 6.13, or a 6.12 that has "vfio/pci: Fallback huge faults for unaligned pfn".
-- refs      linux f9e54c3a2f5b, 09dfc8a5f2ce, drivers/vfio/pci/vfio_pci_core.c vfio_pci_mmap_huge_fault()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind = 'pci-error'
-- trigger   rejected       a device that VFIO has rejected a read or write of memory
-- needs     affected       the release has the fault | ask: the release of Linux | capture: the kernel's log from the boot on | kind: version | shown-by: vfio-huge-fault
-- needs     from-cpu       a processor had sent it | ask: who sent the packet | capture: lspci -vv and lspci -t, and all lines of the AER report | kind: address
-- needs     mapped-huge    its registers were mapped in large pieces | ask: in which pieces the registers were mapped | capture: echo 'func vfio_pci_mmap_huge_fault +p' >/sys/kernel/debug/dynamic_debug/control before the guest starts, then dmesg | kind: message
-- supports  own-registers  the address is in registers of that device | kind: address
-- caps      vendor         the release is a vendor's own, which may have the fix | of: affected
-- excludes  stopped        the device was stopped for a migration
-- excludes  injected       the error was feigned by a test

SELECT c.incident AS subject, c.id AS "case", 'rejected' AS clue, printf('%s: unsupported request, %s to %#x', c.bdf, c.tlp, c.address) AS says, c.capture, c.line, c.n
  FROM pci_case AS c
 WHERE c.bits >> 20 & 1 AND ifnull(c.severity, '') <> 'corrected' AND c.tlp IN ('MRd', 'MWr')
   AND (c.boot, c.bdf) IN (SELECT b.boot, b.bdf FROM v_vfio_bound AS b WHERE b.vfio)

UNION ALL
SELECT c.incident, c.id, v.clue, v.says, v.capture, v.line, c.n
  FROM pci_case AS c
  JOIN v_linux_affected AS v ON v.boot = c.boot AND v.change = 'vfio-huge-fault' AND v.clue IN ('affected', 'vendor')
 WHERE c.bits >> 20 & 1

UNION ALL
SELECT r.incident, r."case", r.clue, r.says, r.capture, r.line, r.n
  FROM v_pci_rejected AS r
 WHERE r.clue IN ('from-cpu', 'own-registers', 'stopped')

UNION ALL
SELECT c.incident, c.id, 'mapped-huge', printf('BAR %d of %s: %d pages at once', v.bar, v.bdf, 1 << v."order"), v.capture, v.line, c.n
  FROM pci_case AS c
  JOIN (SELECT v.bdf, g.boot, min(v.id) AS first
          FROM pci_event AS v
          JOIN segment AS g ON g.id = v.segment
         WHERE v.what = 'huge-fault' AND v."order" BETWEEN 1 AND 40 AND v.status = 0x100 AND v.trust <> 'guest'
         GROUP BY v.bdf, g.boot) AS x ON x.bdf = c.bdf AND x.boot = c.boot
  JOIN pci_event AS v ON v.id = x.first
 WHERE c.bits >> 20 & 1

UNION ALL
SELECT a.incident, a."case", a.clue, a.says, a.capture, a.line, a.n
  FROM v_pci_around AS a
 WHERE a.bits >> 20 & 1 AND a.clue = 'injected';

-- cause     aer-ur-disabled-bar
-- title     Registers of a device were touched while it did not decode them
-- explain   A processor wrote to, or read from, registers of a device that had just been reset or was not told its addresses: the device rejects the
--        |  packet. A program that uses the device on its own (VFIO), or a guest, races with the reset. The hardware is in order; all functions
--        |  of one device may report the same packet.
-- remedy    Use a kernel from 5.8 on, which keeps users away from registers that are switched off; update QEMU; stop the guest before its device is
--        |  reset.
-- refs      linux drivers/vfio/pci/vfio_pci_core.c, drivers/vfio/pci/vfio_pci_config.c vfio_bar_restore(), abafbc551fdd
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind = 'pci-error'
-- trigger   rejected       the device rejected a read or a write
-- needs     from-cpu       a processor had sent it | ask: who sent the packet | capture: lspci -vv and lspci -t, and all lines of the AER report | kind: address
-- needs     decoding-off   the device had been reset, or its power state changed, less than a second before | ask: what was done to the device before | capture: the kernel's log without lines left out (loglevel=8) | kind: time
-- supports  lost-bars      VFIO found the addresses of its registers lost and wrote them anew | kind: message
-- supports  own-registers  the address is in registers of that device | kind: address
-- excludes  from-peer      another device had sent the packet
-- excludes  configuration  the packet was for the configuration space: the kernel looks for devices
-- excludes  stopped        the device was stopped for a migration
-- excludes  iommu-refused  an IOMMU refused an access of that device at the same time
-- excludes  injected       the error was feigned by a test

SELECT c.incident AS subject, c.id AS "case", x.clue,
       printf('%s: unsupported request, %s', c.bdf, c.tlp) || CASE WHEN c.address IS NULL THEN '' ELSE printf(' to %#x', c.address) END AS says, c.capture, c.line, c.n
  FROM pci_case AS c
  JOIN (SELECT 'rejected' AS clue UNION ALL SELECT 'configuration') AS x ON x.clue = 'rejected' OR c.tlp LIKE 'Cfg%'
 WHERE c.bits >> 20 & 1 AND ifnull(c.severity, '') <> 'corrected' AND c.kind IN ('aer', 'aer-firmware', 'cper') AND (c.tlp IN ('MRd', 'MWr') OR c.tlp LIKE 'Cfg%')

UNION ALL
SELECT c.incident, c.id, 'decoding-off', printf('%s: %s', v.bdf, ifnull(v.reset || ', ', '') || CASE v.what WHEN 'reset' THEN 'reset before' ELSE v.what END), v.capture, v.line, c.n
  FROM pci_case AS c
  JOIN pci_event AS v ON v.id = c.reset
 WHERE c.bits >> 20 & 1

UNION ALL
SELECT c.incident, c.id, 'lost-bars', printf('%s: its registers had lost their addresses', v.bdf), v.capture, v.line, c.n
  FROM pci_case AS c
  JOIN pci_event AS v ON v.id = c.reset
  JOIN message AS m ON m.id = v.message AND m.name = 'linux.vfio.restore'
 WHERE c.bits >> 20 & 1

UNION ALL
SELECT r.incident, r."case", r.clue, r.says, r.capture, r.line, r.n
  FROM v_pci_rejected AS r
 WHERE r.clue IN ('from-cpu', 'from-peer', 'own-registers', 'stopped')

UNION ALL
SELECT a.incident, a."case", a.clue, a.says, a.capture, a.line, a.n
  FROM v_pci_around AS a
 WHERE a.bits >> 20 & 1 AND a.clue IN ('iommu-refused', 'injected');

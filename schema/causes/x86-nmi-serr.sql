-- cause     x86-nmi-serr
-- title     The chip set reports a PCI system error
-- explain   A device or a bridge raised SERR: something on a PCI bus went wrong in a way that the sender was not told of. The line says neither which device
--        |  nor why. That it was an error of the bus is certain; its root stays open. "I/O check" (IOCK) is raised for memory errors as well.
-- remedy    Look at the error records of PCIe (AER), at the firmware's event log (ipmitool sel), and at the status of bridges in lspci -vv (SERR, parity).
-- refs      xen/arch/x86/traps.c pci_serr_error(), linux arch/x86/kernel/nmi.c pci_serr_error()
-- about     incident
-- kind      state
-- when      SELECT 1 FROM bus_alarm
-- trigger   alarm   a bus error came as a non-maskable interrupt
-- needs     serr    it is SERR, which PCI raises | ask: whether PCI or memory raised it | capture: the firmware's event log (ipmitool sel elist), and dmesg of AER and EDAC
-- decides   raised  the line names PCI | kind: message

SELECT i.id AS subject, NULL AS "case", x.clue, CASE b.what WHEN 'serr' THEN 'PCI system error (SERR)' ELSE 'I/O check: PCI or memory' END AS says,
       b.capture, b.line, i.n
  FROM incident AS i
  JOIN bus_alarm AS b ON b.capture = i.first_capture AND b.line = i.first_line
  JOIN (SELECT 'alarm' AS clue UNION ALL SELECT 'serr' UNION ALL SELECT 'raised') AS x ON x.clue = 'alarm' OR b.what = 'serr'
 WHERE i.kind = 'bus-alarm';

-- cause     aer-malformed-tlp
-- title     A PCIe packet broke the rules of the protocol
-- explain   The receiver could make nothing of a packet. Most often its data are longer than what the receiver was set to take (Max Payload Size),
--        |  because the two ends were set differently; else it is a fault of hardware, or of a device's firmware.
-- remedy    Compare MaxPayload in DevCtl of all ports and devices on the way (lspci -vv); boot with pci=pcie_bus_safe to make them equal. Where they
--        |  are equal, update the firmware of the sender, or replace it.
-- refs      linux drivers/pci/probe.c pcie_bus_configure_settings(), PCI Express Base Specification 2.2.2, 7.5.3.4
-- about     incident
-- kind      state
-- when      SELECT 1 FROM incident WHERE kind = 'pci-error'
-- trigger   malformed   a device got a malformed packet
-- needs     length      how long its data are | ask: the header of the packet | capture: all lines of the AER report, TLP Header among them
-- needs     payload     what the receiver takes | ask: the payload that the receiver is set to take | capture: lspci -vv (DevCtl: MaxPayload) of all devices on the way
-- supports  too-long    its data are longer than what the receiver takes | kind: address
-- excludes  contained   a port above had shut the link before: whatever comes after follows from that
-- excludes  injected    the error was feigned by a test

SELECT c.incident AS subject, c.id AS "case", 'malformed' AS clue, printf('%s: malformed packet', c.bdf) AS says, c.capture, c.line, c.n
  FROM pci_case AS c
 WHERE c.bits >> 18 & 1 AND ifnull(c.severity, '') <> 'corrected' AND c.kind IN ('aer', 'aer-firmware', 'cper')

UNION ALL
SELECT c.incident, c.id, 'length', printf('%s of %s with %d bytes', c.tlp, ifnull(c.requester, '?'), 4 * c.length_dw), c.capture, c.line, c.n
  FROM pci_case AS c
 WHERE c.bits >> 18 & 1 AND c.length_dw IS NOT NULL

UNION ALL
SELECT c.incident, c.id, 'payload', printf('%s takes %d bytes', c.bdf, p.max_payload), p.capture, p.line, c.n
  FROM pci_case AS c
  JOIN v_pci_device AS p ON p.boot = c.boot AND p.bdf = c.bdf AND p.max_payload > 0
 WHERE c.bits >> 18 & 1

UNION ALL
SELECT c.incident, c.id, 'too-long', printf('%d bytes, and %s takes %d', 4 * c.length_dw, c.bdf, p.max_payload), p.capture, p.line, c.n
  FROM pci_case AS c
  JOIN v_pci_device AS p ON p.boot = c.boot AND p.bdf = c.bdf AND p.max_payload > 0 AND 4 * c.length_dw > p.max_payload
 WHERE c.bits >> 18 & 1

UNION ALL
SELECT a.incident, a."case", a.clue, a.says, a.capture, a.line, a.n
  FROM v_pci_around AS a
 WHERE a.bits >> 18 & 1 AND a.clue IN ('contained', 'injected');

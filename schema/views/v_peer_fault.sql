-- when named
-- Refused accesses to an address behind which a PCI device is: one device asked for another's registers or memory.  Only where the address of
-- a fault is one of the machine, or dom0's own, which has registers where the machine has them (v_model).
CREATE VIEW v_peer_fault AS
SELECT f.capture, f.line, f.boot, f.iova, f.device, p.bdf AS peer, min(p.capture << 32 | p.line) >> 32 AS at_capture,
       min(p.capture << 32 | p.line) & 0xffffffff AS at_line
  FROM v_fault AS f
  JOIN boot_model AS m ON m.boot = f.boot AND m.model NOT IN ('M5', 'M6')
  JOIN v_pci_region AS p ON p.boot = f.boot AND f.iova >= p.first AND f.iova < p.last
 GROUP BY f.id, p.bdf;

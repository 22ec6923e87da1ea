-- when named
-- Requester IDs that an IOMMU may see in place of a device's own, because a bridge above it does not pass that on (Linux drivers/pci/search.c
-- pci_for_each_dma_alias()): only where lspci -vv tells what the bridge is.
CREATE VIEW v_requester_alias AS
SELECT d.capture, d.line, d.boot, d.bdf, b.bdf AS bridge,
       CASE WHEN b.is_express AND b.port_kind LIKE 'PCI-Express to PCI/PCI-X Bridge%' THEN b.bus_first << 8 ELSE b.requester END AS alias,
       CASE WHEN b.is_express THEN b.port_kind ELSE 'conventional PCI bridge' END AS why
  FROM v_pci_device AS d
  JOIN v_pci_device AS b ON b.capture = d.capture AND b.pci_segment = d.pci_segment AND d.on_bus BETWEEN b.bus_first AND b.bus_last
 WHERE b.bus_first > 0
   AND (b.is_express = 0 OR b.port_kind LIKE 'PCI-Express to PCI/PCI-X Bridge%' OR b.port_kind LIKE 'PCI/PCI-X to PCI-Express Bridge%');

-- when named
-- What else was at the time of a case of PCIe errors, as clues: the device was refused an access by an IOMMU, a port above had contained an error, a link
-- had gone, the error was feigned.
CREATE VIEW v_pci_around AS
SELECT c.incident, c.id AS "case", c.bits, 'iommu-refused' AS clue, printf('%s was refused an access at the same time', c.bdf) AS says, f.capture, f.line, c.n
  FROM pci_case AS c
  JOIN iommu_fault AS f ON f.id = c.fault
UNION ALL
SELECT c.incident, c.id, c.bits, 'contained', printf('%s had contained an error', d.bdf), d.capture, d.line, c.n
  FROM pci_case AS c
  JOIN pci_error AS d ON d.id = c.contained
UNION ALL
SELECT c.incident, c.id, c.bits, 'link-gone', printf('%s: %s', v.bdf, v.what), v.capture, v.line, c.n
  FROM pci_case AS c
  JOIN pci_event AS v ON v.id = c.gone
UNION ALL
SELECT c.incident, c.id, c.bits, 'injected', printf('aer_inject: bits %#x', v.status), v.capture, v.line, c.n
  FROM pci_case AS c
  JOIN pci_event AS v ON v.id = c.injected;

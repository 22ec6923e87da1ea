-- when named
-- Of cases in which a device rejected a packet (unsupported request), as clues: who sent it, in whose registers its address is, and whether the device was stopped.
CREATE VIEW v_pci_rejected AS
SELECT c.incident, c.id AS "case", CASE w.who WHEN 'cpu' THEN 'from-cpu' ELSE 'from-peer' END AS clue,
       CASE WHEN c.requester = '00:00.0' THEN 'sent by a processor' ELSE 'sent by ' || w.sender END AS says, c.capture, c.line, c.n
  FROM pci_case AS c
  JOIN v_pci_sender AS w ON w."case" = c.id AND w.who IN ('cpu', 'device')
 WHERE c.bits >> 20 & 1
UNION ALL
SELECT c.incident, c.id, 'own-registers', printf('%#x is in %#x to %#x of %s', c.address, r.first, r.last - 1, r.bdf), r.capture, r.line, c.n
  FROM pci_case AS c
  JOIN pci_place AS r ON r."case" = c.id AND substr(r.bdf, 1, length(r.bdf) - 2) = substr(c.bdf, 1, length(c.bdf) - 2)
 WHERE c.bits >> 20 & 1
UNION ALL
SELECT c.incident, c.id, 'stopped', printf('%s is in %s', s.bdf, s.state), s.capture, s.line, c.n
  FROM pci_case AS c
  JOIN v_vfio_state AS s ON s.id = c.state AND s.runs = 0
 WHERE c.bits >> 20 & 1;

-- cause     aer-poisoned-tlp
-- title     Data came over PCIe that their sender had marked as bad
-- explain   A packet carries a mark that its data are no good (poisoned). The one who reports it is not the one who spoilt them: memory with an error
--        |  that could not be corrected, or a link or switch before, passed them on so marked.
-- remedy    Look for memory errors of the same time (EDAC, machine checks, the firmware's event log), and for errors of the other devices on the
--        |  packet's way.
-- refs      linux drivers/pci/pcie/aer.c, PCI Express Base Specification 2.7.2
-- about     incident
-- kind      state
-- when      SELECT 1 FROM incident WHERE kind = 'pci-error'
-- trigger   poisoned    a device got a poisoned packet
-- supports  first       that is its only error, or the first one | kind: message
-- supports  marked-bad  the header of the packet has the mark | kind: message
-- excludes  contained   a port above had shut the link before: whatever comes after follows from that
-- excludes  injected    the error was feigned by a test

SELECT c.incident AS subject, c.id AS "case", 'poisoned' AS clue, printf('%s: poisoned packet', c.bdf) AS says, c.capture, c.line, c.n
  FROM pci_case AS c
 WHERE c.bits >> 12 & 1 AND ifnull(c.severity, '') <> 'corrected' AND c.kind IN ('aer', 'aer-firmware', 'cper')

UNION ALL
SELECT c.incident, c.id, 'first', CASE WHEN c.bits = 1 << 12 THEN 'poisoned packet, and no other error' ELSE 'poisoned packet first, other errors after it' END, c.capture, c.line, c.n
  FROM pci_case AS c
 WHERE (c.bits = 1 << 12 OR c.first_bit = 12) AND ifnull(c.severity, '') <> 'corrected'

UNION ALL
SELECT c.incident, c.id, 'marked-bad', printf('%s of %s, marked as bad', c.tlp, ifnull(c.requester, '?')), c.capture, c.line, c.n
  FROM pci_case AS c
 WHERE c.bits >> 12 & 1 AND c.poisoned = 1

UNION ALL
SELECT a.incident, a."case", a.clue, a.says, a.capture, a.line, a.n
  FROM v_pci_around AS a
 WHERE a.bits >> 12 & 1 AND a.clue IN ('contained', 'injected');

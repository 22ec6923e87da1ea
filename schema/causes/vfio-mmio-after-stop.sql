-- cause     vfio-mmio-after-stop
-- title     Registers of a stopped device were touched
-- explain   The device had been stopped for a migration; from then on nobody may read or write its registers. A processor (the guest, or the program
--        |  that serves it) did so, and the device rejected the packet or never answered. Many devices drop such a write without a word.
-- remedy    Update QEMU and the kernel: the guest's view of the registers has to be taken away before the device is stopped.
-- refs      linux include/uapi/linux/vfio.h enum vfio_device_mig_state, 115dcec65f61, 8cb3d83b959b
-- about     incident
-- kind      root
-- when      SELECT 1 FROM vfio_state
-- trigger   refused        the device rejected a packet, or did not answer it
-- needs     stopped        the device was stopped for a migration | ask: in which state of migration the device was | capture: QEMU's trace of vfio_migration_set_state and vfio_migration_set_device_state, in one file with the kernel's log | kind: order
-- decides   own-registers  a processor had sent it, to registers of that device | kind: address
-- supports  then           it came while the device was stopped | kind: order
-- excludes  running        the device was running
-- excludes  from-peer      another device had sent the packet
-- excludes  configuration  the packet was for the configuration space: that is allowed
-- excludes  injected       the error was feigned by a test
-- caps      evidence-lost  messages were suppressed or lost: one of them may have let it run again | of: stopped

SELECT c.incident AS subject, c.id AS "case", 'refused' AS clue,
       printf('%s: %s', c.bdf, CASE WHEN c.bits >> 20 & 1 THEN 'unsupported request' WHEN c.bits >> 15 & 1 THEN 'completer abort' ELSE 'completion timeout' END)
       || ifnull(', ' || c.tlp, '') AS says, c.capture, c.line, c.n
  FROM pci_case AS c
 WHERE (c.bits >> 20 & 1 OR c.bits >> 15 & 1 OR c.bits >> 14 & 1) AND ifnull(c.severity, '') <> 'corrected' AND c.kind IN ('aer', 'aer-firmware', 'cper')
   AND c.bdf IN (SELECT s.bdf FROM vfio_state AS s WHERE s.trust <> 'guest')

UNION ALL
SELECT c.incident, c.id, x.clue, CASE x.clue WHEN 'then' THEN 'no line before the error lets it run again' ELSE printf('%s is in %s', s.bdf, s.state) END, s.capture, s.line, c.n
  FROM pci_case AS c
  JOIN v_vfio_state AS s ON s.id = c.state
  JOIN (SELECT 0 AS runs, 'stopped' AS clue UNION ALL SELECT 0, 'then' UNION ALL SELECT 1, 'running') AS x ON x.runs = s.runs

UNION ALL
SELECT c.incident, c.id, 'own-registers', printf('%s of %s to %#x, in %#x to %#x', c.tlp, w.sender, c.address, r.first, r.last - 1), r.capture, r.line, c.n
  FROM pci_case AS c
  JOIN v_pci_sender AS w ON w."case" = c.id AND w.who = 'cpu'
  JOIN pci_place AS r ON r."case" = c.id AND r.bdf = c.bdf
 WHERE c.tlp IN ('MRd', 'MWr')

UNION ALL
SELECT c.incident, c.id, 'from-peer', printf('%s of %s', c.tlp, w.sender), c.capture, c.line, c.n
  FROM pci_case AS c
  JOIN v_pci_sender AS w ON w."case" = c.id AND w.who = 'device'

UNION ALL
SELECT c.incident, c.id, 'configuration', c.tlp, c.capture, c.line, c.n
  FROM pci_case AS c
 WHERE c.tlp LIKE 'Cfg%'

UNION ALL
SELECT a.incident, a."case", a.clue, a.says, a.capture, a.line, a.n
  FROM v_pci_around AS a
 WHERE a.clue = 'injected'

UNION ALL
SELECT c.incident, c.id, 'evidence-lost', l.says, l.capture, l.line, c.n
  FROM pci_case AS c
  JOIN v_lost AS l ON l.boot = c.boot
 WHERE c.state IS NOT NULL;

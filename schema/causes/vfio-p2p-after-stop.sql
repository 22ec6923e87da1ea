-- cause     vfio-p2p-after-stop
-- title     A device wrote to another one that had been stopped
-- explain   Two devices of one guest speak to each other directly. One was stopped for a migration while the other still ran, so what it sent
--        |  was rejected, or the IOMMU had no way to the registers any more. All of them have to stop sending before the first one is stopped.
-- remedy    Use a kernel from 5.18 on and a QEMU that puts all devices into RUNNING_P2P before it stops one; give the guest one such device only; or
--        |  keep the devices from speaking to each other.
-- refs      linux include/uapi/linux/vfio.h VFIO_MIGRATION_P2P, 8cb3d83b959b
-- about     incident
-- kind      root
-- when      SELECT 1 FROM vfio_state
-- trigger   from-peer       a device sent something to another one, or to its registers, and was refused
-- needs     target-stopped  the other one was stopped for a migration | ask: in which state of migration the other device was | capture: QEMU's trace of vfio_migration_set_state and vfio_migration_set_device_state, in one file with the kernel's log | kind: order
-- needs     sender-runs     the sender still ran | ask: in which state of migration the sender was | capture: QEMU's trace of vfio_migration_set_state and vfio_migration_set_device_state, in one file with the kernel's log | kind: order
-- decides   packet          the packet that was rejected names the sender and the register | kind: address
-- supports  iova            the address that the IOMMU refused is a register of the stopped device | kind: address
-- excludes  target-runs     the other one was running
-- excludes  injected        the error was feigned by a test
-- caps      evidence-lost  messages were suppressed or lost: one of them may have let it run again | of: target-stopped

-- What the stopped device rejected.
SELECT c.incident AS subject, c.id AS "case", 'from-peer' AS clue, printf('%s of %s to %s', c.tlp, w.sender, c.bdf) AS says, c.capture, c.line, c.n
  FROM pci_case AS c
  JOIN v_pci_sender AS w ON w."case" = c.id AND w.who = 'device'
 WHERE c.tlp IN ('MRd', 'MWr') AND (c.bits >> 20 & 1 OR c.bits >> 15 & 1 OR c.bits >> 14 & 1)
   AND c.bdf IN (SELECT s.bdf FROM vfio_state AS s WHERE s.trust <> 'guest')

UNION ALL
SELECT c.incident, c.id, CASE s.runs WHEN 0 THEN 'target-stopped' ELSE 'target-runs' END, printf('%s is in %s', s.bdf, s.state), s.capture, s.line, c.n
  FROM pci_case AS c
  JOIN v_vfio_state AS s ON s.id = c.state AND s.runs IS NOT NULL

UNION ALL
SELECT c.incident, c.id, 'sender-runs', printf('%s is in %s', s.bdf, s.state), s.capture, s.line, c.n
  FROM pci_case AS c
  JOIN v_pci_sender AS w ON w."case" = c.id AND w.who = 'device'
  JOIN v_vfio_state AS s ON s.boot = c.boot AND s.bdf = w.sender AND s.runs = 1 AND s.capture = c.capture AND s.line < c.line AND ifnull(s.until_line > c.line, 1)

UNION ALL
SELECT c.incident, c.id, 'packet', printf('%s of %s to %#x, in %#x to %#x of %s', c.tlp, w.sender, c.address, r.first, r.last - 1, c.bdf), r.capture, r.line, c.n
  FROM pci_case AS c
  JOIN v_pci_sender AS w ON w."case" = c.id AND w.who = 'device'
  JOIN pci_place AS r ON r."case" = c.id AND r.bdf = c.bdf
 WHERE c.tlp IN ('MRd', 'MWr')

UNION ALL
SELECT a.incident, a."case", a.clue, a.says, a.capture, a.line, a.n
  FROM v_pci_around AS a
 WHERE a.clue = 'injected'

-- What the IOMMU refused on the way to it.
UNION ALL
SELECT c.incident, c.id, x.clue, printf('%s was refused %#x, in registers of %s', c.device, c.iova, p.whose), CASE x.clue WHEN 'iova' THEN p.capture ELSE c.capture END,
       CASE x.clue WHEN 'iova' THEN p.line ELSE c.line END, c.n
  FROM fault_case AS c
  JOIN fault_place AS p ON p."case" = c.id AND p.class = 'bar' AND p.whose <> c.device
  JOIN (SELECT 'from-peer' AS clue UNION ALL SELECT 'iova') AS x
 WHERE p.whose IN (SELECT s.bdf FROM vfio_state AS s WHERE s.trust <> 'guest')

UNION ALL
SELECT c.incident, c.id, CASE s.runs WHEN 0 THEN 'target-stopped' ELSE 'target-runs' END, printf('%s is in %s', s.bdf, s.state), s.capture, s.line, c.n
  FROM fault_case AS c
  JOIN fault_place AS p ON p."case" = c.id AND p.class = 'bar' AND p.whose <> c.device
  JOIN v_vfio_state AS s ON s.boot = c.boot AND s.bdf = p.whose AND s.runs IS NOT NULL AND s.capture = c.capture AND s.line < c.line AND ifnull(s.until_line > c.line, 1)

UNION ALL
SELECT c.incident, c.id, 'sender-runs', printf('%s is in %s', s.bdf, s.state), s.capture, s.line, c.n
  FROM fault_case AS c
  JOIN fault_place AS p ON p."case" = c.id AND p.class = 'bar' AND p.whose <> c.device
  JOIN v_vfio_state AS s ON s.boot = c.boot AND s.bdf = c.device AND s.runs = 1 AND s.capture = c.capture AND s.line < c.line AND ifnull(s.until_line > c.line, 1)

UNION ALL
SELECT c.incident, c.id, 'evidence-lost', l.says, l.capture, l.line, c.n
  FROM pci_case AS c
  JOIN v_lost AS l ON l.boot = c.boot
 WHERE c.state IS NOT NULL;

-- cause     aer-acs-violation
-- title     A PCIe port refused a packet by its access control
-- explain   Access control (ACS) keeps the devices below a port apart, as it must where devices belong to different guests. A packet that it
--        |  forbids was stopped and reported: one to another device, one that bears the number of no device below the port (a device just after
--        |  a reset, or some switches), or one that passes for translated. That is protection at work, not damage. Which of these it was,
--        |  who sent it, and why, stays open; a message packet there (such as a latency report) is of no account.
-- remedy    If two devices are to speak to each other directly (peer to peer), put them where the port allows it, or go over memory; otherwise find
--        |  out what the sender does wrong (lspci -vv of the port: which checks of ACSCtl are on), and whether the kernel has a quirk for it.
-- refs      linux drivers/pci/pcie/aer.c, PCI Express Base Specification 6.12
-- about     incident
-- kind      state
-- when      SELECT 1 FROM incident WHERE kind = 'pci-error'
-- trigger   violation  a port reported a violation of access control
-- decides   acs-bit    that is its only error, or the first one | kind: message
-- excludes  injected   the error was feigned by a test

SELECT c.incident AS subject, c.id AS "case", 'violation' AS clue,
       printf('%s: access control violation', c.bdf) || CASE WHEN c.tlp IS NULL THEN '' ELSE printf(', %s of %s', c.tlp, ifnull(c.requester, '?')) END AS says, c.capture, c.line, c.n
  FROM pci_case AS c
 WHERE c.bits >> 21 & 1 AND ifnull(c.severity, '') <> 'corrected' AND c.kind IN ('aer', 'aer-firmware', 'cper')

UNION ALL
SELECT c.incident, c.id, 'acs-bit', CASE WHEN c.bits = 1 << 21 THEN 'access control violation, and no other error' ELSE 'access control violation first, other errors after it' END, c.capture, c.line, c.n
  FROM pci_case AS c
 WHERE (c.bits = 1 << 21 OR c.first_bit = 21) AND ifnull(c.severity, '') <> 'corrected'

UNION ALL
SELECT a.incident, a."case", a.clue, a.says, a.capture, a.line, a.n
  FROM v_pci_around AS a
 WHERE a.bits >> 21 & 1 AND a.clue = 'injected';

-- cause     aer-completion-timeout
-- title     A device read something over PCIe and got no answer
-- explain   The request was sent, and the time that a device waits for its answer ran out. Whom it asked hangs, sleeps, has no power or is
--        |  gone, or something between the two lost the request. What it was stays open.
-- remedy    Look at what was to answer: its link (lspci -vv, LnkSta), its power state, its driver's messages, its firmware. A device that
--        |  comes back after a reset was hung.
-- refs      linux drivers/pci/pcie/aer.c, PCI Express Base Specification 2.8, 6.2.4.1
-- about     incident
-- kind      state
-- when      SELECT 1 FROM incident WHERE kind = 'pci-error'
-- trigger   timeout        a device reported a completion timeout
-- needs     not-refused    no IOMMU refused an access at that time | ask: whether an IOMMU refused the read | capture: the kernel's log from the boot on, and under Xen its console with loglvl=all | kind: time
-- supports  alone          nothing else went wrong on that bus before | kind: order
-- excludes  iommu-refused  an IOMMU refused an access of that device at the same time: the read was cut off there
-- excludes  contained      a port above had shut the link before: whatever comes after follows from that
-- excludes  link-gone      a link of that segment had gone before
-- excludes  injected       the error was feigned by a test

SELECT c.incident AS subject, c.id AS "case", 'timeout' AS clue, printf('%s: completion timeout', c.bdf) AS says, c.capture, c.line, c.n
  FROM pci_case AS c
 WHERE c.bits >> 14 & 1 AND ifnull(c.severity, '') <> 'corrected' AND c.kind IN ('aer', 'aer-firmware', 'cper')

UNION ALL
SELECT c.incident, c.id, 'not-refused', 'no fault of any IOMMU within a second', o.capture, o.line, c.n
  FROM pci_case AS c
  JOIN (SELECT o.boot, min(o.what) AS what FROM v_observed AS o WHERE o.what IN ('xen-faults', 'linux-faults') GROUP BY o.boot) AS x ON x.boot = c.boot
  JOIN v_observed AS o ON o.boot = x.boot AND o.what = x.what
 WHERE c.bits >> 14 & 1 AND c.fault IS NULL AND c.other_fault IS NULL

UNION ALL
SELECT c.incident, c.id, 'alone', 'completion timeout; no reset, no link that went, no contained error before it', c.capture, c.line, c.n
  FROM pci_case AS c
 WHERE c.bits >> 14 & 1 AND coalesce(c.contained, c.gone, c.reset) IS NULL

UNION ALL
SELECT a.incident, a."case", a.clue, a.says, a.capture, a.line, a.n
  FROM v_pci_around AS a
 WHERE a.bits >> 14 & 1 AND a.clue IN ('iommu-refused', 'contained', 'link-gone', 'injected');

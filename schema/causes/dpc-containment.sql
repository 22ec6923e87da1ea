-- cause     dpc-containment
-- title     A PCIe port shut its link to contain an error
-- explain   The port saw an error that cannot be corrected, or was told of one, and switched off the link below it at once (DPC). All that the devices
--        |  behind it report from then on follows from that: reads give ones, requests time out, drivers give up. The error that came first
--        |  is the port's reason; what led to it stays open.
-- remedy    Look at the reason, and at the first error in the port's own record; mend what sent or refused that packet. Later errors of devices
--        |  behind the port mean nothing.
-- refs      linux drivers/pci/pcie/dpc.c dpc_process_error(), PCI Express Base Specification 6.2.10
-- about     incident
-- kind      state
-- when      SELECT 1 FROM incident WHERE kind = 'pci-error'
-- trigger   event       a port reported that it contained an error
-- decides   triggered   it tells why, or its status has the bit of a trigger | kind: message
-- excludes  no-trigger  its status has no trigger

SELECT c.incident AS subject, c.id AS "case", 'event' AS clue, printf('%s contained an error', c.bdf) AS says, c.capture, c.line, c.n
  FROM pci_case AS c
 WHERE c.kind = 'dpc'

UNION ALL
SELECT c.incident, c.id, 'triggered',
       CASE c.reason WHEN 'uncorrectable' THEN 'the port itself had an unmasked uncorrectable error' WHEN 'nonfatal' THEN 'a device behind it sent ERR_NONFATAL'
                     WHEN 'fatal' THEN 'a device behind it sent ERR_FATAL' WHEN 'rp-pio' THEN 'a request of a processor failed (RP PIO)'
                     WHEN 'software' THEN 'software asked for it' ELSE printf('status %#x', c.status) END
       || CASE WHEN c.source <> c.bdf THEN printf(': %s', c.source) ELSE '' END, c.capture, c.line, c.n
  FROM pci_case AS c
 WHERE c.kind = 'dpc' AND (c.reason IS NOT NULL OR c.status & 1) AND ifnull(c.status & 1, 1)

UNION ALL
SELECT c.incident, c.id, 'no-trigger', printf('status %#x', c.status), c.capture, c.line, c.n
  FROM pci_case AS c
 WHERE c.kind = 'dpc' AND NOT c.status & 1;

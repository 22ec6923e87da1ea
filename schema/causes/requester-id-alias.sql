-- cause     requester-id-alias
-- title     The requests carry the ID of a function that is not there
-- explain   A device sent its requests under the ID of a function that the machine does not list: a phantom function of the card, or the ID of a bridge
--        |  above it. The IOMMU has no tables for that ID.
-- remedy    Tell Xen of the other ID: pci-phantom=BUS:DEVICE,STRIDE on its command line; in Linux a quirk has to name it
--        |  (drivers/pci/quirks.c). Before 4.15.6, 4.16.6, 4.17.4 and 4.18.1 Xen could
--        |  leave such a function with dom0's tables (XSA-449): update.
-- refs      xen cb4ecb3cc17b, xen/drivers/passthrough/pci.c pdev phantom functions, xen docs/misc/xen-command-line.pandoc pci-phantom
-- about     incident
-- kind      state
-- when      SELECT 1 FROM fault_case WHERE impl IN ('vtd', 'amd')
-- trigger   no-tables        the IOMMU has no tables for the ID of the request | kind: message
-- needs     not-listed       other functions of that slot are listed, and this one is not | ask: which PCI functions there are | capture: lspci -nn | kind: address
-- supports  card-is-there    the first function of the slot is listed | kind: address
-- supports  bridge-id        a bridge puts this ID in place of that of the devices behind it | kind: address
-- excludes  listed           the function is listed

SELECT c.incident AS subject, c.id AS "case", 'no-tables' AS clue, printf('%s: no context entry', c.device) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.impl = 'vtd' AND c.kind IN ('unknown-stream', 'bad-context')
   -- Functions that are not the first are asked for; the others where the list lacks them.
   AND (substr(c.device, -1) <> '0' OR EXISTS (SELECT 1 FROM v_pci_function AS d WHERE d.boot = c.boot))

UNION ALL
SELECT c.incident, c.id, x.clue, CASE x.clue WHEN 'not-listed' THEN printf('%s is not listed, %s is', c.device, d.bdf) ELSE printf('%s is listed', d.bdf) END,
       d.capture, d.line, c.n
  FROM fault_case AS c
  JOIN (SELECT d.boot, d.bdf, min(d.capture) AS capture, min(d.line) AS line FROM v_pci_function AS d GROUP BY d.boot, d.bdf) AS d
    ON d.boot = c.boot AND substr(d.bdf, 1, length(d.bdf) - 1) = substr(c.device, 1, length(c.device) - 1)
  JOIN (SELECT 'not-listed' AS clue UNION ALL SELECT 'card-is-there' UNION ALL SELECT 'listed') AS x
    ON CASE x.clue WHEN 'listed' THEN d.bdf = c.device WHEN 'card-is-there' THEN c.driven_by = 'xen' AND d.bdf <> c.device AND substr(d.bdf, -1) = '0' ELSE d.bdf <> c.device END
 WHERE c.impl = 'vtd' AND c.kind IN ('unknown-stream', 'bad-context')

UNION ALL
SELECT c.incident, c.id, x.clue, printf('%s puts that ID in place of %s (%s)', a.bridge, a.bdf, a.why), a.capture, a.line, c.n
  FROM fault_case AS c
  JOIN (SELECT a.boot, printf('%s:%02x:%02x.%d', substr(a.bdf, 1, length(a.bdf) - 8), a.alias >> 8, a.alias >> 3 & 31, a.alias & 7) AS id,
               a.bridge, min(a.bdf) AS bdf, a.why, a.capture, min(a.line) AS line
          FROM v_requester_alias AS a
         GROUP BY a.boot, a.alias, a.bridge) AS a ON a.boot = c.boot AND a.id = c.device
  JOIN (SELECT 'not-listed' AS clue UNION ALL SELECT 'bridge-id') AS x
 WHERE c.impl = 'vtd' AND c.kind IN ('unknown-stream', 'bad-context');

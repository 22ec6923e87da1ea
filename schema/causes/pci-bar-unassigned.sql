-- cause     pci-bar-unassigned
-- title     Registers of a PCI device have no place in the machine's addresses
-- explain   Neither the firmware nor Linux found room for them, or somebody else has their addresses. The device's driver cannot work, and says
--        |  so; its DMA has nothing to do with it.
-- remedy    Let the firmware use addresses above 4 GiB (Above 4G Decoding); boot with pci=realloc; give hot-plug ports more room (pci=hpmmiosize=).
-- refs      linux drivers/pci/setup-res.c pci_assign_resource(), drivers/pci/pci.c __pci_request_region()
-- about     boot
-- kind      noise
-- when      SELECT 1 FROM pci_bar WHERE what <> 'found'
-- trigger   no-place  registers of a device got no place, and none was found later
-- decides   in-words  the kernel says so | kind: message

SELECT x.boot AS subject, 0 AS "case", c.clue, printf('%s: BAR %d', b.bdf, b.bar) || CASE b.what WHEN 'taken' THEN printf(' (%#x): somebody else has its addresses', b.start)
       ELSE printf(': %#x bytes', b.size) END || CASE WHEN x.n > 1 THEN printf(', and %d more', x.n - 1) ELSE '' END AS says, b.capture, b.line, x.n
  FROM (SELECT g.boot, min(b.id) AS first, count(DISTINCT b.bdf || ' ' || b.bar) AS n
          FROM pci_bar AS b
          JOIN segment AS g ON g.id = b.segment AND g.boot IS NOT NULL
         -- Beyond 5 are ROMs, windows of bridges, and what virtual functions would have.
         WHERE b.what <> 'found' AND b.bar < 6 AND b.trust <> 'guest'
           AND (b.what = 'taken'
                OR NOT EXISTS (SELECT 1 FROM pci_bar AS o WHERE o.bdf = b.bdf AND o.segment = b.segment AND o.line > b.line AND o.bar = b.bar AND o.what = 'found'
                                  AND o.trust <> 'guest'))
         GROUP BY g.boot) AS x
  JOIN pci_bar AS b ON b.id = x.first
  JOIN (SELECT 'no-place' AS clue UNION ALL SELECT 'in-words') AS c;

-- cause     aer-correctable-storm
-- title     A PCIe link repeats damaged packets again and again
-- explain   The two ends of the link see damaged packets, or miss acknowledgements, and send them again. No data is lost, so this breaks no DMA by itself;
--        |  it costs time, and tells of a bad contact, of weak signals, or of a power-saving state that the link does not leave cleanly. That the link
--        |  does this is certain; why it does stays open.
-- remedy    Reseat card and cables; see whether it ends with pcie_aspm=off, or with a lower speed of the link. Where only replay timeouts come from one
--        |  root port, look for an erratum of that port.
-- refs      linux drivers/pci/pcie/aer.c aer_print_error()
-- about     incident
-- kind      state
-- when      SELECT 1 FROM incident WHERE kind = 'pci-corrected'
-- trigger   corrected    the device reports corrected errors
-- needs     many         twenty of them within a minute | ask: whether twenty of them come within a minute | capture: dmesg with time stamps, while it goes on
-- decides   link-bits    all of them are of the link: receiver error, bad packet, replay | kind: message
-- excludes  advisory     some of them stand for an error that is not of the link (advisory, internal)
-- excludes  uncorrected  the same device reports errors that were not corrected, too
-- excludes  few          there are fewer than twenty of them
-- excludes  injected     they were injected by a test

SELECT i.id AS subject, NULL AS "case", x.clue,
       CASE x.clue WHEN 'corrected' THEN printf('%s reported %d corrected error%s', i.device, i.n, CASE i.n WHEN 1 THEN '' ELSE 's' END)
                   ELSE printf('only %d', i.n) END AS says,
       i.first_capture AS capture, i.first_line AS line, i.n AS n
  FROM incident AS i
  JOIN (SELECT 'corrected' AS clue UNION ALL SELECT 'few') AS x
 WHERE i.kind = 'pci-corrected' AND (x.clue = 'corrected' OR i.n < 20)

UNION ALL
SELECT i.id, NULL, 'many', printf('20 within %.1f s', (w.to_hi - w.from_lo) / 1e9), w.capture, w.line, i.n
  FROM incident AS i
  JOIN (SELECT x.boot, x.dev, x.capture, x.line, x.to_hi, x.from_lo, min(x.to_hi - x.from_lo)
          FROM (SELECT g.boot, ifnull(e.bdf, e.source) AS dev, e.capture, e.line, e.t_hi + k.offset_hi AS to_hi,
                       lag(e.t_lo + k.offset_lo, 19) OVER (PARTITION BY g.boot, ifnull(e.bdf, e.source) ORDER BY e.t_lo + k.offset_lo, e.id) AS from_lo
                  FROM pci_error AS e
                  JOIN segment AS g ON g.id = e.segment
                  JOIN clock AS k ON k.id = e.clock
                 WHERE e.trust <> 'guest' AND (e.severity = 'corrected' OR e.severity IS NULL AND e.register = 'correctable')) AS x
         WHERE x.to_hi - x.from_lo <= 60000000000
         GROUP BY x.boot, x.dev) AS w ON w.boot = i.boot AND w.dev = i.device
 WHERE i.kind = 'pci-corrected'

UNION ALL
SELECT i.id, NULL, CASE WHEN b.other = 0 THEN 'link-bits' ELSE 'advisory' END,
       CASE WHEN b.other <> 0 THEN printf('status %#x', b.other)
            WHEN b.timeouts = b.told THEN 'all of them are timeouts of the replay timer (12)'
            WHEN b.receiver = b.told THEN 'all of them are receiver errors (0)'
            ELSE printf('%d receiver errors, %d timeouts of the replay timer, %d others of the link', b.receiver, b.timeouts, b.told - b.receiver - b.timeouts) END,
       b.capture, b.line, i.n
  FROM incident AS i
  JOIN (SELECT x.boot, x.dev, max(x.bits & ~0x11c1) AS other, sum(x.bits = 0x1000) AS timeouts, sum(x.bits = 1) AS receiver, count(*) AS told,
               min(CASE WHEN x.bits & ~0x11c1 THEN 0 ELSE 1 END << 62 | x.capture << 40 | x.line) >> 40 & 0x3fffff AS capture,
               min(CASE WHEN x.bits & ~0x11c1 THEN 0 ELSE 1 END << 62 | x.capture << 40 | x.line) & 0xffffffffff AS line
          FROM (SELECT g.boot, ifnull(e.bdf, e.source) AS dev, e.capture, e.line,
                       coalesce(CASE WHEN e.kind = 'cper' THEN e.cor_status & ~ifnull(e.cor_mask, 0) ELSE e.status & ~ifnull(e.mask, 0) END,
                                ifnull(1 << e.first_bit, 0) | ifnull(1 << e.bit0, 0) | ifnull(1 << e.bit1, 0) | ifnull(1 << e.bit2, 0)) AS bits
                  FROM pci_error AS e
                  JOIN segment AS g ON g.id = e.segment
                 WHERE e.trust <> 'guest' AND (e.severity = 'corrected' OR e.severity IS NULL AND e.register = 'correctable')) AS x
         WHERE x.bits <> 0
         GROUP BY x.boot, x.dev) AS b ON b.boot = i.boot AND b.dev = i.device
 WHERE i.kind = 'pci-corrected'

UNION ALL
SELECT i.id, NULL, 'uncorrected', printf('%s also reported %d that %s not corrected', i.device, u.n, CASE u.n WHEN 1 THEN 'was' ELSE 'were' END), u.first_capture, u.first_line, i.n
  FROM incident AS i
  JOIN incident AS u ON u.boot = i.boot AND u.kind = 'pci-error' AND u.device = i.device
 WHERE i.kind = 'pci-corrected'

UNION ALL
SELECT i.id, NULL, 'injected', 'errors were injected into it', p.capture, p.line, i.n
  FROM incident AS i
  JOIN (SELECT g.boot, e.bdf, e.capture, min(e.line) AS line FROM pci_event AS e JOIN segment AS g ON g.id = e.segment
         WHERE e.what = 'injected' AND e.trust <> 'guest' AND ifnull(e.cor_status, 1) <> 0
         GROUP BY g.boot, e.bdf) AS p ON p.boot = i.boot AND p.bdf = i.device
 WHERE i.kind = 'pci-corrected';

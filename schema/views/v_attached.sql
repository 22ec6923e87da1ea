-- when named
-- Each time that Xen put a PCI device into a guest's tables: whether a back end served that guest already (running), whether it is the guest's first
-- device (first), and whether the capture would show an earlier one (whole: it begins with Xen's banner).
CREATE VIEW v_attached AS
SELECT g.boot, a.bdf, a.domain, a.capture, a.line, a.t_lo + k.offset_lo AS base_lo, a.t_hi + k.offset_hi AS base_hi,
       EXISTS (SELECT 1 FROM backend AS b WHERE b.capture = a.capture AND b.segment = a.segment AND b.line < a.line AND b.domain = a.domain AND b.state IN ('ready', 'connected') AND b.trust <> 'guest') AS running,
       NOT EXISTS (SELECT 1 FROM assignment AS o JOIN segment AS s ON s.id = o.segment
                    WHERE s.boot = g.boot AND o.domain = a.domain AND o.what = 'mapped' AND o.trust <> 'guest' AND (o.capture <> a.capture OR o.line < a.line)) AS first,
       g.starts = 'xen-banner' AS whole
  FROM assignment AS a
  JOIN segment AS g ON g.id = a.segment AND g.boot IS NOT NULL
  LEFT JOIN clock AS k ON k.id = a.clock
 WHERE a.what = 'mapped' AND a.by = 'xen' AND a.domain BETWEEN 1 AND 32751 AND a.bdf IS NOT NULL AND a.trust <> 'guest' AND NOT a.replayed;

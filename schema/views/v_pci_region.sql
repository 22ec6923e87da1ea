-- when named
-- Ranges of addresses behind which PCI devices are, of lspci, of /proc/iomem and of Linux's start; last is one past the end.
CREATE VIEW v_pci_region AS
SELECT r.capture, r.line, r.boot, r.bdf, r.first,
       r.first + r.n * CASE r.unit WHEN 'K' THEN 1 << 10 WHEN 'M' THEN 1 << 20 WHEN 'G' THEN 1 << 30 WHEN 'T' THEN 1 << 40 ELSE 1 END AS last
  FROM (SELECT p.capture, p.line, g.boot, p.bdf, p.start AS first, min(CAST(p.size_name AS INTEGER), 1 << 20) AS n, substr(p.size_name, -1) AS unit
          FROM pci_region AS p
          JOIN segment AS g ON g.id = p.segment
         WHERE p.bdf IS NOT NULL AND p.start BETWEEN 0 AND (1 << 52) - 1 AND p.trust <> 'guest'
           AND ifnull(p.says, '') NOT LIKE '%disabled%') AS r
UNION ALL
SELECT s.capture, s.line, s.boot, s.bdf, s.first, s.last
  FROM v_resource AS s
 WHERE s.bdf IS NOT NULL
UNION ALL
SELECT b.capture, b.line, g.boot, b.bdf, b.start, b."end" + 1
  FROM pci_bar AS b
  JOIN segment AS g ON g.id = b.segment
 WHERE b.what = 'found' AND b.start > 0 AND b."end" BETWEEN b.start AND (1 << 52) - 1 AND b.trust <> 'guest'
   AND (b.bar < 6 OR b.reg BETWEEN 0x10 AND 0x24)
   -- They may be moved.
   AND NOT EXISTS (SELECT 1 FROM pci_bar AS o
                    WHERE o.bdf = b.bdf AND o.segment = b.segment AND o.line > b.line AND o.what <> 'taken' AND o.trust <> 'guest'
                      AND ifnull(o.bar, (o.reg - 0x10) >> 2) = ifnull(b.bar, (b.reg - 0x10) >> 2));

-- when named
-- PCI functions that are there: Linux found them, Xen was told of them, or lspci shows them (class_code NULL: not told).
CREATE VIEW v_pci_function AS
SELECT g.boot, t.bdf, t.class_code >> 8 AS class_code, t.capture, t.line
  FROM pci_function AS t
  JOIN segment AS g ON g.id = t.segment
 WHERE t.trust <> 'guest' AND t.speaker IN ('host', 'unknown') AND g.boot IS NOT NULL AND t.class_code IS NOT 0xffffff
UNION ALL
SELECT g.boot, a.bdf, NULL, a.capture, a.line
  FROM assignment AS a
  JOIN segment AS g ON g.id = a.segment
 WHERE a.by = 'xen' AND a.what = 'added' AND a.bdf IS NOT NULL AND a.trust <> 'guest' AND g.boot IS NOT NULL
UNION ALL
SELECT d.boot, d.bdf, d.class_code, d.capture, d.line
  FROM v_pci_device AS d
 WHERE d.boot IS NOT NULL;

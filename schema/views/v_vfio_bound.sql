-- when named
-- Lines that show which driver has a PCI function, and whether it is one of VFIO: a program's or a guest's device then.
CREATE VIEW v_vfio_bound AS
SELECT g.boot, e.bdf, e.driver, e.driver LIKE '%vfio%' AS vfio, e.capture, e.line
  FROM pci_event AS e
  JOIN segment AS g ON g.id = e.segment AND g.boot IS NOT NULL
 WHERE e.bdf IS NOT NULL AND e.driver IS NOT NULL AND e.driver NOT IN ('pci', 'pcieport') AND e.trust <> 'guest'
UNION ALL
SELECT g.boot, e.dev, e.driver, e.driver LIKE '%vfio%', e.capture, e.line
  FROM device_event AS e
  JOIN segment AS g ON g.id = e.segment AND g.boot IS NOT NULL
 WHERE e.dev GLOB '????:??:??.?' AND e.driver IS NOT NULL AND e.trust <> 'guest'
UNION ALL
SELECT d.boot, d.bdf, d.driver, d.driver LIKE '%vfio%', d.capture, d.line
  FROM v_pci_device AS d
 WHERE d.driver IS NOT NULL;

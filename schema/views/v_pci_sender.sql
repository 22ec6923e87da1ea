-- when named
-- Who sent the packet that a PCIe error is about: a processor (over the root complex or a port above the device), or another device.
CREATE VIEW v_pci_sender AS
SELECT c.id AS "case", c.incident, c.boot, c.sender,
       CASE WHEN c.requester = '00:00.0' THEN 'cpu'
            WHEN c.sender = c.bdf THEN 'itself'
            WHEN EXISTS (SELECT 1 FROM vfio_state AS s WHERE s.bdf = c.sender AND s.trust <> 'guest') THEN 'device'
            WHEN EXISTS (SELECT 1 FROM pci_event AS e JOIN segment AS g ON g.id = e.segment
                          WHERE g.boot = c.boot AND e.bdf = c.sender AND e.driver = 'pcieport' AND e.trust <> 'guest')
                 OR EXISTS (SELECT 1 FROM v_pci_bridge AS b WHERE b.boot = c.boot AND b.bdf = c.sender) THEN 'cpu'
            WHEN EXISTS (SELECT 1 FROM v_pci_device AS d WHERE d.boot = c.boot AND d.bdf = c.sender) THEN 'device' END AS who
  FROM (SELECT p.*, substr(p.bdf, 1, length(p.bdf) - 7) || p.requester AS sender FROM pci_case AS p WHERE p.requester IS NOT NULL) AS c;

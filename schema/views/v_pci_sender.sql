-- when named
-- Who sent the packet that a PCIe error is about: a processor (over the root complex or a port above the device), or another device.
CREATE VIEW v_pci_sender AS
SELECT c.id AS "case", c.incident, c.boot, c.sender,
       CASE WHEN c.requester = '00:00.0' THEN 'cpu'
            WHEN c.sender = c.bdf THEN 'itself'
            WHEN c.sender IN (SELECT s.bdf FROM vfio_state AS s WHERE s.trust <> 'guest') THEN 'device'
            WHEN (c.boot, c.sender) IN (SELECT g.boot, e.bdf FROM pci_event AS e JOIN segment AS g ON g.id = e.segment
                                         WHERE e.driver = 'pcieport' AND e.trust <> 'guest')
                 OR (c.boot, c.sender) IN (SELECT b.boot, b.bdf FROM v_pci_bridge AS b) THEN 'cpu'
            WHEN (c.boot, c.sender) IN (SELECT d.boot, d.bdf FROM v_pci_device AS d) THEN 'device' END AS who
  FROM (SELECT p.*, substr(p.bdf, 1, length(p.bdf) - 7) || p.requester AS sender FROM pci_case AS p WHERE p.requester IS NOT NULL) AS c;

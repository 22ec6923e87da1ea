-- report   devices
-- title    PCI devices as lspci shows them, and the domain that xl list -l says each was given to

SELECT d.bdf, d.class, d.driver, d."group", x.domain, CASE d.bus_master WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END AS "may do DMA", d.port_kind AS "PCIe",
       (SELECT group_concat(printf('%02x:%02x.%d', a.alias >> 8, a.alias >> 3 & 31, a.alias & 7), ', ')
          FROM v_requester_alias AS a WHERE a.capture = d.capture AND a.bdf = d.bdf) AS "seen as",
       (SELECT group_concat(printf('0x%x', r.first), ', ') FROM v_pci_region AS r WHERE r.capture = d.capture AND r.bdf = d.bdf) AS memory,
       p.short || ':' || d.line AS line
  FROM v_pci_device AS d
  JOIN v_place AS p ON p.capture = d.capture
  LEFT JOIN domain_device AS x ON x.boot = d.boot AND x.bdf = d.bdf
 ORDER BY d.capture, d.line;

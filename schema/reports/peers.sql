-- report   peers
-- title    Refused accesses to an address behind which a PCI device is: DMA from one device to another

SELECT printf('0x%x', f.iova) AS address, f.device AS "asked by", f.peer AS "is of", count(*) AS faults, p.short || ':' || min(f.line) AS first,
       q.short || ':' || f.at_line AS "stated by"
  FROM v_peer_fault AS f
  JOIN v_place AS p ON p.capture = f.capture
  JOIN v_place AS q ON q.capture = f.at_capture
 GROUP BY f.capture, f.iova, f.device, f.peer
 ORDER BY f.capture, min(f.line);

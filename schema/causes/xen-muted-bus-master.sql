-- cause     xen-muted-bus-master
-- title     Xen took bus mastering away from the device, after ten refused accesses in a row
-- explain   Xen counts refused accesses that come within 10 ms of each other. At ten it clears the bus master bit of the device, and says
--        |  nothing: the faults stop, and the device does no DMA any more. What was refused has a cause of its own.
-- remedy    Find why the accesses were refused; then reset the device, or unbind its driver and bind it again. setpci -s DEVICE COMMAND shows the bit (0x4).
-- refs      xen/drivers/passthrough/pci.c pci_check_disable_device(), xen/include/xen/pci.h PT_FAULT_THRESHOLD
-- about     incident
-- kind      state
-- when      SELECT 1 FROM fault_storm
-- trigger   many             ten accesses of one device, or more, were refused
-- needs     ten-in-a-row     ten came within 10 ms of each other, as Xen counts | ask: when each of them came | capture: console_timestamps=boot on Xen's command line | kind: time
-- supports  then-none        they stopped with that | kind: order
-- supports  bit-is-clear     a listing shows the device without BusMaster | kind: message
-- excludes  spread-out       they came too far apart
-- excludes  went-on          they went on long after it

SELECT s.incident AS subject, NULL AS "case", 'many' AS clue, printf('%s: %d refused', i.device, i.n) AS says, i.first_capture AS capture, i.first_line AS line, i.n AS n
  FROM fault_storm AS s
  JOIN incident AS i ON i.id = s.incident

UNION ALL
SELECT s.incident, NULL, CASE WHEN s.count >= 10 THEN 'ten-in-a-row' ELSE 'spread-out' END, printf('Xen''s count came to %d', s.count), s.capture, s.line, i.n
  FROM fault_storm AS s
  JOIN incident AS i ON i.id = s.incident
 WHERE s.dated

UNION ALL
SELECT s.incident, NULL, CASE WHEN s.after <= 16 THEN 'then-none' ELSE 'went-on' END,
       CASE s.after WHEN 0 THEN 'the tenth is the last one' ELSE printf('%s%d more came', CASE WHEN s.after > 16 THEN 'at least ' ELSE '' END, s.after) END, i.last_capture, i.last_line, i.n
  FROM fault_storm AS s
  JOIN incident AS i ON i.id = s.incident
 WHERE s.dated AND s.count >= 10

UNION ALL
SELECT s.incident, NULL, 'bit-is-clear', printf('%s has BusMaster-', d.bdf), d.capture, d.line, i.n
  FROM fault_storm AS s
  JOIN incident AS i ON i.id = s.incident
  JOIN v_pci_device AS d ON d.boot = i.boot AND d.bdf = i.device AND d.bus_master = 0;

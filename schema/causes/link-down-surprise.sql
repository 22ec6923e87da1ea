-- cause     link-down-surprise
-- title     A PCIe device was lost from its link while it was in use
-- explain   The link to the device went down without anybody having asked for it: power, a cable, a reset of the device by itself, a card that was pulled. All
--        |  that is reported of the device afterwards (timeouts, reads of all ones, errors of what is below it) follows from this. That the link was
--        |  lost is certain; why it was stays open.
-- remedy    Look at power, cables and seat of the device, and at its firmware's log; do not look for the reason in what comes after.
-- refs      linux drivers/pci/hotplug/pciehp_ctrl.c pciehp_handle_presence_or_link_change(), linux drivers/pci/pcie/aer.c
-- about     incident
-- kind      state
-- when      SELECT 1 FROM incident WHERE kind IN ('link-lost', 'pci-error')
-- trigger   link-lost      the link of a port went down
-- decides   surprise-bit   the port reports a surprise down error | kind: message
-- decides   device-gone    the driver of a device says that it is gone | ask: whether a device was in use there | capture: dmesg with all lines around the loss | kind: order
-- excludes  contained      the port had shut the link itself, to contain an error
-- excludes  injected       the error was injected by a test

SELECT i.id AS subject, NULL AS "case", 'link-lost' AS clue, printf('the link of %s went down', i.device) AS says, i.first_capture AS capture, i.first_line AS line, i.n AS n
  FROM incident AS i
 WHERE i.kind = 'link-lost'

-- Of a link that went down: within 256 lines and a minute of that, on either side.
UNION ALL
SELECT i.id, NULL, x.clue, printf('%s: surprise down error', i.device), e.capture, min(e.line), i.n
  FROM incident AS i
  JOIN (SELECT g.boot, e.bdf, e.capture, e.line, e.clock, e.t_lo, e.t_hi
          FROM pci_error AS e
          JOIN segment AS g ON g.id = e.segment
         WHERE e.trust <> 'guest' AND e.severity IN ('nonfatal', 'fatal')
           AND (e.status & ~ifnull(e.mask, 0) & 0x20 OR 5 IN (e.first_bit, e.bit0, e.bit1, e.bit2, e.bit3))) AS e ON e.boot = i.boot AND e.bdf = i.device
  JOIN (SELECT 'link-lost' AS clue UNION ALL SELECT 'surprise-bit') AS x
 WHERE i.kind = 'pci-error'
    OR i.kind = 'link-lost' AND x.clue = 'surprise-bit'
       AND e.capture = i.first_capture AND e.line BETWEEN i.first_line - 256 AND i.first_line + 256
       AND NOT EXISTS (SELECT 1 FROM pci_event AS l
                        WHERE l.capture = i.first_capture AND l.line = i.first_line AND l.clock = e.clock
                          AND (e.t_lo - l.t_hi > 60000000000 OR l.t_lo - e.t_hi > 60000000000))
 GROUP BY i.id, x.clue

-- Within 256 lines and a minute, where both have times: drivers find out at their next access.  The device has to be behind that port: lspci tells, else
-- its bus is a later one of the same domain, and no other port lost its link.
UNION ALL
SELECT i.id, NULL, 'device-gone', printf('%s: gone from the bus', d.dev), d.capture, min(d.line), i.n
  FROM incident AS i
  JOIN (SELECT e.segment, e.capture, e.line, e.clock, e.t_lo, ifnull(e.dev, e.netdev) AS dev
          FROM device_event AS e
         WHERE e.what IN ('removed', 'dead') AND e.trust <> 'guest'
        UNION ALL
        SELECT e.segment, e.capture, e.line, e.clock, e.t_lo, e.bdf
          FROM pci_event AS e
         WHERE e.what IN ('power-stuck', 'disconnected') AND e.trust <> 'guest') AS d
    ON d.capture = i.first_capture AND d.line BETWEEN i.first_line AND i.first_line + 256 AND d.dev <> i.device
  JOIN segment AS g ON g.id = d.segment AND g.boot = i.boot
 WHERE i.kind = 'link-lost'
   AND NOT EXISTS (SELECT 1 FROM pci_event AS l WHERE l.capture = i.first_capture AND l.line = i.first_line AND l.clock = d.clock AND d.t_lo - l.t_hi > 60000000000)
   AND CASE WHEN d.dev NOT GLOB '*[0-9a-f][0-9a-f]:[0-9a-f][0-9a-f].[0-7]' THEN (SELECT count(*) FROM incident AS o WHERE o.boot = i.boot AND o.kind = 'link-lost') = 1
            WHEN substr(d.dev, 1, length(d.dev) - 8) <> substr(i.device, 1, length(i.device) - 8) THEN 0
            WHEN EXISTS (SELECT 1 FROM v_pci_bridge AS b WHERE b.boot = i.boot AND b.bdf = i.device)
            THEN EXISTS (SELECT 1 FROM v_pci_bridge AS b
                          WHERE b.boot = i.boot AND b.bdf = i.device
                            AND 16 * instr('0123456789abcdef', substr(d.dev, -7, 1)) + instr('0123456789abcdef', substr(d.dev, -6, 1)) - 17 BETWEEN b.bus_first AND b.bus_last)
            ELSE substr(d.dev, -7, 2) > substr(i.device, -7, 2)
                 AND (SELECT count(*) FROM incident AS o WHERE o.boot = i.boot AND o.kind = 'link-lost') = 1 END
 GROUP BY i.id

UNION ALL
SELECT i.id, NULL, 'contained', printf('%s was contained first (DPC)', i.device), e.capture, e.line, i.n
  FROM incident AS i
  JOIN (SELECT g.boot, e.bdf, e.capture, min(e.line) AS line FROM pci_error AS e JOIN segment AS g ON g.id = e.segment
         WHERE e.kind = 'dpc' AND e.trust <> 'guest' GROUP BY g.boot, e.bdf) AS e ON e.boot = i.boot AND e.bdf = i.device
 WHERE i.kind IN ('link-lost', 'pci-error')

UNION ALL
SELECT i.id, NULL, 'injected', printf('an error was injected into %s', i.device), e.capture, e.line, i.n
  FROM incident AS i
  JOIN (SELECT g.boot, e.bdf, e.capture, min(e.line) AS line FROM pci_event AS e JOIN segment AS g ON g.id = e.segment
         WHERE e.what = 'injected' AND e.trust <> 'guest' GROUP BY g.boot, e.bdf) AS e ON e.boot = i.boot AND e.bdf = i.device
 WHERE i.kind IN ('link-lost', 'pci-error');

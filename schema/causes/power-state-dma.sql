-- cause     power-state-dma
-- title     A device was used while it was without power, or did not come back from a low power state
-- explain   The device did not answer when it was to be switched on again, so reads of it give all ones, and what is asked of it is not done. The timeouts and
--        |  PCIe errors that follow come from this: memory and mappings have no part in them.
-- remedy    Keep the device and the port above it awake (power/control = on in sysfs, pcie_port_pm=off); update its firmware; see whether a reset or D3cold that
--        |  the slot cannot do is at fault.
-- refs      linux drivers/pci/pci.c pci_power_up(), pci_set_low_power_state()
-- about     incident
-- kind      root
-- refines   aer-completion-timeout
-- when      SELECT 1 FROM pci_event WHERE what = 'power-stuck'
-- trigger   trouble        the device has errors or timeouts
-- needs     stuck-before   it did not come back from a power state before that | ask: whether it came back from its last power state | capture: dmesg from boot on | kind: order
-- supports  no-answer      it did not answer at all then, and the ports did | kind: message
-- excludes  error-before   it had failed before that

SELECT i.id AS subject, NULL AS "case", x.clue,
       CASE x.clue WHEN 'trouble' THEN printf('%s: %d', i.device, i.n) WHEN 'error-before' THEN printf('the trouble of %s began here', i.device)
                   WHEN 'no-answer' THEN 'its configuration space did not answer'
                   ELSE printf('%s did not go from %s to %s', p.bdf, ifnull(p.from_state, '?'), ifnull(p.to_state, 'another state')) END AS says,
       CASE WHEN x.clue IN ('trouble', 'error-before') THEN i.first_capture ELSE p.capture END AS capture,
       CASE WHEN x.clue IN ('trouble', 'error-before') THEN i.first_line ELSE p.line END AS line, i.n
  FROM (SELECT i.*, (SELECT e.t_hi + k.offset_hi FROM (SELECT capture, line, clock, t_hi FROM device_error UNION ALL SELECT capture, line, clock, t_hi FROM device_event
                                                      UNION ALL SELECT capture, line, clock, t_hi FROM pci_error) AS e
                       JOIN clock AS k ON k.id = e.clock
                      WHERE e.capture = i.first_capture AND e.line = i.first_line) AS base_hi
          FROM incident AS i
         WHERE i.kind IN ('pci-error', 'stuck', 'device-error')) AS i
  JOIN (SELECT g.boot, e.bdf, e.capture, min(e.line) AS line, e.from_state, e.to_state, e.t_lo + k.offset_lo AS base_lo,
               m.name = 'linux.pci.power-state' AND (t.text LIKE '%inaccessible%') AS dead
          FROM pci_event AS e
          JOIN segment AS g ON g.id = e.segment
          JOIN message AS m ON m.id = e.message
          LEFT JOIN clock AS k ON k.id = e.clock
          LEFT JOIN line_text AS t ON t.capture = e.capture AND t.line = e.line
         WHERE e.what = 'power-stuck' AND e.trust <> 'guest' AND NOT e.replayed
         GROUP BY g.boot, e.bdf) AS p ON p.boot = i.boot AND p.bdf = i.device AND p.capture = i.first_capture
  JOIN (SELECT 'trouble' AS clue UNION ALL SELECT 'stuck-before' UNION ALL SELECT 'no-answer' UNION ALL SELECT 'error-before') AS x
    -- A part of a log may stand before the whole of it: what has the later stamp is no earlier for that.
    ON x.clue = 'trouble'
       OR x.clue IN ('stuck-before', 'no-answer') AND p.line < i.first_line AND ifnull(p.base_lo <= i.base_hi, 1)
          -- Where a port did not answer either, the device may as well have been pulled, or be cut off.
          AND (x.clue = 'stuck-before' OR p.dead AND NOT EXISTS (
                 SELECT 1 FROM pci_event AS o JOIN segment AS g ON g.id = o.segment
                  WHERE o.what = 'power-stuck' AND o.driver = 'pcieport' AND o.bdf <> p.bdf AND g.boot = i.boot AND o.trust <> 'guest'))
       OR x.clue = 'error-before' AND (p.line > i.first_line OR p.base_lo > i.base_hi);

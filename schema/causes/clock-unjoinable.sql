-- cause     clock-unjoinable
-- title     Nobody can tell whether the device's error and the refused access belong together
-- explain   The refused access has no time that can be compared with the device's: its line has no stamp, or another clock, and does not stand beside it.
--        |  So the two are kept apart, and neither proves or rules out anything of the other.
-- remedy    Boot Xen with console_timestamps=boot, and capture both consoles in one file (console=com1 for Xen, console=hvc0 for dom0).
-- refs      xen/drivers/char/console.c printk_start_of_line()
-- about     incident
-- kind      noise
-- when      SELECT 1 FROM fault_case, incident AS i WHERE i.kind = 'device-error'
-- trigger   both          a device failed at DMA, and an IOMMU refused an access
-- decides   no-clock      the two have no common clock | kind: time

SELECT i.id AS subject, NULL AS "case", x.clue,
       CASE x.clue WHEN 'both' THEN printf('%s reported failed DMA', i.device) ELSE printf('%s: when it was refused is not known', c.device) END AS says,
       CASE x.clue WHEN 'both' THEN i.first_capture ELSE c.capture END AS capture, CASE x.clue WHEN 'both' THEN i.first_line ELSE c.line END AS line, i.n AS n
  FROM incident AS i
  JOIN device_error AS d ON d.capture = i.first_capture AND d.line = i.first_line
  LEFT JOIN clock AS k ON k.id = d.clock AND k.offset_lo IS NOT NULL
  JOIN (SELECT boot, min(id) AS undated, min(CASE WHEN base_lo IS NULL OR base_hi IS NULL THEN id END) AS open FROM fault_case GROUP BY boot) AS f ON f.boot = i.boot
  JOIN fault_case AS c ON c.id = CASE WHEN k.id IS NULL OR d.t_lo IS NULL OR d.t_hi IS NULL THEN f.undated ELSE f.open END
  JOIN (SELECT 'both' AS clue UNION ALL SELECT 'no-clock') AS x
 WHERE i.kind = 'device-error'
   AND NOT EXISTS (SELECT 1 FROM consequence AS q JOIN incident AS a ON a.id = q.incident WHERE a.boot = i.boot AND q.dev = i.device);

-- cause     s3-iommu-not-restored
-- title     After a sleep, an IOMMU or the interrupts of devices are not as they were before
-- explain   While the machine sleeps, IOMMUs and devices lose their state, and it is set up again when it wakes. Where the first refused access comes right after
--        |  a wake, and none came before, tables, the remapping of interrupts, or the state of the device did not come back as they were.
-- remedy    Update Xen, or the kernel, and the firmware. Until then unload the driver of the device before sleep, or do without sleep (or without the remapping
--        |  of interrupts, iommu=no-intremap).
-- refs      xen/arch/x86/acpi/power.c enter_state(), xen/drivers/passthrough/vtd/iommu.c vtd_resume(), 27713fa2aa
-- about     incident
-- kind      root
-- refines   intremap-blocked
-- when      SELECT 1 FROM sleep_mark, iommu_fault
-- trigger   refused       an IOMMU refused an access of the device, or an interrupt of it
-- needs     woken         the machine had woken from sleep | ask: whether the machine had slept before | capture: the console's log of the whole time, with the sleep in it | kind: order
-- needs     soon          no more than a minute before that | ask: how long after the wake it happened | capture: console_timestamps=boot on Xen's command line | kind: time
-- supports  none-before   there was none before the sleep | kind: order
-- excludes  before        it had happened before the sleep, too
-- excludes  late          it came more than a minute after the wake

SELECT f.incident AS subject, f."case", x.clue,
       CASE x.clue WHEN 'refused' THEN printf('%s: %s fault', f.device, f.kind) WHEN 'before' THEN printf('%s: %s fault before the sleep', f.device, f.kind)
                   WHEN 'woken' THEN 'awake again' WHEN 'late' THEN printf('%.0f s after the wake', (f.base_lo - w.base_hi) / 1e9) WHEN 'soon' THEN printf('at most %.1f s after the wake', (f.base_hi - w.base_lo) / 1e9) ELSE 'asleep; no such fault before' END AS says,
       CASE WHEN x.clue IN ('woken', 'soon', 'late') THEN w.capture ELSE f.capture END AS capture,
       CASE WHEN x.clue IN ('refused', 'before') THEN f.line WHEN x.clue = 'none-before' THEN z.line ELSE w.line END AS line, f.n
  FROM (SELECT i.id AS incident, min(c.id) AS "case", i.boot, i.device, i.kind, i.n, c.capture, c.line, c.base_lo, c.base_hi
          FROM incident AS i
          JOIN fault_case AS c ON c.incident = i.id AND c.capture = i.first_capture AND c.line = i.first_line
         WHERE i.boot IN (SELECT g.boot FROM sleep_mark AS s JOIN segment AS g ON g.id = s.segment WHERE s.trust <> 'guest')
         GROUP BY i.id) AS f
  -- The first sleep of the capture that the fault is in.
  LEFT JOIN (SELECT g.boot, s.capture, min(s.line) AS line FROM sleep_mark AS s JOIN segment AS g ON g.id = s.segment
              WHERE s.what = 'sleep' AND s.trust <> 'guest' AND NOT s.replayed
              GROUP BY g.boot, s.capture) AS z ON z.boot = f.boot AND z.capture = f.capture
  -- The last wake before it.
  LEFT JOIN (SELECT CAST(x.incident AS INTEGER) AS incident, s.capture, s.line, s.t_lo + k.offset_lo AS base_lo, s.t_hi + k.offset_hi AS base_hi
               FROM (SELECT y.incident, max(y.wake) OVER (PARTITION BY y.boot, y.capture ORDER BY y.line, y.incident ROWS UNBOUNDED PRECEDING) AS wake
                       FROM (SELECT g.boot, s.capture, s.line, s.id AS wake, NULL AS incident
                               FROM sleep_mark AS s
                               JOIN segment AS g ON g.id = s.segment
                              WHERE s.what = 'wake' AND s.trust <> 'guest' AND NOT s.replayed
                             UNION ALL
                             SELECT i.boot, i.first_capture, i.first_line - 1, NULL, i.id FROM incident AS i) AS y) AS x
               JOIN sleep_mark AS s ON s.id = x.wake
               LEFT JOIN clock AS k ON k.id = s.clock
              WHERE x.incident IS NOT NULL) AS w
    -- A part of a log may stand before the whole of it: a wake with a later stamp came after the fault.
    ON w.incident = f.incident AND ifnull(w.base_lo <= f.base_hi, 1)
  JOIN (SELECT 'refused' AS clue UNION ALL SELECT 'woken' UNION ALL SELECT 'soon' UNION ALL SELECT 'none-before' UNION ALL SELECT 'before' UNION ALL SELECT 'late') AS x
    ON x.clue = 'refused' AND (w.line IS NOT NULL OR f.line < z.line)
       OR x.clue = 'woken' AND w.line IS NOT NULL
       OR x.clue = 'late' AND f.base_lo - w.base_hi > 60000000000
       OR x.clue = 'soon' AND w.line IS NOT NULL AND f.base_hi - w.base_lo <= 60000000000
       OR x.clue = 'none-before' AND w.line IS NOT NULL AND z.line < w.line
          AND EXISTS (SELECT 1 FROM v_observed AS o WHERE o.boot = f.boot AND o.what IN ('xen-faults', 'linux-faults', 'xen-console', 'dom0-log') AND o.capture = z.capture AND o.line < z.line)
       OR x.clue = 'before' AND f.line < z.line;

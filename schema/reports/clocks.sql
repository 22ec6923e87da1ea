-- report   clocks
-- title    Each clock, and how it is joined to the one that the times of its boot are told in

SELECT g.boot, p.short AS capture, g.first_line AS "from line", k.kind AS clock,
       CASE k.joined_by WHEN 'base' THEN 'times are told in it'
                        WHEN 'same' THEN 'the same clock as the base'
                        WHEN 'order' THEN 'the order of lines on the console'
                        WHEN 'anchor' THEN 'the same words in the trace and in the log'
                        WHEN 'printk' THEN 'printk''s own by default'
                        WHEN 'logged' THEN 'lines with the stamps of both'
                        WHEN 'now' THEN 'Xen''s clock in a line with another stamp'
                        WHEN 'ticks' THEN printf('ticks at %d.%03d MHz', k.khz / 1000, k.khz % 1000)
                        WHEN 'told' THEN 'told by the user'
                        ELSE CASE WHEN k.unit = 'ticks' THEN 'not joined: ticks, whose rate is not told or not asked for'
                                  ELSE 'not joined: its order is that of its lines only' END END AS "joined by",
       CASE WHEN k.join_line IS NULL THEN '' ELSE q.short || ':' || k.join_line END AS "seen at",
       CASE WHEN k.offset_lo IS NULL THEN '' ELSE printf('%.6f', (k.offset_lo + (k.offset_hi - k.offset_lo) / 2) / 1e9) END AS "offset s",
       CASE WHEN k.offset_lo IS NULL THEN '' ELSE printf('%.6f', (k.offset_hi - k.offset_lo) / 2e9) END AS "within s"
  FROM clock AS k
  JOIN segment AS g ON g.id = k.segment
  LEFT JOIN v_place AS p ON p.capture = g.capture
  LEFT JOIN v_place AS q ON q.capture = k.join_capture
 WHERE g.boot IS NOT NULL
 ORDER BY g.boot, g.capture, g.first_line, k.id;

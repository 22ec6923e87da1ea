-- cause     benign-noise
-- title     This looks bad and breaks nothing
-- explain   A corrected error or two on a PCIe link were repaired on the spot, and a grant that is kept back until the other domain lets go of it, and is
--        |  freed then, is how grants end. Neither is a reason for failed DMA.
-- remedy    Nothing has to be done. See that the number of corrected errors does not grow.
-- refs      linux drivers/pci/pcie/aer.c, linux drivers/xen/grant-table.c gnttab_handle_deferred()
-- about     incident
-- kind      noise
-- closes    no cause is looked for: it breaks nothing
-- when      SELECT 1 FROM incident WHERE kind IN ('pci-corrected', 'grant-error', 'memory-corrected')
-- trigger   looks-bad   an error that was repaired, or an end that was put off
-- decides   corrected   a few errors, all corrected | kind: message
-- decides   freed-later  what was put off was done later | kind: order
-- excludes  more        there is more to it
-- caps      evidence-lost  messages were suppressed or lost: there may be more of them | of: corrected

SELECT i.id AS subject, NULL AS "case", x.clue,
       CASE WHEN x.clue = 'more' THEN printf('%d within these captures', i.n) WHEN x.clue = 'looks-bad' THEN printf('%d corrected', i.n) ELSE 'all of them corrected, and fewer than twenty' END AS says,
       i.first_capture AS capture, i.first_line AS line, i.n AS n
  FROM incident AS i
  JOIN (SELECT 'looks-bad' AS clue UNION ALL SELECT 'corrected' UNION ALL SELECT 'more') AS x
    ON x.clue = 'looks-bad' OR (x.clue = 'more') = (i.n >= 20 OR EXISTS (SELECT 1 FROM incident AS u WHERE u.boot = i.boot AND u.device = i.device AND u.kind IN ('pci-error', 'memory-error')))
 WHERE i.kind IN ('pci-corrected', 'memory-corrected')

UNION ALL
SELECT i.id, NULL, x.clue, CASE x.clue WHEN 'freed-later' THEN 'and was freed' WHEN 'more' THEN 'not all of it is such an end' ELSE 'a grant is kept until its other side lets go' END,
       CASE x.clue WHEN 'freed-later' THEN d.freed_capture ELSE i.first_capture END, CASE x.clue WHEN 'freed-later' THEN d.freed ELSE i.first_line END, i.n
  FROM incident AS i
  JOIN (SELECT i.id, sum(e.what <> 'deferred') AS other, sum(f.line IS NULL) AS kept, max(f.line) AS freed, f.capture AS freed_capture
          FROM incident AS i
          JOIN grant_error AS e ON e.capture BETWEEN i.first_capture AND i.last_capture AND e.trust <> 'guest' AND e.by = 'linux' AND e.what NOT IN ('release', 'freed')
                               AND e.dev IS NULL AND e.domain IS NULL
          LEFT JOIN (SELECT capture, ref, max(line) AS line FROM grant_error WHERE what = 'freed' AND trust <> 'guest' GROUP BY capture, ref) AS f
                 ON f.capture = e.capture AND f.ref = e.ref AND f.line > e.line
         WHERE i.kind = 'grant-error' AND i.device = 'Linux'
         GROUP BY i.id) AS d ON d.id = i.id
  JOIN (SELECT 'looks-bad' AS clue UNION ALL SELECT 'freed-later' UNION ALL SELECT 'more') AS x
    ON x.clue = 'looks-bad' OR x.clue = 'freed-later' AND d.freed IS NOT NULL AND NOT d.other AND NOT d.kept OR x.clue = 'more' AND (d.other OR d.kept)

UNION ALL
SELECT i.id, NULL, 'evidence-lost', l.says, l.capture, l.line, i.n
  FROM incident AS i
  JOIN v_lost AS l ON l.boot = i.boot
 WHERE i.kind IN ('pci-corrected', 'memory-corrected');

-- cause     events-lost
-- title     Reports were lost: that nothing else is there proves little
-- explain   The queue of an IOMMU overflowed, or messages were dropped or suppressed before they reached the console. What is said to go with nothing else may go
--        |  with what was lost, and all counts are lower bounds.
-- remedy    Raise the limits (loglvl=all guest_loglvl=all, sync_console for Xen; log_buf_len=, printk.devkmsg=on for Linux), or slow down what fails.
-- refs      xen/drivers/char/console.c printk_ratelimit(), xen/drivers/passthrough/arm/smmu-v3.c arm_smmu_evtq_tasklet()
-- about     incident
-- kind      noise
-- when      SELECT 1 FROM loss WHERE what IN ('suppressed', 'dropped', 'overflow')
-- trigger   alone       what happened goes with no other report
-- decides   lost        reports were lost in this power-on | kind: message
-- excludes  proven      a cause is likely all the same

SELECT i.id AS subject, NULL AS "case", x.clue,
       CASE x.clue WHEN 'alone' THEN printf('%s: no fault goes with it', i.device)
                   ELSE CASE l.what WHEN 'overflow' THEN 'the queue of an IOMMU overflowed' ELSE printf('%s messages were %s', ifnull(l.count, 'some'), l.what) END END AS says,
       CASE x.clue WHEN 'alone' THEN i.first_capture ELSE l.capture END AS capture, CASE x.clue WHEN 'alone' THEN i.first_line ELSE l.line END AS line, i.n AS n
  FROM incident AS i
  JOIN (SELECT g.boot, min(l.id) AS first
          FROM loss AS l
          JOIN segment AS g ON g.id = l.segment
         WHERE l.trust <> 'guest' AND l.what IN ('suppressed', 'dropped', 'overflow')
         GROUP BY g.boot) AS f ON f.boot = i.boot
  JOIN loss AS l ON l.id = f.first
  JOIN (SELECT 'alone' AS clue UNION ALL SELECT 'lost') AS x
 WHERE i.kind IN ('device-error', 'stuck')

UNION ALL
SELECT i.id, NULL, 'proven', v.cause, i.first_capture, i.first_line, i.n
  FROM incident AS i
  JOIN verdict AS v ON v.about = 'incident' AND v.subject = i.id AND v.kind IN ('root', 'state') AND v.grade_rank <= 2
 WHERE i.kind IN ('device-error', 'stuck');

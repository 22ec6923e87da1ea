-- cause     untrusted-line
-- title     A guest printed what looks like a fault of the machine
-- explain   The line came from a guest, which may print what it likes: an old log, a test, or words that are meant to mislead. It is shown here because it looks
--        |  like evidence; it was used for nothing.
-- remedy    Look at Xen's own console (serial, or xl dmesg) for that time. Keep guests from it: release builds do not show what guests print unless guest_loglvl
--        |  lets them.
-- refs      xen/drivers/char/console.c guest_console_write()
-- about     boot
-- kind      noise
-- when      SELECT 1 FROM iommu_fault WHERE trust = 'guest' AND by = 'xen'
-- trigger   looks-real     it has the words of Xen's report of a refused access
-- decides   guest-prefix   the line is marked as a guest's | kind: message
-- supports  focus          the console was switched to a guest

SELECT x.boot AS subject, NULL AS "case", y.clue,
       CASE y.clue WHEN 'looks-real' THEN printf('%d line%s', x.n, CASE x.n WHEN 1 THEN '' ELSE 's' END)
                   WHEN 'focus' THEN 'a guest has the console here' ELSE printf('%s printed %s', x.speaker, CASE x.n WHEN 1 THEN 'it' ELSE 'them' END) END AS says,
       x.capture, x.line, x.n
  FROM (SELECT g.boot, f.speaker, f.capture, min(f.line) AS line, count(*) AS n
          FROM iommu_fault AS f
          JOIN segment AS g ON g.id = f.segment AND g.boot IS NOT NULL
         WHERE f.trust = 'guest' AND f.by = 'xen'
         GROUP BY g.boot, f.speaker) AS x
  JOIN (SELECT 'looks-real' AS clue UNION ALL SELECT 'guest-prefix' UNION ALL SELECT 'focus') AS y
    ON y.clue = 'looks-real' OR (y.clue = 'focus') = (x.speaker = 'xen');

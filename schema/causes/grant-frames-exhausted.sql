-- cause     grant-frames-exhausted
-- title     A domain's grant table cannot grow any more
-- explain   A front end wants to share more pages than its grant table can hold. Its requests wait or fail; no device uses a wrong address
--        |  because of it. Many disks, queues and large rings need many grants.
-- remedy    Give the domain a larger table: gnttab_max_frames= on Xen's command line, or max_grant_frames= in the domain's configuration; or
--        |  use fewer queues and smaller rings. Where the number only grows, a front end does not end its grants. Where the allocation failed,
--        |  Xen itself needs memory.
-- refs      linux drivers/xen/grant-table.c gnttab_expand(); xen/common/grant_table.c gnttab_setup_table(), gnttab_grow_table()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind = 'grant-error'
-- trigger   no-room        a grant table was to grow, and did not
-- decides   at-limit       the table would have been larger than the domain's limit | ask: how large the table is, and how large it may be | capture: xl debug-keys g, then xl dmesg (the line "N frames (M max)" of that domain)
-- supports  no-memory      Xen had no memory for a larger table
-- excludes  below-limit    the table would have been within the limit

SELECT e.incident AS subject, CASE WHEN e."limit" IS NULL THEN 2 ELSE 1 END AS "case", 'no-room' AS clue,
       CASE e.what WHEN 'table-full' THEN printf('%d entries wanted, %d free', e.wanted, e.free)
                   WHEN 'expand-failed' THEN CASE WHEN e."limit" IS NULL THEN 'Xen could not let the table grow' ELSE 'the table did not grow' END
                   ELSE 'a domain asked for a larger table' END AS says, e.capture, min(e.line) AS line, count(*) AS n
  FROM v_grant_error AS e
 WHERE e.what IN ('table-full', 'expand-failed', 'table-limit')
 GROUP BY e.incident, e."limit" IS NULL

UNION ALL
SELECT x.incident, 1, CASE WHEN x.size > x.cap THEN 'at-limit' ELSE 'below-limit' END,
       CASE WHEN x.size > x.cap THEN printf('%d frames wanted, %d at most', x.size, x.cap) ELSE printf('%d of %d frames', x.size, x.cap) END, x.capture, x.line, x.n
  FROM (SELECT e.incident, e.capture, min(e.line) AS line, count(*) AS n, e."limit" AS cap,
               CASE e.what WHEN 'table-full' THEN e.count + ifnull(e.more, 1) ELSE e.count END AS size
          FROM v_grant_error AS e
         WHERE e.what IN ('table-full', 'expand-failed', 'table-limit') AND e.count IS NOT NULL AND e."limit" IS NOT NULL
         GROUP BY e.incident) AS x

UNION ALL
SELECT e.incident, 2, 'no-memory', 'the allocation failed', e.capture, min(e.line), count(*)
  FROM v_grant_error AS e
 WHERE e.what = 'expand-failed' AND e."limit" IS NULL
 GROUP BY e.incident;

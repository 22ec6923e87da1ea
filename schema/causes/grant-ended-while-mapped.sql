-- cause     grant-ended-while-mapped
-- title     A page was taken back while the other domain still had it mapped
-- explain   A front end ended a grant, and the domain on the other side had the page still mapped. Linux keeps the page until it is
--        |  let go; kernels from before the fixes of XSA-396 could free it at once, and the peer, or a device of the peer, could then
--        |  write to memory that belongs to somebody else. Who held on, and why, stays open.
-- remedy    Let the back end unmap before the front end ends the grant, and use a kernel with the fixes of XSA-396 in the front end.
-- refs      linux drivers/xen/grant-table.c gnttab_end_foreign_access_ref(), gnttab_handle_deferred(); XSA-396
-- about     incident
-- kind      state
-- when      SELECT 1 FROM incident WHERE kind = 'grant-error'
-- trigger   ended-in-vain  a grant was ended that was still in use
-- decides   still-in-use   Linux looked at the entry, and the other domain had the page | kind: message
-- supports  leaked         the page was given up for good | kind: message
-- excludes  freed          all of the pages were let go soon after
-- caps      evidence-lost  messages were suppressed or lost: one of them may tell that it was let go | of: still-in-use

SELECT e.incident AS subject, NULL AS "case", 'ended-in-vain' AS clue,
       CASE WHEN e.ref IS NULL THEN printf('%s: a grant is still in use', ifnull(e.dev, 'Linux'))
            ELSE printf('grant %#x %s', e.ref, CASE e.what WHEN 'in-use' THEN 'is still in use' WHEN 'leaked' THEN 'is given up for good' ELSE 'has to wait' END) END AS says,
       e.capture, min(e.line) AS line, count(*) AS n
  FROM v_grant_error AS e
 WHERE e.by = 'linux' AND e.what IN ('in-use', 'deferred', 'pending', 'leaked') AND (e.ref IS NOT NULL OR e.dev IS NOT NULL)
 GROUP BY e.incident

UNION ALL
SELECT x.incident, NULL, CASE WHEN total(x.freed) = count(*) THEN 'freed' ELSE 'still-in-use' END,
       CASE WHEN total(x.freed) = count(*) THEN printf('%d of %d were freed', count(*), count(*))
            ELSE printf('%d grant%s ended in vain, %d of them let go later', count(*), CASE count(*) WHEN 1 THEN '' ELSE 's' END, CAST(total(x.freed) AS INTEGER)) END,
       max(x.capture), max(x.line), count(*)
  FROM (SELECT e.incident, e.ref, max(e.capture) AS capture, max(e.line) AS line,
               -- Without numbers Linux only says how many it freed.
               ifnull(max(f.line) > max(e.line), 0) AS freed
          FROM v_grant_error AS e
          LEFT JOIN (SELECT g.boot, f.ref, f.capture, max(f.line) AS line
                       FROM grant_error AS f
                       JOIN segment AS g ON g.id = f.segment
                      WHERE f.what = 'freed' AND f.trust <> 'guest'
                      GROUP BY g.boot, f.ref, f.capture) AS f ON f.boot = e.boot AND f.ref = e.ref AND f.capture = e.capture
         WHERE e.by = 'linux' AND e.what IN ('in-use', 'deferred', 'pending', 'leaked') AND (e.ref IS NOT NULL OR e.dev IS NOT NULL)
         GROUP BY e.incident, e.ref) AS x
 GROUP BY x.incident

UNION ALL
SELECT e.incident, NULL, 'leaked', printf('grant %#x is given up for good', e.ref), e.capture, min(e.line), count(*)
  FROM v_grant_error AS e
 WHERE e.by = 'linux' AND e.what = 'leaked'
 GROUP BY e.incident

-- What is given up for good is not let go.
UNION ALL
SELECT i.id, NULL, 'evidence-lost', l.says, l.capture, l.line, i.n
  FROM incident AS i
  JOIN v_lost AS l ON l.boot = i.boot
 WHERE i.kind = 'grant-error'
   AND NOT EXISTS (SELECT 1 FROM v_grant_error AS e WHERE e.incident = i.id AND e.what = 'leaked');

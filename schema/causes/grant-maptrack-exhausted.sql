-- cause     grant-maptrack-exhausted
-- title     A back end has no handle left to map grants
-- explain   Xen keeps a handle for each grant that a domain has mapped. This domain used all that it may have, or there was no memory for
--        |  more, so its maps were refused and its guests' requests failed. A back end that maps and never unmaps gets there, too.
-- remedy    Raise gnttab_max_maptrack_frames= on Xen's command line (max_maptrack_frames= for a driver domain); where the number only grows,
--        |  mend the back end that leaks.
-- refs      xen/common/grant_table.c get_maptrack_handle(), map_grant_ref(); linux drivers/xen/grant-table.c gnttab_map_refs()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind IN ('grant-error', 'grant-limit')
-- trigger   no-handle      a map was refused for want of a handle, or a domain has all the frames for handles that it may have
-- needs     map-refused    a map was refused for want of a handle | ask: whether maps are refused (status -13) | capture: dom0's dmesg, and a grant trace with status: faultline capture-kit grants | kind: message
-- decides   said-so        the message has no other cause | kind: message
-- supports  at-limit       the domain has as many maptrack frames as it may have | capture: xl debug-keys g, then xl dmesg (the line "N maptrack frames (M max)" of that domain)
-- supports  status         the status is the one for that | kind: message
-- excludes  room-left      a later dump shows that the domain may have more: memory was short, not handles

SELECT e.incident AS subject, NULL AS "case", 'no-handle' AS clue,
       CASE e.by WHEN 'xen' THEN printf('Xen had no handle for a map of d%d', ifnull(e.caller, 0)) WHEN 'trace' THEN printf('Xen did not map grant %d of d%d', e.ref, e.domain) ELSE 'Linux could not map all pages of a guest' END AS says,
       e.capture, min(e.line) AS line, count(*) AS n
  FROM v_grant_error AS e
 WHERE e.what = 'no-maptrack' OR (e.by = 'trace' AND e.what = 'map-failed' AND e.status = -13)
 GROUP BY e.incident

UNION ALL
SELECT e.incident, NULL, x.clue, CASE e.by WHEN 'xen' THEN 'no maptrack handle' ELSE 'status -13, no_space' END, e.capture, max(e.line), count(*)
  FROM v_grant_error AS e, (SELECT 'said-so' AS clue UNION ALL SELECT 'map-refused') AS x
 WHERE e.what = 'no-maptrack' OR (e.by = 'trace' AND e.what = 'map-failed' AND e.status = -13)
 GROUP BY e.incident, x.clue

-- A dump alone: handles in those frames may be free.
UNION ALL
SELECT i.id, NULL, 'no-handle', printf('%s has %d of %d maptrack frames', i.device, d.maptrack, d."limit"), i.first_capture, i.first_line, 1
  FROM incident AS i
  JOIN grant_dump AS d ON d.capture = i.first_capture AND d.line = i.first_line
 WHERE i.kind = 'grant-limit'

-- Frames are never given back: a dump from before the refusal tells only where it shows the limit.
UNION ALL
SELECT e.incident, NULL, CASE WHEN d.maptrack >= d."limit" THEN 'at-limit' ELSE 'room-left' END,
       printf('d%d has %d of %d maptrack frames', d.domain, d.maptrack, d."limit"), d.capture, d.line, 1
  FROM (SELECT e.incident, e.boot, min(coalesce(e.caller, e.mapper, 0)) AS domain, e.capture, min(e.line) AS line
          FROM v_grant_error AS e
         WHERE e.what = 'no-maptrack' OR (e.by = 'trace' AND e.what = 'map-failed' AND e.status = -13)
         GROUP BY e.incident) AS e
  JOIN (SELECT g.boot, d.domain, max(d.id) AS last
          FROM grant_dump AS d
          JOIN segment AS g ON g.id = d.segment
         WHERE d.edge = 'limits' AND d."limit" IS NOT NULL AND d.trust <> 'guest' AND d.speaker = 'xen'
         GROUP BY g.boot, d.domain) AS x ON x.boot = e.boot AND x.domain = e.domain
  JOIN grant_dump AS d ON d.id = x.last
 WHERE d.maptrack >= d."limit" OR (d.capture = e.capture AND d.line > e.line)

UNION ALL
SELECT e.incident, NULL, 'status', 'status -13: no handles or entries are left', e.capture, min(e.line), count(*)
  FROM v_grant_error AS e
 WHERE e.status IN (-13, 13) AND e.by = 'linux'
 GROUP BY e.incident;

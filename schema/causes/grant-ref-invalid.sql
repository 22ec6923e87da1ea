-- cause     grant-ref-invalid
-- title     A grant reference that Xen does not accept
-- explain   A domain asked Xen to map or copy a page by a reference that is no grant for it: outside the table, taken back, made for
--        |  another domain, or changed while Xen looked at it. Xen refused, so no device got an address from it. Why the number was
--        |  wrong stays open.
-- remedy    Look at the front end (rings and references used again after a resume, a migration, a reload or kexec), and at how the back end
--        |  reads the list of references where they look like garbage.
-- refs      xen/common/grant_table.c map_grant_ref(), acquire_grant_for_copy(), _set_status_v1(); linux drivers/xen/xenbus/xenbus_client.c __xenbus_map_ring()
-- about     incident
-- kind      state
-- when      SELECT 1 FROM incident WHERE kind = 'grant-error'
-- trigger   refused         Xen refused a reference, or a back end got that answer
-- decides   own-refusal     Xen itself says that the reference is bad | capture: a debug build of Xen with guest_loglvl=all: release builds do not print it | kind: message
-- supports  status          the status is that of a reference that is no grant | kind: message
-- supports  garbage         the references are far apart and beyond any table: the page that they were read from was not what the reader thought | kind: message
-- supports  stale           the entry grants nothing any more, or not yet | kind: message
-- excludes  transitive      the entry passes the grant of another domain on, and Xen refuses that kind

SELECT e.incident AS subject, 1 AS "case", 'refused' AS clue,
       printf('Xen refused reference %#x%s: it is not in the table', min(e.ref), ifnull(printf(' of d%d', min(e.domain)), '')) AS says,
       e.capture, min(e.line) AS line, count(*) AS n
  FROM v_grant_error AS e
 WHERE e.what = 'bad-ref' AND e.by = 'xen'
 GROUP BY e.incident

UNION ALL
SELECT e.incident, 1, 'own-refusal', printf('%d reference%s outside the table, the highest %#x', count(DISTINCT e.ref), CASE count(DISTINCT e.ref) WHEN 1 THEN '' ELSE 's' END, max(e.ref)),
       e.capture, max(e.line), count(*)
  FROM v_grant_error AS e
 WHERE e.what = 'bad-ref' AND e.by = 'xen'
 GROUP BY e.incident

-- A table has 512 entries a frame, and a few thousand frames at the very most.
UNION ALL
SELECT e.incident, 1, 'garbage', printf('%d of the references are beyond any table, from %#x to %#x', count(DISTINCT e.ref), min(e.ref), max(e.ref)),
       e.capture, min(e.line), count(*)
  FROM v_grant_error AS e
 WHERE e.what = 'bad-ref' AND e.by = 'xen' AND e.ref >= 1 << 24
 GROUP BY e.incident
HAVING count(DISTINCT e.ref) > 1

UNION ALL
SELECT e.incident, 2, 'refused', printf('Xen refused a grant that is not one for d%d', ifnull(max(e.mapper), max(e.caller))), e.capture, min(e.line), count(*)
  FROM v_grant_error AS e
 WHERE e.what = 'not-granted' AND e.by = 'xen'
 GROUP BY e.incident

UNION ALL
SELECT e.incident, 2, 'transitive', 'flags 3: the entry passes the grant of another domain on', e.capture, min(e.line), count(*)
  FROM v_grant_error AS e
 WHERE e.what = 'not-granted' AND e.by = 'xen'
 GROUP BY e.incident
HAVING min(ifnull(e.flags, 0) & 3) = 3

UNION ALL
SELECT e.incident, 2, 'own-refusal', printf('%d time%s the entry was none, or of another domain', count(*), CASE count(*) WHEN 1 THEN '' ELSE 's' END),
       e.capture, max(e.line), count(*)
  FROM v_grant_error AS e
 WHERE e.what = 'not-granted' AND e.by = 'xen' AND ifnull(e.flags, 0) & 3 <> 3
 GROUP BY e.incident

UNION ALL
SELECT e.incident, 2, 'stale', 'flags 0: the entry was taken back before its use, or was never made', e.capture, min(e.line), count(*)
  FROM v_grant_error AS e
 WHERE e.what = 'not-granted' AND e.by = 'xen' AND e.flags = 0
 GROUP BY e.incident

UNION ALL
SELECT e.incident, 3, 'refused', 'Xen gave up on an entry that its guest changed meanwhile', e.capture, min(e.line), count(*)
  FROM v_grant_error AS e
 WHERE e.what = 'unstable' AND e.by = 'xen'
 GROUP BY e.incident

UNION ALL
SELECT e.incident, 3, 'own-refusal', printf('%d time%s an entry changed while Xen worked with it', count(*), CASE count(*) WHEN 1 THEN '' ELSE 's' END),
       e.capture, max(e.line), count(*)
  FROM v_grant_error AS e
 WHERE e.what = 'unstable' AND e.by = 'xen'
 GROUP BY e.incident

-- What a trace shows is Xen's own answer.
UNION ALL
SELECT e.incident, 5, x.clue, CASE x.clue WHEN 'refused' THEN printf('Xen refused grant %d of d%d', e.ref, e.domain)
       ELSE 'status -3: the reference is none, or does not grant this' END, e.capture, min(e.line), count(*)
  FROM v_grant_error AS e, (SELECT 'refused' AS clue UNION ALL SELECT 'own-refusal') AS x
 WHERE e.by = 'trace' AND e.what = 'map-failed' AND e.status = -3
 GROUP BY e.incident, x.clue

-- Xenbus prints the status without its sign.
UNION ALL
SELECT e.incident, 4, x.clue, CASE x.clue WHEN 'refused' THEN printf('%s could not map reference %#x of d%d', ifnull(e.driver, 'a back end'), e.ref, ifnull(e.other, e.domain))
       ELSE 'status -3: the reference is none, or does not grant this' END, e.capture, min(e.line), count(*)
  FROM v_grant_error AS e, (SELECT 'refused' AS clue UNION ALL SELECT 'status') AS x
 WHERE e.by = 'linux' AND e.what IN ('map-failed', 'grant-refused', 'copy-failed') AND abs(e.status) = 3
 GROUP BY e.incident, x.clue;

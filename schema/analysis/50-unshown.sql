-- The grant that a verdict lacks may be among the operations of a batch that no line shows: it says so.
-- when SELECT 1 FROM fault_case WHERE unshown > 0
INSERT INTO verdict_missing (verdict, place, clue, role, says, capture_next)
SELECT v.id, (SELECT max(m.place) + 1 FROM verdict_missing AS m WHERE m.verdict = v.id), 'unshown', 'needs',
       printf('which pages the %d %s%s are for that the trace does not show of its batches', c.unshown,
              CASE c.grant_state WHEN 'live' THEN 'unmap' ELSE 'map' END, CASE c.unshown WHEN 1 THEN '' ELSE 's' END),
       'a trace with probes that print whole batches, not only their first operation (docs/traces.md)'
  FROM verdict AS v
  JOIN fault_case AS c ON c.id = v.case_id
 WHERE v.about = 'incident' AND v.grade <> 'ruled out' AND c.unshown > 0
   AND EXISTS (SELECT 1 FROM verdict_missing AS m
                WHERE m.verdict = v.id AND m.clue IN ('granted-and-live', 'ended-for-certain', 'page-of-that-domain'));

UPDATE verdict
   SET missing = missing + 1
 WHERE EXISTS (SELECT 1 FROM verdict_missing AS m WHERE m.verdict = verdict.id AND m.clue = 'unshown');

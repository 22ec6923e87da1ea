-- What keeps a grant from deciding: messages that were lost after its witness, a witness that is too old, a trace on a clock of its own.
-- The verdict lacks what decides, and nothing that it needs.
-- when SELECT 1 FROM verdict_missing AS m JOIN verdict AS v ON v.id = m.verdict WHERE m.role = 'decides' AND v.case_id IS NOT NULL
INSERT INTO verdict_cap (verdict, place, kind, clue, would, says, capture, line)
SELECT v.id, 100, CASE WHEN c.relation = 'possible' THEN 'gap' ELSE 'old' END, m.clue, 'confirmed',
       CASE WHEN c.relation = 'possible' THEN 'messages were lost between the grant''s witness and the fault'
            ELSE 'the grant''s witness is more than 60 s from the fault, or nobody can tell' END,
       CASE WHEN c.relation = 'possible' THEN c.end_capture ELSE c.grant_capture END,
       CASE WHEN c.relation = 'possible' THEN c.end_line ELSE c.grant_line END
  FROM verdict AS v
  JOIN fault_case AS c ON c.id = v.case_id AND c.grant_state = 'live'
  JOIN verdict_missing AS m ON m.verdict = v.id AND m.role = 'decides'
 WHERE v.about = 'incident' AND v.grade_rank = 2 AND v.missing = 0
   AND (c.relation = 'possible' AND c.end_what = 'gap' OR c.relation = 'certain' AND c.grant_why = 'dump' AND NOT c.near)
   AND EXISTS (SELECT 1 FROM verdict_clue AS k WHERE k.verdict = v.id AND k.role = 'supports' AND k.capture = c.grant_capture AND k.line = c.grant_line);

UPDATE verdict
   SET would = 'confirmed'
 WHERE id IN (SELECT c.verdict FROM verdict_cap AS c WHERE c.kind IN ('gap', 'old'));

-- A verdict that is another one without what the user assumed rests on it, whatever its clues cite: likely at most.
-- when SELECT 1 FROM known_fact WHERE trust = 'assumed'
UPDATE verdict
   SET assumed = 1
 WHERE EXISTS (SELECT 1 FROM known_fact WHERE trust = 'assumed')
   AND id IN (SELECT p.id FROM v_verdict_print AS p WHERE p.print NOT IN (SELECT x.print FROM verdict_plain AS x));

INSERT INTO verdict_cap (verdict, place, kind, clue, would, says, capture, line)
SELECT v.id, 200, 'assumed', '', v.grade, 'without what is assumed it is not so', NULL, NULL
  FROM verdict AS v
 WHERE v.assumed AND v.grade_rank = 1;

UPDATE verdict
   SET grade = 'likely', grade_rank = 2
 WHERE assumed AND grade_rank = 1;

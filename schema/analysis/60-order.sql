-- Order of the verdicts of a subject: what explains before what is only found, grade, a special cause before the general one it refines, kind of the best clue, what is missing, name.
-- when SELECT 1 FROM verdict
UPDATE verdict
   SET place = o.place
  FROM (SELECT v.id, row_number() OVER (PARTITION BY v.about, v.subject
                                        ORDER BY v.kind NOT IN ('root', 'state'), v.grade_rank,
                                                 NOT EXISTS (SELECT 1 FROM cause AS c
                                                               JOIN verdict AS g ON g.cause = c.refines
                                                              WHERE c.id = v.cause AND g.about = v.about AND g.subject = v.subject
                                                                AND g.grade_rank = v.grade_rank),
                                                 v.evidence, v.missing, v.cause) AS place
          FROM verdict AS v) AS o
 WHERE o.id = verdict.id;

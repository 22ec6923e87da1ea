-- Order of the verdicts of a subject: grade, kind of the best clue, what is missing, name.
UPDATE verdict
   SET place = o.place
  FROM (SELECT id, row_number() OVER (PARTITION BY about, subject
                                      ORDER BY grade_rank, evidence, missing, cause) AS place
          FROM verdict) AS o
 WHERE o.id = verdict.id;

-- The order in which the text report prints verdicts in full: the best of each incident, then the findings.
CREATE VIEW v_printed AS
SELECT v.id AS verdict, v.cause,
       row_number() OVER (ORDER BY v.about DESC, i.best, v.subject, v.place) AS nr
  FROM verdict AS v
  LEFT JOIN v_incident AS i ON v.about = 'incident' AND i.id = v.subject
 WHERE v.grade_rank < 9 AND (v.about = 'boot' OR v.place = 1);

-- Verdicts with the words of their causes.
CREATE VIEW v_verdict AS
SELECT v.id, v.cause, v.about, v.subject, v.case_id, v.kind, v.grade, v.grade_rank, v.missing, v.place, v.says,
       c.title, c.explain, c.remedy, c.refs
  FROM verdict AS v
  JOIN cause AS c ON c.id = v.cause;

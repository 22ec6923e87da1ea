-- Verdicts with the words of their causes, but for insufficient-evidence: that is the name of "cannot say", and shown as it.  Only a root or a state of an incident explains it; all others are findings.
CREATE VIEW v_verdict AS
SELECT v.id, v.cause, v.about, v.subject, v.case_id, v.kind, v.grade, v.grade_rank, v.missing, v.place, v.says, v.would, v.assumed,
       c.title, c.explain, c.remedy, c.refs,
       v.about = 'incident' AND v.kind IN ('root', 'state') AS explains
  FROM verdict AS v
  JOIN cause AS c ON c.id = v.cause
 WHERE v.cause <> 'insufficient-evidence';

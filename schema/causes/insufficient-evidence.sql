-- cause     insufficient-evidence
-- title     The captures do not say why
-- explain   Something went wrong, and no cause is more than possible by what the captures show. This is the name of "cannot say": the report lists what is
--        |  missing at the incident itself.
-- remedy    Capture what is listed as missing, while the trouble lasts: faultline capture-kit has scripts.
-- refs      faultline docs/design.md
-- about     incident
-- kind      noise
-- when      SELECT 1 FROM incident
-- trigger   symptom     something went wrong
-- decides   none-likely  no cause is likely
-- excludes  explained   a cause is likely

SELECT i.id AS subject, NULL AS "case", x.clue, CASE x.clue WHEN 'symptom' THEN i.kind WHEN 'explained' THEN 'a cause is likely' ELSE 'no cause is more than possible' END AS says,
       i.first_capture AS capture, i.first_line AS line, i.n AS n
  FROM incident AS i
  LEFT JOIN (SELECT subject, min(grade_rank) AS best FROM verdict WHERE about = 'incident' AND kind IN ('root', 'state') GROUP BY subject) AS v ON v.subject = i.id
  JOIN (SELECT 'symptom' AS clue UNION ALL SELECT 'none-likely' UNION ALL SELECT 'explained') AS x
    ON x.clue = 'symptom' OR (x.clue = 'explained') = (ifnull(v.best, 9) <= 2);

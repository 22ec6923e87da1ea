-- when named
-- What tells the second and later explanations of an incident from its first: what they lack and it does not, else what it lacks.
CREATE VIEW v_apart AS
SELECT x.id AS verdict, x.subject, x.place, x.lead, o.cause AS of, m.clue, m.says, m.capture_next
  FROM (SELECT v.id, v.subject, v.place, l.id AS lead,
               (SELECT min((a.verdict = l.id) << 60 | a.place << 40 | a.rowid) & 0xffffffffff
                  FROM verdict_missing AS a
                 WHERE a.verdict IN (v.id, l.id) AND a.role IN ('needs', 'decides')
                   AND NOT EXISTS (SELECT 1 FROM verdict_missing AS b
                                    WHERE b.verdict IN (v.id, l.id) AND b.verdict <> a.verdict AND b.says = a.says)) AS missing
          FROM v_verdict AS v
          JOIN v_verdict AS l ON l.explains AND l.subject = v.subject AND l.place = 1
         WHERE v.explains AND v.place > 1 AND v.grade_rank <= 3) AS x
  LEFT JOIN verdict_missing AS m ON m.rowid = x.missing
  LEFT JOIN verdict AS o ON o.id = m.verdict;

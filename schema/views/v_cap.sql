-- What held verdicts down, or kept clues from ruling them out: one row a reason, with the clues that count for less.
CREATE VIEW v_cap AS
SELECT c.verdict, c.kind, c.would, c.says, min(c.place) AS nr, group_concat(nullif(c.clue, ''), ', ') AS clues,
       p.short || ':' || c.line AS place
  FROM (SELECT * FROM verdict_cap ORDER BY verdict, place) AS c
  LEFT JOIN v_place AS p ON p.capture = c.capture
 GROUP BY c.verdict, c.kind, c.would, c.says;

-- Clues of verdicts with the place and text of their lines; quote is the text where the line itself is the evidence.
CREATE VIEW v_clue AS
SELECT c.verdict, c.place AS nr, c.clue, c.role, c.says, c.n, c.capture, c.line, c.trust, t.text,
       CASE WHEN c.line IS NULL THEN 'told by the user' ELSE p.short || ':' || c.line END AS place,
       CASE WHEN c.role IN ('trigger', 'decides') THEN t.text END AS quote
  FROM verdict_clue AS c
  LEFT JOIN v_place AS p ON p.capture = c.capture
  LEFT JOIN line_text AS t ON t.capture = c.capture AND t.line = c.line;

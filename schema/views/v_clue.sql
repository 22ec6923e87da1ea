-- Clues of verdicts with the place and text of their lines.
CREATE VIEW v_clue AS
SELECT c.verdict, c.place AS nr, c.clue, c.role, c.says, c.n, c.capture, c.line, c.trust, t.text,
       CASE WHEN c.line IS NULL THEN (SELECT CASE WHEN total(k.trust = 'assumed') = 0 THEN 'told by the user'
                                                  WHEN total(k.trust = 'user') = 0 THEN 'assumed'
                                                  ELSE 'told or assumed' END FROM known_fact AS k WHERE k.told)
            ELSE p.short || ':' || c.line END AS place
  FROM verdict_clue AS c
  LEFT JOIN v_place AS p ON p.capture = c.capture
  LEFT JOIN line_text AS t ON t.capture = c.capture AND t.line = c.line;

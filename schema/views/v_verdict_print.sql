-- when named
-- Each verdict as one text: cause, subject, grade, clues and their lines.  Two runs that print the same conclude the same.
CREATE VIEW v_verdict_print AS
SELECT v.id,
       printf('%s %d %s %s %s: %s %s;', v.cause, ifnull(i.boot, v.subject), i.kind, i.impl, i.device, v.grade, v.says)
       || ifnull((SELECT group_concat(printf('%s %s %d:%d', c.clue, c.says, c.capture, c.line), '; ')
                    FROM (SELECT * FROM verdict_clue WHERE verdict = v.id ORDER BY place) AS c), '') AS print
  FROM verdict AS v
  LEFT JOIN incident AS i ON v.about = 'incident' AND i.id = v.subject;

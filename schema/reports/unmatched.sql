-- report   unmatched
-- title    Lines that no entry claims although a word in them sounds like evidence, most frequent first

SELECT p.short || ':' || u.line AS first, u.n AS lines, u.text, u.reason AS "not claimed because"
  FROM unclaimed AS u
  JOIN v_place AS p ON p.capture = u.capture
 ORDER BY u.reason IS NOT NULL, u.n DESC, u.capture, u.line;

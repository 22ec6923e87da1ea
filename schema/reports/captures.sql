-- report   captures
-- title    What was read, line by line: lines = matched + unmatched + damaged + replayed

SELECT c.name, c.bytes, c.lines, c.matched, c.unmatched, c.damaged, c.replayed, c.torn, c.clipped, c.digest
  FROM capture AS c
 ORDER BY c.id;

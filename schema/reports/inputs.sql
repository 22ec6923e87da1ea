-- report   inputs
-- title    Files, members of archives and files below a folder: what each was taken for, and why it was left

SELECT i.name, i.form, c.lines, c.matched AS recognised, i.why AS "left because"
  FROM input AS i
  LEFT JOIN capture AS c ON c.id = i.capture
 ORDER BY i.id;

-- when named
-- For each boot and change of the host's Linux that its release has, as clues: affected, and vendor where the release is a vendor's own.
CREATE VIEW v_linux_affected AS
SELECT v.boot, v.change, x.clue, printf('Linux %s%s', v.version, v.suffix) AS says, v.capture, v.line
  FROM v_linux_change AS v
  JOIN (SELECT 'affected' AS clue UNION ALL SELECT 'vendor') AS x ON x.clue = 'affected' OR v.suffix <> ''
 WHERE v.state = 'affected';

-- when named
-- When the toolstack began to save or migrate a guest, the first time in each capture.
CREATE VIEW v_guest_saved AS
SELECT g.boot, CAST(substr(n.fields, instr(n.fields, '"domain":') + 9) AS INTEGER) AS domain, n.capture, min(n.line) AS line
  FROM note AS n
  JOIN message AS m ON m.id = n.message AND m.name = 'tool.xc.saving'
  JOIN segment AS g ON g.id = n.segment AND g.boot IS NOT NULL
 WHERE n.trust <> 'guest'
 GROUP BY g.boot, 2, n.capture;

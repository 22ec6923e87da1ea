-- v_observed once: the grading rule asks for it at every case and need.
CREATE TEMP TABLE IF NOT EXISTS observed (boot INTEGER, what TEXT, PRIMARY KEY (boot, what)) WITHOUT ROWID;
DELETE FROM observed;
-- What a line shows that dom0 could have printed rules nothing out.
INSERT INTO observed (boot, what)
SELECT DISTINCT o.boot, o.what
  FROM v_observed AS o
 WHERE o.boot IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM line_text AS t WHERE t.capture = o.capture AND t.line = o.line AND t.speaker = 'xen' AND t.trust = 'host');

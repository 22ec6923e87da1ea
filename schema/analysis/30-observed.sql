-- v_observed once: the grading rule asks for it at every case and need.
CREATE TEMP TABLE IF NOT EXISTS observed (boot INTEGER, what TEXT, PRIMARY KEY (boot, what)) WITHOUT ROWID;
DELETE FROM observed;
INSERT INTO observed (boot, what) SELECT DISTINCT o.boot, o.what FROM v_observed AS o WHERE o.boot IS NOT NULL;

-- when named
-- Options of its command line that Xen says it did not take: unknown (1), or with a value that it refused (0).
CREATE VIEW v_option_refused AS
SELECT g.boot, f.value AS option, f.name = 'xen.unknown_option' AS unknown, f.capture, f.line
  FROM fact AS f
  JOIN segment AS g ON g.id = f.segment AND g.boot IS NOT NULL
 WHERE f.name IN ('xen.bad_option', 'xen.unknown_option') AND f.speaker = 'xen' AND f.trust <> 'guest';

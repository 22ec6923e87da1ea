-- when named
-- What was said when a domain was refused a device, with the incident it made.
CREATE VIEW v_assign_refused AS
SELECT i.id AS incident, a.by, a.domain, a.status, a.says, a.capture, a.line
  FROM assignment AS a
  JOIN segment AS g ON g.id = a.segment AND g.boot IS NOT NULL
  JOIN incident AS i ON i.boot = g.boot AND i.kind = 'assign-refused' AND i.device = coalesce(a.bdf, a.dev, 'd' || a.domain, '?')
 WHERE a.what = 'failed' AND a.trust <> 'guest' AND a.speaker IN ('xen', 'host', 'unknown');

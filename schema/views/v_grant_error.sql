-- when named
-- Grant operations that went wrong, with the incident that each belongs to.
CREATE VIEW v_grant_error AS
SELECT i.id AS incident, i.boot, e.what, e.by, e.domain, e.other, e.mapper, e.caller, e.ref, e.handle, e.frame, e.flags, e.mask, e.status,
       e.count, e.more, e.frames, e."limit", e.free, e.wanted, e.asked, e.addr, e.dev, e.driver, e.message, e.capture, e.line
  FROM grant_error AS e
 CROSS JOIN segment AS g ON g.id = e.segment
 CROSS JOIN incident AS i ON i.boot = g.boot AND i.device = coalesce(e.dev, 'd' || e.domain, 'd' || e.caller, CASE e.by WHEN 'xen' THEN 'Xen' ELSE 'Linux' END)
                         AND i.kind = 'grant-error'
 WHERE e.what NOT IN ('release', 'freed') AND e.trust <> 'guest' AND e.speaker IN ('xen', 'host', 'unknown')
UNION ALL
SELECT i.id, i.boot, 'map-failed', 'trace', o.domain, o.domain, ifnull(o.mapper, 0), NULL, o.ref, NULL, NULL, o.flags, NULL, o.status,
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, o.message, o.capture, o.line
  FROM grant_op AS o
 CROSS JOIN segment AS g ON g.id = o.segment
 CROSS JOIN incident AS i ON i.boot = g.boot AND i.device = 'd' || o.domain AND i.kind = 'grant-error'
 WHERE o.status < 0 AND o.status <> -12 AND o.op = 'map' AND o.trust <> 'guest';

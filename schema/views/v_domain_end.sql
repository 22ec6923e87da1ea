-- when named
-- Signs that a domain ended, with times on the base clock, ns.
CREATE VIEW v_domain_end AS
SELECT g.boot, e.domain, e.capture, e.line, e.what, e.t_lo + k.offset_lo AS base_lo, e.t_hi + k.offset_hi AS base_hi
  FROM domain_event AS e
  JOIN segment AS g ON g.id = e.segment
  LEFT JOIN clock AS k ON k.id = e.clock
 WHERE e.trust <> 'guest' AND e.speaker IN ('xen', 'host', 'unknown') AND e.domain > 0
UNION ALL
SELECT g.boot, i.domain, i.capture, i.line, 'dying', i.t_lo + k.offset_lo, i.t_hi + k.offset_hi
  FROM domain_info AS i
  JOIN segment AS g ON g.id = i.segment
  LEFT JOIN clock AS k ON k.id = i.clock
 WHERE i.trust <> 'guest' AND i.speaker = 'xen' AND i.dying > 0 AND i.domain > 0
UNION ALL
SELECT g.boot, l.domain, l.capture, l.line, 'active grants left', l.t_lo + k.offset_lo, l.t_hi + k.offset_hi
  FROM grant_left AS l
  JOIN segment AS g ON g.id = l.segment
  LEFT JOIN clock AS k ON k.id = l.clock
 WHERE l.trust <> 'guest' AND l.speaker = 'xen' AND l.domain > 0;

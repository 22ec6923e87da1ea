-- Whether the printed banks of a 1:1 dom0 add up to what Xen says it allocated: a lost line would make its own pages look foreign.
CREATE VIEW v_dom0_memory AS
SELECT g.boot, min(a.capture) AS capture, min(a.line) AS line, max(a.mb) AS mb,
       (SELECT CAST(total(r.last - r.first) / 1048576 AS INTEGER) FROM v_range AS r
         WHERE r.boot = g.boot AND r.kind = 'dom-bank' AND r.domain = 0) AS bank_mb,
       (SELECT count(*) FROM v_range AS r WHERE r.boot = g.boot AND r.kind = 'host-ram') AS ram_ranges
  FROM allocation AS a
  JOIN segment AS g ON g.id = a.segment
 WHERE a.domain = 0 AND a.direct = 1 AND a.trust <> 'guest' AND a.speaker = 'xen'
 GROUP BY g.boot;

-- Incidents that follow from another one of the same device: said there, and not asked about.
DELETE FROM incident_follow;

-- when SELECT 1 FROM incident WHERE kind IN (SELECT kind FROM follow_rule)
CREATE TEMP TABLE IF NOT EXISTS incident_span (
  incident INTEGER PRIMARY KEY, first_lo INTEGER, first_hi INTEGER, last_lo INTEGER, last_hi INTEGER);
DELETE FROM incident_span;
INSERT INTO incident_span
SELECT i.id, min(x.lo), min(x.hi), max(x.lo), max(x.hi)
  FROM (SELECT 'stuck' AS kind, g.boot, coalesce(e.dev, e.netdev, e.driver) AS dev, e.t_lo + k.offset_lo AS lo, e.t_hi + k.offset_hi AS hi
          FROM device_event AS e JOIN segment AS g ON g.id = e.segment JOIN clock AS k ON k.id = e.clock
         WHERE e.what IN ('timeout', 'hang', 'frozen', 'reset-failed', 'tx-exhausted') AND e.trust <> 'guest'
        UNION ALL
        SELECT 'pci-error', g.boot, ifnull(e.bdf, e.source), e.t_lo + k.offset_lo, e.t_hi + k.offset_hi
          FROM pci_error AS e JOIN segment AS g ON g.id = e.segment JOIN clock AS k ON k.id = e.clock
         WHERE ifnull(e.severity, '') <> 'corrected' AND e.trust <> 'guest'
        UNION ALL
        SELECT 'bounce-failed', g.boot, ifnull(e.dev, '?'), e.t_lo + k.offset_lo, e.t_hi + k.offset_hi
          FROM swiotlb_full AS e JOIN segment AS g ON g.id = e.segment JOIN clock AS k ON k.id = e.clock
         WHERE e.trust <> 'guest'
        UNION ALL
        SELECT 'dma-refused', g.boot, coalesce(e.dev, e.driver, '?'), e.t_lo + k.offset_lo, e.t_hi + k.offset_hi
          FROM dma_error AS e JOIN segment AS g ON g.id = e.segment JOIN clock AS k ON k.id = e.clock
         WHERE e.trust <> 'guest'
        UNION ALL
        SELECT 'device-error', g.boot, e.dev, e.t_lo + k.offset_lo, e.t_hi + k.offset_hi
          FROM device_error AS e JOIN segment AS g ON g.id = e.segment JOIN clock AS k ON k.id = e.clock
         WHERE e.trust <> 'guest'
        UNION ALL
        SELECT 'fault', c.boot, c.device, c.base_lo, c.base_hi FROM fault_case AS c) AS x
 CROSS JOIN incident AS i ON i.boot = x.boot AND i.device = x.dev AND x.kind = ifnull((SELECT k.kind FROM incident_kind AS k WHERE k.kind = i.kind), 'fault')
 GROUP BY i.id
HAVING count(x.lo) = count(*) AND count(x.hi) = count(*);

INSERT INTO incident_follow (incident, follows, reason)
SELECT b.id, min(a.id), r.reason
  FROM (SELECT i.id, i.boot, i.kind, i.device AS name
          FROM incident AS i
        UNION
        SELECT i.id, i.boot, i.kind, n.other
          FROM incident AS i
          JOIN identity AS n ON n.boot = i.boot AND n.name = i.device AND n.how = 'is') AS b
  JOIN incident AS a ON a.boot = b.boot AND a.device = b.name AND a.id <> b.id
  JOIN follow_rule AS r ON r.kind = b.kind AND r.of = ifnull((SELECT k.kind FROM incident_kind AS k WHERE k.kind = a.kind), 'fault')
  JOIN incident_span AS s ON s.incident = b.id
  JOIN incident_span AS t ON t.incident = a.id
 -- For every instant that the stamps allow: it does not begin before the other one did, nor too long after that one ended.
 WHERE s.first_lo >= t.first_hi - r.before AND s.first_hi <= t.last_lo + r.after
   AND NOT EXISTS (SELECT 1 FROM verdict AS v WHERE v.about = 'incident' AND v.subject = b.id AND v.grade_rank <= 2 AND v.kind = 'root')
 GROUP BY b.id;

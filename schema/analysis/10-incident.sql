-- Faults to incidents and cases; complaints of devices and of the bounce pool to incidents of their own.

DELETE FROM incident;
DELETE FROM fault_case;
DELETE FROM consequence;
DELETE FROM incident_iova;

-- when SELECT 1 FROM iommu_fault
CREATE TEMP TABLE IF NOT EXISTS fault_at (
  fault INTEGER PRIMARY KEY, incident INTEGER, boot INTEGER, capture INTEGER, line INTEGER, impl TEXT, driven_by TEXT,
  kind TEXT, access TEXT, domain INTEGER, device TEXT, stream INTEGER, context INTEGER, bdf TEXT, iova INTEGER, page INTEGER,
  base_lo INTEGER, base_hi INTEGER, near INTEGER);
DELETE FROM fault_at;
INSERT INTO fault_at
SELECT f.id, NULL, f.boot, f.capture, f.line, f.impl, f.by, f.kind, f.access, f.domain, f.device, f.stream, f.context,
       f.bdf, f.iova, f.page, f.base_lo, f.base_hi, ifnull(j.distance <= 60000000000, 0)
  FROM v_fault AS f
  LEFT JOIN fault_join AS j ON j.fault = f.id;

INSERT INTO incident (boot, kind, impl, device, access, stream, domain, n, pages, first_iova,
                      first_capture, first_line, last_capture, last_line)
SELECT boot, kind, impl, device,
       CASE WHEN min(access) = max(access) AND count(access) = count(*) THEN min(access) END,
       CASE WHEN min(stream) = max(stream) THEN min(stream) END,
       CASE WHEN min(domain) = max(domain) THEN min(domain) END,
       count(*), count(DISTINCT page), NULL,
       min(capture << 40 | line) >> 40, min(capture << 40 | line) & 0xffffffffff,
       max(capture << 40 | line) >> 40, max(capture << 40 | line) & 0xffffffffff
  FROM fault_at
 GROUP BY boot, kind, impl, device
 ORDER BY min(capture << 40 | line);

CREATE INDEX IF NOT EXISTS temp.fault_at_line ON fault_at (capture, line);

UPDATE incident
   SET first_iova = (SELECT a.iova FROM fault_at AS a
                      WHERE a.capture = incident.first_capture AND a.line = incident.first_line LIMIT 1);

CREATE INDEX IF NOT EXISTS temp.fault_at_incident ON fault_at (boot, device, kind, impl);

UPDATE fault_at
   SET incident = i.id
  FROM incident AS i
 WHERE i.boot = fault_at.boot AND i.kind = fault_at.kind AND i.impl = fault_at.impl AND i.device = fault_at.device;

INSERT INTO incident_iova (incident, place, iova)
SELECT x.incident, x.nr, x.iova
  FROM (SELECT incident, iova, row_number() OVER (PARTITION BY incident ORDER BY min(fault)) AS nr
          FROM fault_at
         WHERE iova IS NOT NULL
         GROUP BY incident, iova) AS x
 WHERE x.nr <= 16;

CREATE INDEX IF NOT EXISTS temp.fault_at_line ON fault_at (capture, line);
CREATE INDEX IF NOT EXISTS temp.fault_at_time ON fault_at (boot, base_lo);

INSERT INTO fault_case (incident, boot, impl, driven_by, kind, access, domain, frame_class, grant_state, relation, near, n,
                        capture, line, iova, page, device, stream, context, base_lo, base_hi,
                        grant_why, grant_ref, grant_domain, grant_mapper, distance, grant_capture, grant_line,
                        end_what, end_capture, end_line, unshown, told)
SELECT c.incident, c.boot, c.impl, c.driven_by, c.kind, c.access, c.domain, c.frame_class, c.grant_state, c.relation, c.near, c.n,
       a.capture, a.line, a.iova, a.page, a.device, a.stream, a.context, a.base_lo, a.base_hi,
       j.grant_why, j.grant_ref, j.grant_domain, j.grant_mapper, j.distance, j.capture, j.line,
       j.end_what, j.end_capture, j.end_line, j.unshown, ifnull(j.told, 0)
  FROM (SELECT a.incident, a.boot, a.impl, a.driven_by, a.kind, a.access, a.domain,
               j.frame_class, j.grant_state, j.relation, a.near, count(*) AS n, min(a.fault) AS first
          FROM fault_at AS a
          LEFT JOIN fault_join AS j ON j.fault = a.fault
         GROUP BY a.incident, a.driven_by, a.access, a.domain, j.frame_class, j.grant_state, j.relation, a.near) AS c
  JOIN fault_at AS a ON a.fault = c.first
  LEFT JOIN fault_join AS j ON j.fault = c.first
 ORDER BY c.incident, c.first;

-- A device's complaint follows from a fault that comes within the rule's time, on either side: the nearest ones by line and by time are asked.
-- when SELECT 1 FROM incident, device_error
CREATE TEMP TABLE IF NOT EXISTS error_at (
  error INTEGER PRIMARY KEY, boot INTEGER, capture INTEGER, line INTEGER, dev TEXT, class TEXT, what TEXT, within INTEGER,
  message TEXT, base_lo INTEGER, base_hi INTEGER);
DELETE FROM error_at;
INSERT INTO error_at
SELECT d.id, g.boot, d.capture, d.line, d.dev, d.class, d.what, r.within, m.name, d.t_lo + k.offset_lo, d.t_hi + k.offset_hi
  FROM device_error AS d
  JOIN segment AS g ON g.id = d.segment
  JOIN message AS m ON m.id = d.message
  JOIN consequence_rule AS r ON r.what = d.what
  LEFT JOIN clock AS k ON k.id = d.clock
 WHERE d.trust <> 'guest' AND d.speaker IN ('host', 'unknown') AND g.boot IS NOT NULL;

CREATE TEMP TABLE IF NOT EXISTS error_fault (error INTEGER, fault INTEGER, PRIMARY KEY (error, fault)) WITHOUT ROWID;
DELETE FROM error_fault;
INSERT OR IGNORE INTO error_fault
SELECT e.error, (SELECT n.fault FROM fault_at AS n WHERE n.capture = e.capture AND n.line <= e.line ORDER BY n.line DESC LIMIT 1) AS f
  FROM error_at AS e WHERE f IS NOT NULL;
INSERT OR IGNORE INTO error_fault
SELECT e.error, (SELECT n.fault FROM fault_at AS n WHERE n.capture = e.capture AND n.line >= e.line ORDER BY n.line LIMIT 1) AS f
  FROM error_at AS e WHERE f IS NOT NULL;
INSERT OR IGNORE INTO error_fault
SELECT e.error, (SELECT n.fault FROM fault_at AS n WHERE n.boot = e.boot AND n.base_lo <= e.base_hi ORDER BY n.base_lo DESC LIMIT 1) AS f
  FROM error_at AS e WHERE f IS NOT NULL;
INSERT OR IGNORE INTO error_fault
SELECT e.error, (SELECT n.fault FROM fault_at AS n WHERE n.boot = e.boot AND n.base_lo >= e.base_lo ORDER BY n.base_lo LIMIT 1) AS f
  FROM error_at AS e WHERE f IS NOT NULL;

INSERT INTO consequence (incident, error, message, dev, class, what, same, certain, capture, line)
SELECT x.incident, x.error, x.message, x.dev, x.class, x.what,
       max((x.bdf IS NULL OR x.bdf = x.dev) AND ifnull(x.domain, 0) = 0), max(x.certain), x.capture, x.line
  FROM (SELECT a.incident, e.error, e.message, e.dev, e.class, e.what, e.capture, e.line, a.bdf, a.domain,
               CASE WHEN a.capture = e.capture AND abs(a.line - e.line) <= 2 THEN 1
                    ELSE ifnull(e.base_hi - a.base_lo <= e.within AND a.base_hi - e.base_lo <= e.within, 0) END AS certain,
               CASE WHEN a.base_lo IS NULL OR a.base_hi IS NULL OR e.base_lo IS NULL OR e.base_hi IS NULL
                    THEN (a.capture = e.capture AND abs(a.line - e.line) <= 2)
                         OR ifnull(e.base_lo <= a.base_hi + e.within AND a.base_lo IS NULL AND a.base_hi <= e.base_hi + e.within, 0)
                    ELSE e.base_lo - e.within <= a.base_hi AND a.base_lo <= e.base_hi + e.within END AS possible
          FROM error_fault AS p
         CROSS JOIN error_at AS e ON e.error = p.error
         CROSS JOIN fault_at AS a ON a.fault = p.fault AND a.boot = e.boot) AS x
 WHERE x.possible
 GROUP BY x.error, x.incident;

-- What no fault explains is an incident of its own.
-- when SELECT 1 FROM device_error
INSERT INTO incident (boot, kind, impl, device, n, pages, first_capture, first_line, last_capture, last_line)
SELECT g.boot, 'device-error', 'device', d.dev, count(*), 0,
       min(d.capture << 40 | d.line) >> 40, min(d.capture << 40 | d.line) & 0xffffffffff,
       max(d.capture << 40 | d.line) >> 40, max(d.capture << 40 | d.line) & 0xffffffffff
  FROM device_error AS d
  JOIN segment AS g ON g.id = d.segment
 WHERE d.trust <> 'guest' AND d.speaker IN ('host', 'unknown') AND g.boot IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM consequence AS c WHERE c.error = d.id AND c.same)
 GROUP BY g.boot, d.dev
 ORDER BY min(d.capture << 40 | d.line);

-- when SELECT 1 FROM swiotlb_full
INSERT INTO incident (boot, kind, impl, device, n, pages, first_capture, first_line, last_capture, last_line)
SELECT g.boot, 'bounce-failed', 'swiotlb', ifnull(s.dev, '?'), count(*), 0,
       min(s.capture << 40 | s.line) >> 40, min(s.capture << 40 | s.line) & 0xffffffffff,
       max(s.capture << 40 | s.line) >> 40, max(s.capture << 40 | s.line) & 0xffffffffff
  FROM swiotlb_full AS s
  JOIN segment AS g ON g.id = s.segment
 WHERE s.trust <> 'guest' AND s.speaker IN ('host', 'unknown') AND g.boot IS NOT NULL
 GROUP BY g.boot, ifnull(s.dev, '?')
 ORDER BY min(s.capture << 40 | s.line);

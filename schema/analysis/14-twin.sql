-- Refused addresses below 4 GiB that are the lower 32 bits of what was mapped above: a device, or its driver, lost the rest.  One join a kind of witness,
-- however many faults there are.
DELETE FROM fault_twin;

-- when SELECT 1 FROM iommu_fault, fault_case WHERE fault_case.page BETWEEN 1 AND 0xfffff AND (EXISTS (SELECT 1 FROM grant_snapshot WHERE frame > 0xfffff) OR EXISTS (SELECT 1 FROM grant_interval WHERE frame > 0xfffff) OR EXISTS (SELECT 1 FROM dma_map WHERE dma > 0xffffffff) OR EXISTS (SELECT 1 FROM iommu_map WHERE iova > 0xffffffff))
CREATE TEMP TABLE IF NOT EXISTS low_fault (
  incident INTEGER, iova INTEGER, page INTEGER, boot INTEGER, driven_by TEXT, domain INTEGER, device TEXT, base_lo INTEGER, base_hi INTEGER,
  PRIMARY KEY (incident, iova)) WITHOUT ROWID;
DELETE FROM low_fault;
INSERT INTO low_fault
SELECT a.incident, a.iova, a.page, a.boot, a.driven_by, a.domain, a.device, a.base_lo, a.base_hi
  FROM fault_at AS a
  JOIN (SELECT min(a.fault) AS fault
          FROM fault_at AS a
         WHERE (a.incident, a.iova) IN (SELECT v.incident, v.iova FROM incident_iova AS v WHERE v.iova BETWEEN 4096 AND 0xffffffff)
         GROUP BY a.incident, a.iova) AS f ON f.fault = a.fault
 WHERE a.kind IN ('translation', 'no-access', 'unknown');

-- Grants that dom0 had mapped, as dumps show them.
INSERT OR IGNORE INTO fault_twin (incident, iova, high, how, live, capture, line)
SELECT f.incident, f.iova, s.frame << 12, 'dump', 1, s.capture, min(s.line)
  -- The first 16 of those with the same lower half.
  FROM (SELECT x.boot, x.frame, x.low, x.at >> 40 AS capture, x.at & 0xffffffffff AS line, row_number() OVER (PARTITION BY x.boot, x.low ORDER BY x.at, x.frame) AS nr
          FROM (SELECT g.boot, s.frame, s.frame & 0xfffff AS low, min(s.capture << 40 | s.line) AS at
                  FROM grant_snapshot AS s
                  JOIN segment AS g ON g.id = s.segment
                 WHERE s.frame BETWEEN 0x100000 AND 0xfffffffff AND s.mapper = 0 AND s.trust <> 'guest' AND s.speaker = 'xen'
                 GROUP BY g.boot, s.frame) AS x) AS s
  JOIN low_fault AS f ON f.boot = s.boot AND f.page = s.low AND s.nr <= 16
 WHERE f.driven_by = 'xen' AND ifnull(f.domain, 0) = 0
 GROUP BY f.incident, f.iova, s.frame;

-- Grants that a trace shows, mapped for certain at that time.
INSERT OR IGNORE INTO fault_twin (incident, iova, high, how, live, capture, line)
SELECT f.incident, f.iova, i.frame << 12, 'grant',
       max(ifnull(m.t_hi + k.offset_hi <= f.base_lo, 0) AND (i.end_op IS NULL OR ifnull(e.t_lo + x.offset_lo >= f.base_hi, 0)) AND NOT i.gap AND NOT i.unshown), m.capture, min(m.line)
  FROM grant_interval AS i
  JOIN low_fault AS f ON f.boot = i.boot AND f.page = i.frame & 0xfffff
  JOIN grant_op AS m ON m.id = i.map_op
  LEFT JOIN clock AS k ON k.id = m.clock
  LEFT JOIN grant_op AS e ON e.id = i.end_op
  LEFT JOIN clock AS x ON x.id = e.clock
 WHERE i.state IN ('closed', 'open', 'reused') AND i.frame BETWEEN 0x100000 AND 0xfffffffff AND ifnull(m.mapper, 0) = 0
   AND f.driven_by = 'xen' AND ifnull(f.domain, 0) = 0
   AND (m.t_lo + k.offset_lo IS NULL OR f.base_hi IS NULL OR m.t_lo + k.offset_lo <= f.base_hi)
   AND (e.t_hi + x.offset_hi IS NULL OR f.base_lo IS NULL OR e.t_hi + x.offset_hi >= f.base_lo)
 GROUP BY f.incident, f.iova, i.frame;

-- What was handed to that very device: the offset has to fit, too.
INSERT OR IGNORE INTO fault_twin (incident, iova, high, how, live, capture, line)
SELECT x.incident, x.iova, x.dma, 'dma', ifnull(x.mapped > ifnull(x.maybe_unmapped, 0), 0), x.capture, ifnull(x.mapped, x.maybe_mapped)
  FROM (SELECT f.incident, f.iova, d.dma, min(d.capture) AS capture,
               max(CASE WHEN d.what = 'map' AND d.t_hi + k.offset_hi <= f.base_lo THEN d.line END) AS mapped,
               max(CASE WHEN d.what = 'map' THEN d.line END) AS maybe_mapped,
               max(CASE WHEN d.what = 'unmap' AND ifnull(d.t_lo + k.offset_lo <= f.base_hi, 1) THEN d.line END) AS maybe_unmapped,
               max(CASE WHEN d.what = 'unmap' AND d.t_hi + k.offset_hi <= f.base_lo THEN d.line END) AS unmapped
          FROM dma_map AS d
          JOIN segment AS g ON g.id = d.segment
          JOIN low_fault AS f ON f.boot = g.boot AND f.device = d.dev AND f.iova >= (d.dma & 0xffffffff) AND f.iova - (d.dma & 0xffffffff) < d.size
          LEFT JOIN clock AS k ON k.id = d.clock
         WHERE d.dma > 0xffffffff AND d.what IN ('map', 'unmap') AND d.trust <> 'guest'
           AND (d.what = 'unmap' OR d.t_lo + k.offset_lo IS NULL OR f.base_hi IS NULL OR d.t_lo + k.offset_lo <= f.base_hi)
         GROUP BY f.incident, f.iova, d.dma
        HAVING min(d.capture) = max(d.capture)) AS x
 WHERE x.maybe_mapped > ifnull(x.unmapped, 0);

-- Ranges that Linux entered into the tables of an IOMMU; the trace names no device.
INSERT OR IGNORE INTO fault_twin (incident, iova, high, how, live, capture, line)
SELECT x.incident, x.iova, x.high, 'iommu', ifnull(x.mapped > ifnull(x.maybe_unmapped, 0), 0), x.capture, ifnull(x.mapped, x.maybe_mapped)
  FROM (SELECT f.incident, f.iova, m.iova AS high, min(m.capture) AS capture,
               max(CASE WHEN m.what = 'map' AND m.t_hi + k.offset_hi <= f.base_lo THEN m.line END) AS mapped,
               max(CASE WHEN m.what = 'map' THEN m.line END) AS maybe_mapped,
               max(CASE WHEN m.what = 'unmap' AND ifnull(m.t_lo + k.offset_lo <= f.base_hi, 1) THEN m.line END) AS maybe_unmapped,
               max(CASE WHEN m.what = 'unmap' AND m.t_hi + k.offset_hi <= f.base_lo THEN m.line END) AS unmapped
          FROM iommu_map AS m
          JOIN segment AS g ON g.id = m.segment
          JOIN low_fault AS f ON f.boot = g.boot AND f.driven_by = 'linux' AND f.iova >= (m.iova & 0xffffffff) AND f.iova - (m.iova & 0xffffffff) < m.size
          LEFT JOIN clock AS k ON k.id = m.clock
         WHERE m.iova > 0xffffffff AND m.trust <> 'guest'
           AND (m.what = 'unmap' OR m.t_lo + k.offset_lo IS NULL OR f.base_hi IS NULL OR m.t_lo + k.offset_lo <= f.base_hi)
         GROUP BY f.incident, f.iova, m.iova
        HAVING min(m.capture) = max(m.capture)) AS x
 WHERE x.maybe_mapped > ifnull(x.unmapped, 0);

-- when SELECT 1 FROM fault_twin
UPDATE fault_twin
   SET among = CASE how WHEN 'dump' THEN (SELECT count(DISTINCT s.frame) FROM grant_snapshot AS s WHERE s.frame > 0xfffff)
                        WHEN 'grant' THEN (SELECT count(DISTINCT i.frame) FROM grant_interval AS i WHERE i.frame > 0xfffff)
                        WHEN 'dma' THEN (SELECT count(DISTINCT d.page) FROM dma_map AS d WHERE d.dma > 0xffffffff)
                        ELSE (SELECT count(DISTINCT m.iova) FROM iommu_map AS m WHERE m.iova > 0xffffffff) END;

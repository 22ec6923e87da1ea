-- when named
-- For a case of refused accesses where Linux drives the IOMMU: what a trace shows of its first address, by the last line of each kind;
-- unknown where something of that capture was lost behind that line.
CREATE VIEW v_iommu_map AS
SELECT x."case", x.incident, x.iova, x.capture, x.mapped, x.maybe_mapped, x.unmapped, x.maybe_unmapped, x.maps, x.unmaps,
       CASE WHEN l.line > max(ifnull(x.mapped, 0), ifnull(x.unmapped, 0)) THEN 'unknown'
            WHEN x.unmapped > ifnull(x.maybe_mapped, 0) THEN 'ended'
            WHEN x.mapped > ifnull(x.maybe_unmapped, 0) THEN 'live'
            ELSE 'unknown' END AS state
  FROM (SELECT c.id AS "case", c.incident, c.iova, m.capture,
               max(CASE WHEN m.what = 'map' AND m.t_hi + k.offset_hi <= c.base_lo THEN m.line END) AS mapped,
               max(CASE WHEN m.what = 'map' AND m.t_lo + k.offset_lo <= c.base_hi THEN m.line END) AS maybe_mapped,
               max(CASE WHEN m.what = 'unmap' AND m.t_hi + k.offset_hi <= c.base_lo THEN m.line END) AS unmapped,
               max(CASE WHEN m.what = 'unmap' AND m.t_lo + k.offset_lo <= c.base_hi THEN m.line END) AS maybe_unmapped,
               count(CASE WHEN m.what = 'map' AND m.t_hi + k.offset_hi <= c.base_lo THEN 1 END) AS maps,
               count(CASE WHEN m.what = 'unmap' AND m.t_hi + k.offset_hi <= c.base_lo THEN 1 END) AS unmaps
          FROM fault_case AS c
          JOIN v_base AS k ON k.boot = c.boot
          JOIN iommu_map AS m ON m.clock = k.clock AND m.trust <> 'guest' AND c.iova >= m.iova AND c.iova - m.iova < m.size
         WHERE c.driven_by = 'linux'
         GROUP BY c.id
        HAVING min(m.capture) = max(m.capture)) AS x
  LEFT JOIN (SELECT l.capture, max(l.line) AS line FROM loss AS l WHERE l.trust <> 'guest' GROUP BY l.capture) AS l ON l.capture = x.capture;

-- when named
-- What each device tree says of each device: its IOMMU, its stream IDs, and whether it is behind one (yes, no; unknown: the tree cannot tell).
CREATE VIEW v_dt_device AS
SELECT d.capture, d.line, d.path, d.dev, n.compatible, n.base, n.state AS status, n.marks AS has,
       (SELECT group_concat(DISTINCT s.instance) FROM tree_stream AS s WHERE s.capture = d.capture AND s.path = d.path) AS iommu,
       (SELECT group_concat(printf('0x%x', s.stream) || CASE WHEN s.count > 1 THEN printf('-0x%x', s.stream + s.count - 1) ELSE '' END
                            || CASE WHEN s.mask THEN printf('/0x%x', s.mask) ELSE '' END, ' ')
          FROM tree_stream AS s WHERE s.capture = d.capture AND s.path = d.path AND s.stream IS NOT NULL) AS streams,
       d.behind, d.says
  FROM tree_device AS d
  JOIN tree_node AS n ON n.capture = d.capture AND n.line = d.line;

-- Refused accesses of devices whose bus gives memory other addresses than the processor does, by a device tree (dma-ranges); also those that may
-- be such a device's, as no stream is told. Whether the IOMMU is in front of that or behind it no tree tells: which page was meant is not known.
CREATE VIEW v_moved AS
SELECT f.id AS fault, g.boot, n.path, n.capture, n.line
  FROM tree_node AS n
  JOIN tree_use AS u ON u.capture = n.capture AND NOT u.other
  JOIN tree_stream AS s ON s.capture = n.capture AND s.path = n.path
  JOIN segment AS g ON g.boot = u.boot
  JOIN (SELECT id, segment, CASE impl WHEN 'smmuv3' THEN ifnull(word0 >> 32 & 0xffffffff, stream) ELSE stream & 0xffff END AS stream
          FROM iommu_fault WHERE impl NOT IN ('vtd', 'amd')) AS f ON f.segment = g.id
 WHERE n.marks LIKE '%dma-moved%'
   AND (f.stream IS NULL OR s.stream IS NULL
        OR CASE WHEN s.count IS NULL THEN (f.stream & ~ifnull(s.mask, 0)) = (s.stream & ~ifnull(s.mask, 0))
                ELSE f.stream BETWEEN s.stream AND s.stream + s.count - 1 END);

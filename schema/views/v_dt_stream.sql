-- when named
-- What the trees give the stream of each case to: a device's own ID, but for the bits of its mask, or one of a stretch that requesters are mapped to.
CREATE VIEW v_dt_stream AS
SELECT c.id AS "case", s.id, s.capture, s.line, s.path, s.dev, s.how, ifnull(s.count > 1, 0) AS stretch
  FROM fault_case AS c
  JOIN v_dt_case AS i ON i."case" = c.id
  JOIN tree_stream AS s ON s.capture = i.capture AND s.instance = i.path
   AND CASE WHEN s.count IS NULL THEN (c.stream & ~ifnull(s.mask, 0)) = (s.stream & ~ifnull(s.mask, 0))
            ELSE c.stream BETWEEN s.stream AND s.stream + s.count - 1
                 AND ((c.stream - s.stream + s.requester) & ~ifnull(s.requester_mask, -1)) = 0 END;

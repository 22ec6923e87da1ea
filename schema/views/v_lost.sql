-- when named
-- The first messages of each boot that were lost or suppressed: what was not seen, and how often something came, is not certain then.
CREATE VIEW v_lost AS
SELECT x.boot, l.capture, l.line, CASE l.what WHEN 'torn' THEN 'a line was cut by another speaker''s, and its rest is not here' WHEN 'damaged' THEN 'a line that sounds like evidence is damaged'
                                       WHEN 'clipped' THEN 'a line that sounds like evidence is longer than the limit' WHEN 'overflow' THEN 'the queue of an IOMMU overflowed' WHEN 'trace' THEN ifnull(l.count, 'some') || ' records are missing from a trace'
                                       ELSE ifnull(l.count, 'some') || ' messages were ' || l.what END AS says
  FROM (SELECT g.boot, min(l.id) AS first FROM loss AS l JOIN segment AS g ON g.id = l.segment WHERE l.trust <> 'guest' GROUP BY g.boot) AS x
  JOIN loss AS l ON l.id = x.first;

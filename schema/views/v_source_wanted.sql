-- when named
-- Places in images of the last call whose source lines are not known yet, by image.
CREATE VIEW v_source_wanted AS
SELECT DISTINCT c.image, c.at
  FROM v_code AS c
  JOIN v_image AS i ON i.name = c.image AND i.call = (SELECT max(x.call) FROM capture AS x)
 WHERE EXISTS (SELECT 1 FROM image_fact AS f WHERE f.capture = i.capture AND f.what = 'debug-lines')
   AND NOT EXISTS (SELECT 1 FROM source_line AS s WHERE s.image = c.image AND s.at = c.at)
 ORDER BY c.image, c.at;

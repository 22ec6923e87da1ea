-- The domains of xl list -l, an array of JSON that stands in many lines, and their devices.  Nothing of one that is cut short.
DELETE FROM domain_config;
DELETE FROM domain_device;

-- when SELECT 1 FROM listing_line WHERE what = 'xl-list'
INSERT INTO domain_config (capture, boot, line, domain, name, type, config)
SELECT d.capture, d.boot,
       ifnull((SELECT min(l.line) FROM listing_line AS l
                WHERE l.capture = d.capture AND l.what = 'xl-list' AND l.text LIKE '%"domid": ' || json_extract(v.value, '$.domid') || ',%'), 1),
       json_extract(v.value, '$.domid'), json_extract(v.value, '$.config.c_info.name'), json_extract(v.value, '$.config.c_info.type'),
       json_extract(v.value, '$.config')
  FROM (SELECT l.capture, l.boot, group_concat(l.text, char(10)) AS text
          FROM (SELECT l.capture, g.boot, l.text
                  FROM listing_line AS l
                  JOIN segment AS g ON g.id = l.segment
                 WHERE l.what = 'xl-list' AND l.trust <> 'guest' AND g.boot IS NOT NULL
                   AND l.capture IN (SELECT o.capture FROM listing_line AS o GROUP BY o.capture HAVING sum(length(o.text)) < 1 << 24)
                 ORDER BY l.capture, l.line) AS l
         GROUP BY l.capture, l.boot) AS d
  JOIN json_each(CASE WHEN json_valid(d.text) THEN d.text ELSE '[]' END) AS v
 WHERE v.type = 'object' AND json_type(v.value, '$.domid') = 'integer'
   AND ifnull(json_type(v.value, '$.config.c_info.name'), 'text') = 'text' AND ifnull(json_type(v.value, '$.config.c_info.type'), 'text') = 'text'
   AND ifnull(json_type(v.value, '$.config'), 'object') = 'object';

INSERT INTO domain_device (capture, boot, line, domain, bdf, path)
SELECT c.capture, c.boot, c.line, c.domain,
       printf('%04x:%02x:%02x.%d', ifnull(json_extract(v.value, '$.domain'), 0), ifnull(json_extract(v.value, '$.bus'), 0),
              ifnull(json_extract(v.value, '$.dev'), 0), ifnull(json_extract(v.value, '$.func'), 0)), NULL
  FROM domain_config AS c
  JOIN json_each(c.config, '$.pcidevs') AS v
 WHERE v.type = 'object'
UNION ALL
SELECT c.capture, c.boot, c.line, c.domain, NULL, CAST(json_extract(v.value, '$.path') AS TEXT)
  FROM domain_config AS c
  JOIN json_each(c.config, '$.dtdevs') AS v
 WHERE v.type = 'object';

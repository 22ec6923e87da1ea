-- when named
-- Stable: every image that was read, and every list of symbols: what it is, and what identifies it.
CREATE VIEW v_image AS
SELECT i.capture, i.line, c.name, c.call,
       CASE WHEN i.type = 'core' THEN 'core'
            WHEN i.module IS NOT NULL THEN 'module'
            WHEN i.banner IS NOT NULL OR i.release IS NOT NULL THEN 'linux'
            WHEN EXISTS (SELECT 1 FROM symbol AS s WHERE s.name IN ('start_xen', '__start_xen') AND s.capture = i.capture)
              OR EXISTS (SELECT 1 FROM known_fact AS k WHERE k.name = 'xen.build_id' AND k.value = i.build_id) THEN 'xen'
            WHEN EXISTS (SELECT 1 FROM symbol AS s WHERE s.name = 'start_kernel' AND s.capture = i.capture) THEN 'linux'
            ELSE 'program' END AS kind,
       i.form, m.name AS machine, i.build_id, i.banner, i.release, i.module, i.vermagic
  FROM (SELECT i.capture, i.line, i.form, i.type,
               (SELECT f.says FROM image_fact AS f WHERE f.capture = i.capture AND f.what = 'build-id') AS build_id,
               (SELECT f.says FROM image_fact AS f WHERE f.capture = i.capture AND f.what = 'banner') AS banner,
               (SELECT f.says FROM image_fact AS f WHERE f.capture = i.capture AND f.what = 'release') AS release,
               (SELECT f.says FROM image_fact AS f WHERE f.capture = i.capture AND f.what = 'module') AS module,
               (SELECT f.says FROM image_fact AS f WHERE f.capture = i.capture AND f.what = 'vermagic') AS vermagic,
               (SELECT max(x.machine) FROM image AS x WHERE x.capture = i.capture) AS cpu
          FROM image AS i
         WHERE i.line = (SELECT min(x.line) FROM image AS x WHERE x.capture = i.capture)
        UNION ALL
        SELECT c.id, 1, 'symbols', NULL, NULL, NULL, NULL, NULL, NULL, NULL
          FROM capture AS c
         WHERE EXISTS (SELECT 1 FROM symbol AS s WHERE s.capture = c.id)
           AND NOT EXISTS (SELECT 1 FROM image AS x WHERE x.capture = c.id)) AS i
  JOIN capture AS c ON c.id = i.capture
  LEFT JOIN decode AS m ON m.register = 'elf.machine' AND m.code = i.cpu;

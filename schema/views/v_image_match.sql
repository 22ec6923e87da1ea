-- when named
-- Stable: whether an image that was read is what ran in a boot of the same call: same, other, or unproven.
-- How is what that rests on; only the addresses of a boot whose image is "same" are looked up in it.  A size that is printed reaches to the next symbol.
CREATE VIEW v_image_match AS
WITH
asked AS (
  SELECT DISTINCT g.boot, i.capture, i.name, i.kind, i.build_id, i.banner, i.release, i.module, i.vermagic
    FROM v_image AS i
    JOIN capture AS c ON c.call = i.call AND c.id NOT IN (SELECT x.capture FROM v_image AS x)
    JOIN segment AS g ON g.capture = c.id
   WHERE g.boot IS NOT NULL AND i.kind IN ('xen', 'linux', 'module')
),
checked AS (
  SELECT a.boot, a.capture, count(*) AS n,
         sum(EXISTS (SELECT 1 FROM symbol AS s
                      WHERE s.name = f.symbol AND s.capture = a.capture AND f.symbol_at < f.symbol_size
                        AND (s.size IS NULL OR s.size <= f.symbol_size)
                        AND f.symbol_size <= ifnull((SELECT min(t.addr) FROM symbol AS t
                                                      WHERE t.capture = s.capture AND t.addr > s.addr AND t.section IS s.section), s.addr + f.symbol_size) - s.addr)) AS fits
    FROM asked AS a
    JOIN v_frame AS f ON f.boot = a.boot AND f.symbol_size IS NOT NULL
     AND f.by = CASE a.kind WHEN 'xen' THEN 'xen' ELSE 'linux' END
     AND CASE WHEN a.kind = 'module' THEN f.module = a.module ELSE f.module IS NULL END
   WHERE EXISTS (SELECT 1 FROM symbol AS s WHERE s.capture = a.capture)
   GROUP BY a.boot, a.capture
)
SELECT a.boot, a.capture, a.name, a.kind,
       CASE WHEN k.value = a.build_id OR b.same OR d.same THEN 'same'
            WHEN k.value <> a.build_id OR d.same = 0 OR b.same = 0 OR r.other OR c.fits < c.n THEN 'other'
            WHEN c.n >= 3 AND a.kind <> 'module' THEN 'same'
            ELSE 'unproven' END AS state,
       CASE WHEN k.value = a.build_id THEN 'the build-id is the one that Xen printed'
            WHEN k.value <> a.build_id THEN 'Xen printed build-id ' || k.value || ', this one has ' || a.build_id
            WHEN d.same THEN 'the build-id is the one that the kernel printed'
            WHEN d.same = 0 THEN 'the kernel printed another build-id'
            WHEN b.same THEN 'the banner is the one that the kernel printed'
            WHEN b.same = 0 THEN 'the kernel printed another banner'
            WHEN r.other THEN 'it is for release ' || r.release || ', and ' || r.ran || ' ran'
            WHEN c.fits < c.n THEN (c.n - c.fits) || ' of ' || c.n || ' functions that were printed are not in it, or not so long'
            WHEN c.n >= 3 AND a.kind <> 'module' THEN 'all ' || c.n || ' functions that were printed are in it, and as long'
            WHEN a.kind = 'xen' THEN 'no build-id was printed'
            WHEN a.kind = 'module' THEN 'nothing that is printed identifies a module'
            ELSE 'no banner to compare' END AS how
  FROM asked AS a
  LEFT JOIN known_fact AS k ON a.kind = 'xen' AND k.boot = a.boot AND k.name = 'xen.build_id' AND a.build_id IS NOT NULL
  -- From 5.15 on a kernel may print the build-id of a module behind its name.
  LEFT JOIN (SELECT a.boot, a.capture, max(f.build_id = a.build_id) AS same
               FROM asked AS a
               JOIN v_frame AS f ON f.boot = a.boot AND f.module = a.module AND f.build_id IS NOT NULL
              WHERE a.kind = 'module'
              GROUP BY a.boot, a.capture) AS d ON d.boot = a.boot AND d.capture = a.capture
  -- All banners of the boot are looked at: dom0 may have started anew.
  LEFT JOIN (SELECT a.boot, a.capture, max(instr(t.text, f.says) > 0) AS same
               FROM asked AS a
               JOIN image_fact AS f ON f.capture = a.capture AND f.what = 'banner'
               JOIN segment AS g ON g.boot = a.boot
               JOIN kernel AS n ON n.segment = g.id AND n.trust <> 'guest'
               JOIN line_text AS t ON t.capture = n.capture AND t.line = n.line
              GROUP BY a.boot, a.capture) AS b ON b.boot = a.boot AND b.capture = a.capture
  LEFT JOIN (SELECT a.boot, a.capture, min(n.version) AS ran, x.release,
                    max(n.version = x.release) = 0 AS other
               FROM asked AS a
               JOIN (SELECT capture, substr(v, 1, instr(v || ' ', ' ') - 1) AS release
                       FROM (SELECT i.capture, ifnull(i.vermagic, i.release) AS v FROM v_image AS i)) AS x ON x.capture = a.capture
               JOIN segment AS g ON g.boot = a.boot
               JOIN kernel AS n ON n.segment = g.id AND n.trust <> 'guest'
              WHERE x.release IS NOT NULL
              GROUP BY a.boot, a.capture) AS r ON r.boot = a.boot AND r.capture = a.capture
  LEFT JOIN checked AS c ON c.boot = a.boot AND c.capture = a.capture;

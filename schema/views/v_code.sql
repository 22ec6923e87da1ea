-- when named
-- Stable: addresses in the code of Xen and of the host's kernel, and the functions that they are in, where an image that ran is at hand.
-- How far the code was moved: not at all in Xen; a kernel says so when it panics, or shows it by a function with its address.
-- A list of the symbols of a running kernel has them where they are.
CREATE VIEW v_code AS
WITH
moved AS (
  SELECT m.boot, m.capture, m.name, m.kind, min(d.by - d.by * EXISTS (SELECT 1 FROM symbol AS s WHERE s.name = '_text' AND s.capture = m.capture AND s.addr = d.base + d.by)) AS bias,
         max(d.by - d.by * EXISTS (SELECT 1 FROM symbol AS s WHERE s.name = '_text' AND s.capture = m.capture AND s.addr = d.base + d.by)) AS most
    FROM v_image_match AS m
    JOIN (SELECT boot, 'linux' AS kind, 0 AS capture, n.addr AS by, n.base
            FROM kernel_offset AS n
            JOIN segment AS g ON g.id = n.segment
           WHERE n.trust <> 'guest'
          UNION ALL
          SELECT boot, 'xen', 0, 0, NULL FROM v_image_match
          UNION ALL
          SELECT f.boot, 'linux', s.capture, f.addr - f.symbol_at - s.addr, NULL
            FROM v_frame AS f
            JOIN symbol AS s ON s.name = f.symbol
           WHERE f.by = 'linux' AND f.module IS NULL AND f.addr IS NOT NULL AND f.symbol_at IS NOT NULL) AS d
         ON d.boot = m.boot AND d.kind = m.kind AND d.capture IN (0, m.capture)
   WHERE m.state = 'same'
   GROUP BY m.boot, m.capture
)
SELECT f.boot, f.capture, f.line, f.by, f.how, f.addr, v.name AS image, s.name AS symbol,
       f.addr - v.bias - s.addr AS symbol_at, s.size AS symbol_size, f.symbol AS printed, f.addr - v.bias AS at
  FROM v_frame AS f
  JOIN moved AS v ON v.boot = f.boot AND v.kind = f.by AND v.bias = v.most
  JOIN symbol AS s ON s.id = (SELECT t.id FROM symbol AS t
                               WHERE t.capture = v.capture AND t.addr <= f.addr - v.bias
                               ORDER BY t.addr DESC, ifnull(t.size, 0) > 0 DESC, t.type = 't', t.id LIMIT 1)
 -- Behind the end of a function is no function.
 WHERE f.addr IS NOT NULL AND f.module IS NULL
   AND f.addr - v.bias - s.addr < CASE WHEN s.size > 0 THEN s.size
                                       ELSE ifnull((SELECT min(t.addr) - s.addr FROM symbol AS t WHERE t.capture = v.capture AND t.addr > s.addr), 0) END
UNION ALL
-- Printed without its address: where one function only has that name.
SELECT f.boot, f.capture, f.line, f.by, f.how, NULL, v.name, s.name, f.symbol_at, s.size, f.symbol, s.addr + f.symbol_at
  FROM v_frame AS f
  JOIN v_image_match AS v ON v.boot = f.boot AND v.kind = f.by AND v.state = 'same'
  JOIN symbol AS s ON s.name = f.symbol AND s.capture = v.capture
 WHERE f.addr IS NULL AND f.module IS NULL AND f.symbol_at IS NOT NULL AND s.module IS NULL
   AND 1 = (SELECT count(*) FROM symbol AS t WHERE t.name = f.symbol AND t.capture = v.capture);

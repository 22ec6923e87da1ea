-- Operations of grant and DMA traces in faultline's own form, version 1 (docs/traces.md): one row a line, in time.
WITH
op (t, capture, line, id, says) AS (
  SELECT o.t_lo, o.capture, o.line, o.id,
         printf('gnt t=%d%s op=%s', o.t_lo, CASE WHEN o.t_hi - o.t_lo > 1 THEN ' res=' || (o.t_hi - o.t_lo) ELSE '' END, o.op)
         || CASE WHEN o.op = 'map' THEN printf(' dom=%d ref=%d', o.domain, o.ref) ELSE '' END
         || CASE WHEN o.flags IS NULL THEN '' ELSE printf(' fl=0x%x', o.flags) END
         || CASE WHEN o.host_addr IS NULL THEN '' ELSE printf(' host=0x%x', o.host_addr) END
         || printf(' hnd=0x%x', o.handle)
         || CASE WHEN o.bus_addr IS NOT NULL THEN printf(' bus=0x%x', o.bus_addr)
                 WHEN o.frame IS NOT NULL THEN printf(' bus=0x%x', o.frame << 12) ELSE '' END
         || CASE WHEN o.status IS NULL THEN '' ELSE printf(' st=%d', o.status) END
         || CASE WHEN ifnull(o.mapper, 0) = 0 THEN '' ELSE printf(' self=%d', o.mapper) END
    FROM grant_op AS o
   WHERE o.handle IS NOT NULL AND o.trust <> 'guest' AND o.t_lo IS NOT NULL
     AND (o.op = 'unmap' OR (o.op = 'map' AND o.domain IS NOT NULL AND o.ref IS NOT NULL))
  UNION ALL
  SELECT o.t_lo, o.capture, o.line, o.id,
         printf('gnt t=%d%s op=transfer', o.t_lo, CASE WHEN o.t_hi - o.t_lo > 1 THEN ' res=' || (o.t_hi - o.t_lo) ELSE '' END)
         || CASE WHEN o.domain IS NULL THEN '' ELSE printf(' dom=%d', o.domain) END || printf(' bus=0x%x', o.bus_addr)
         || CASE WHEN o.status IS NULL THEN '' ELSE printf(' st=%d', o.status) END
    FROM grant_op AS o
   WHERE o.op = 'transfer' AND o.bus_addr IS NOT NULL AND o.trust <> 'guest' AND o.t_lo IS NOT NULL
  UNION ALL
  SELECT o.t_lo, o.capture, o.line, max(o.id), printf('gnt t=%d%s op=lost n=%d', o.t_lo, CASE WHEN o.t_hi - o.t_lo > 1 THEN ' res=' || (o.t_hi - o.t_lo) ELSE '' END, max(o.count - o.shown))
    FROM grant_op AS o
   WHERE o.op IN ('map', 'unmap') AND o.count > o.shown AND o.trust <> 'guest' AND o.t_lo IS NOT NULL
   GROUP BY o.capture, o.line, o.t_lo
  UNION ALL
  SELECT l.t_lo, l.capture, l.line, l.id, printf('gnt t=%d%s op=lost', l.t_lo, CASE WHEN l.t_hi - l.t_lo > 1 THEN ' res=' || (l.t_hi - l.t_lo) ELSE '' END) || CASE WHEN l.count IS NULL THEN '' ELSE printf(' n=%d', l.count) END
    FROM loss AS l
   WHERE l.what = 'trace' AND l.trust <> 'guest' AND l.t_lo IS NOT NULL
  UNION ALL
  SELECT d.t_lo, d.capture, d.line, d.id,
         printf('gnt t=%d%s op=%s', d.t_lo, CASE WHEN d.t_hi - d.t_lo > 1 THEN ' res=' || (d.t_hi - d.t_lo) ELSE '' END, CASE d.what WHEN 'unmap' THEN 'dunmap' ELSE 'dmap' END)
         || CASE WHEN ifnull(d.dev, c.dev) IS NULL THEN '' ELSE ' dev=' || ifnull(d.dev, c.dev) END
         || CASE WHEN ifnull(d.dir, c.dir) IS NULL THEN '' ELSE printf(' dir=%d', ifnull(d.dir, c.dir)) END
         || printf(' dma=0x%x', d.dma)
         || CASE WHEN d.pa IS NULL THEN '' ELSE printf(' phys=0x%x', d.pa) END
         || CASE WHEN ifnull(d.size, c.size) IS NULL THEN '' ELSE printf(' sz=%d', ifnull(d.size, c.size)) END
    FROM dma_map AS d
    LEFT JOIN dma_map AS c ON d.what = 'return' AND c.id = d.id - 1 AND c.what = 'call' AND c.capture = d.capture
   WHERE d.what IN ('map', 'unmap', 'return') AND d.dma IS NOT NULL AND d.trust <> 'guest' AND d.t_lo IS NOT NULL
     AND (d.what = 'unmap' OR (ifnull(d.dev, c.dev) IS NOT NULL AND ifnull(d.size, c.size) IS NOT NULL))
  UNION ALL
  SELECT b.t_lo, b.capture, b.line, b.id,
         printf('gnt t=%d%s op=bounce dev=%s dma=0x%x sz=%d mask=0x%x', b.t_lo, CASE WHEN b.t_hi - b.t_lo > 1 THEN ' res=' || (b.t_hi - b.t_lo) ELSE '' END, b.dev, b.dev_addr, b.size, b.dma_mask)
    FROM dma_bounce AS b
   WHERE b.trust <> 'guest' AND b.t_lo IS NOT NULL
  UNION ALL
  -- The log got the words between the first and the last.
  SELECT min(a.t_lo), a.capture, min(a.line), min(a.id), printf('gnt t=%d res=%d op=mark id=%s', min(a.t_lo), max(a.t_hi) - min(a.t_lo), a.mark)
    FROM anchor AS a
    JOIN clock AS k ON k.id = a.clock AND k.kind IN ('trace', 'trace-other')
   WHERE a.trust <> 'guest'
   GROUP BY a.capture, a.clock, a.mark
  HAVING max(a.edge = 'both') OR (max(a.edge = 'before') AND max(a.edge = 'after')))
SELECT '#gnttrace 1 clock=' || ifnull((SELECT CASE WHEN count(DISTINCT n.name) = 1 AND count(DISTINCT n.capture) = (SELECT count(*) FROM capture) THEN min(n.name) END
                                         FROM trace_clock AS n WHERE n.trust <> 'guest'), 'unknown') || ' src=faultline'
UNION ALL
SELECT says FROM (SELECT says FROM op ORDER BY capture, t, line, id);

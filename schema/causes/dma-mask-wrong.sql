-- cause     dma-mask-wrong
-- title     A driver promised more address bits than its device drives
-- explain   A driver tells the kernel how many bits of an address its device has (the DMA mask). With too many, high addresses lose their top bits on the
--        |  way to the bus; with one mask for buffers and another for rings (Cadence GEM before 37f7860602b5), rings and buffers end up
--        |  in different windows. It shows when high addresses are handed out, and not before.
-- remedy    Update the kernel, or correct the mask in the driver (dma_set_mask_and_coherent()); iommu.forcedac=0 keeps addresses low until then.
-- refs      linux 37f7860602b5, drivers/net/ethernet/cadence/macb_main.c, Documentation/core-api/dma-api-howto.rst
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'linux'
-- trigger   refused         Linux's IOMMU refused an address that looks like a high one without its top bits, or a high one that a network card got wrong
-- needs     release-or-map  a driver that is known to be wrong, or what was mapped | ask: the release of Linux, or what was mapped for the device | capture: the kernel's log from "Linux version" on; a trace of dma:dma_map_*
-- decides   cut             at least two refused addresses are mapped ones without their bits above one and the same | kind: address
-- supports  known-driver    the release has a driver that sets two masks | kind: version
-- excludes  fixed           the release has the masks in order
-- excludes  was-mapped      a trace shows the very address mapped

SELECT c.incident AS subject, c.id AS "case", x.clue,
       CASE x.clue WHEN 'release-or-map' THEN printf('%#x was mapped for %s', x.dma, c.device) ELSE printf('%d bits: %#x was mapped, %#x was used, and %d more like that', x.bits, x.dma, x.iova, x.most - 1) END AS says,
       CASE x.clue WHEN 'refused' THEN c.capture ELSE x.capture END AS capture, CASE x.clue WHEN 'refused' THEN c.line ELSE x.line END AS line, c.n
  FROM fault_case AS c
  JOIN (SELECT y.incident, y.bits, y.dma, y.iova, y.capture, y.line, n.clue, max(y.n) AS most
          FROM (SELECT a.incident, b.bits, max(d.dma) AS dma, a.iova, d.capture, max(d.line) AS line, count(DISTINCT a.iova >> 12) AS n
                  FROM (SELECT a.incident, a.iova, c.device, a.iova >> 12 & 0xfffff AS low
                          FROM incident_iova AS a
                          JOIN fault_case AS c ON c.incident = a.incident AND c.driven_by = 'linux' AND c.kind IN ('translation', 'no-access', 'unknown')
                         WHERE a.iova > 0
                         GROUP BY a.incident, a.iova) AS a
                  JOIN dma_map AS d ON d.what = 'map' AND d.dev = a.device AND d.page & 0xfffff = a.low AND d.dma >> 32 <> a.iova >> 32 AND d.dma > a.iova
                                   AND d.trust <> 'guest'
                  JOIN (WITH RECURSIVE b (bits) AS (SELECT 33 UNION ALL SELECT bits + 1 FROM b WHERE bits < 62) SELECT bits FROM b) AS b
                    ON a.iova >> b.bits = 0 AND d.dma >> b.bits > 0 AND (d.dma >> 12 & (1 << b.bits - 12) - 1) = a.iova >> 12
                 GROUP BY a.incident, b.bits) AS y
          JOIN (SELECT 'cut' AS clue, 2 AS least UNION ALL SELECT 'refused', 1 UNION ALL SELECT 'release-or-map', 1) AS n ON y.n >= n.least
         GROUP BY y.incident, n.clue) AS x ON x.incident = c.incident
 WHERE c.driven_by = 'linux'

-- The Cadence driver: it reports the failed DMA of an address that no mask of 32 bits allows.
UNION ALL
SELECT c.incident, c.id, 'refused', printf('iova %#x, and %s reported failed DMA', c.iova, q.dev), c.capture, c.line, c.n
  FROM fault_case AS c
  JOIN (SELECT q.incident, q.dev, min(q.capture << 40 | q.line) >> 40 AS capture, min(q.capture << 40 | q.line) & 0xffffffffff AS line
          FROM consequence AS q
         WHERE q.what = 'hresp' AND q.same
         GROUP BY q.incident) AS q ON q.incident = c.incident
 WHERE c.driven_by = 'linux' AND c.kind IN ('translation', 'no-access', 'unknown') AND c.iova >= 1 << 32

UNION ALL
SELECT c.incident, c.id, x.clue, CASE x.clue WHEN 'known-driver' THEN printf('%s reported failed DMA: its driver in this release sets two masks', q.dev) ELSE printf('Linux %s', v.version) END,
       CASE x.clue WHEN 'known-driver' THEN q.capture ELSE v.capture END, CASE x.clue WHEN 'known-driver' THEN q.line ELSE v.line END, c.n
  FROM fault_case AS c
  JOIN (SELECT q.incident, q.dev, min(q.capture << 40 | q.line) >> 40 AS capture, min(q.capture << 40 | q.line) & 0xffffffffff AS line
          FROM consequence AS q
         WHERE q.what = 'hresp' AND q.same
         GROUP BY q.incident) AS q ON q.incident = c.incident
  JOIN v_linux_change AS v ON v.boot = c.boot AND v.change = 'macb-mask-split'
  JOIN (SELECT 'affected' AS state, 'release-or-map' AS clue UNION ALL SELECT 'affected', 'known-driver' UNION ALL SELECT 'fixed', 'fixed') AS x ON x.state = v.state
 WHERE c.driven_by = 'linux' AND c.iova >= 1 << 32

UNION ALL
SELECT c.incident, c.id, 'was-mapped', printf('iova %#x was in the tables', c.iova), m.capture, m.mapped, c.n
  FROM v_iommu_map AS m
  JOIN fault_case AS c ON c.id = m."case"
 WHERE m.state = 'live';

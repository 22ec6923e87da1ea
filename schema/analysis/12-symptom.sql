-- Symptoms that no IOMMU reports as a refused access, one incident a boot, a device and a kind (their words: schema/facts/incident-kinds.tsv).

-- when SELECT 1 FROM pci_error
INSERT INTO incident (boot, kind, impl, device, n, pages, first_capture, first_line, last_capture, last_line)
SELECT x.boot, x.kind, 'pcie', x.dev, count(*), 0, min(x.place) >> 40, min(x.place) & 0xffffffffff, max(x.place) >> 40, max(x.place) & 0xffffffffff
  FROM (SELECT e.boot, ifnull(e.bdf, e.source) AS dev, e.capture << 40 | e.line AS place,
               CASE WHEN e.severity = 'corrected' THEN 'pci-corrected' ELSE 'pci-error' END AS kind
          FROM v_pci_error AS e
         WHERE e.boot IS NOT NULL AND e.speaker IN ('host', 'unknown', 'xen') AND ifnull(e.bdf, e.source) IS NOT NULL
           AND (e.section IS NULL OR e.section = 'pcie') AND ifnull(e.severity, '') <> 'info') AS x
 GROUP BY x.boot, x.kind, x.dev
 ORDER BY min(x.place);

-- when SELECT 1 FROM grant_error
INSERT INTO incident (boot, kind, impl, device, n, pages, first_capture, first_line, last_capture, last_line)
SELECT x.boot, 'grant-error', 'grant', x.dev, count(*), 0, min(x.place) >> 40, min(x.place) & 0xffffffffff, max(x.place) >> 40, max(x.place) & 0xffffffffff
  FROM (SELECT g.boot, e.capture << 40 | e.line AS place,
               coalesce(e.dev, 'd' || e.domain, 'd' || e.caller, CASE e.by WHEN 'xen' THEN 'Xen' ELSE 'Linux' END) AS dev
          FROM grant_error AS e
          JOIN segment AS g ON g.id = e.segment AND g.boot IS NOT NULL
         -- A map that is left when its domain goes is routine.
         WHERE e.what <> 'release' AND e.trust <> 'guest' AND e.speaker IN ('xen', 'host', 'unknown')) AS x
 GROUP BY x.boot, x.dev
 ORDER BY min(x.place);

-- when SELECT 1 FROM dma_error
INSERT INTO incident (boot, kind, impl, device, n, pages, first_capture, first_line, last_capture, last_line)
SELECT x.boot, x.kind, 'dma', x.dev, count(*), 0, min(x.place) >> 40, min(x.place) & 0xffffffffff, max(x.place) >> 40, max(x.place) & 0xffffffffff
  FROM (SELECT g.boot, e.capture << 40 | e.line AS place, coalesce(e.dev, e.driver, '?') AS dev,
               CASE WHEN e.what IN ('overflow', 'pool-overflow', 'no-mask', 'no-pool', 'pool-full', 'map-failed', 'coherent-failed', 'coherent-mask', 'too-big', 'small-mask')
                    THEN 'dma-refused' ELSE 'dma-misuse' END AS kind
          FROM dma_error AS e
          JOIN segment AS g ON g.id = e.segment AND g.boot IS NOT NULL
         WHERE e.trust <> 'guest' AND e.speaker IN ('host', 'unknown')
           -- A kernel that starts without a pool refused nobody yet.
           AND NOT (e.what = 'no-pool' AND e.dev IS NULL)
           -- What the bounce pool refused was told already.
           AND NOT (e.what IN ('overflow', 'pool-full')
                    AND EXISTS (SELECT 1 FROM incident AS i WHERE i.boot = g.boot AND i.kind = 'bounce-failed' AND i.device = e.dev))) AS x
 GROUP BY x.boot, x.kind, x.dev
 ORDER BY min(x.place);

-- when SELECT 1 FROM iommu_trouble
INSERT INTO incident (boot, kind, impl, device, n, pages, first_capture, first_line, last_capture, last_line)
SELECT g.boot, 'iommu-trouble', t.impl, coalesce(t.instance, t.bdf, t.dev, t.impl), count(*), 0, min(t.capture << 40 | t.line) >> 40,
       min(t.capture << 40 | t.line) & 0xffffffffff, max(t.capture << 40 | t.line) >> 40, max(t.capture << 40 | t.line) & 0xffffffffff
  FROM iommu_trouble AS t
  JOIN segment AS g ON g.id = t.segment AND g.boot IS NOT NULL
 WHERE t.trust <> 'guest' AND t.speaker IN ('xen', 'host', 'unknown')
   AND t.what NOT IN ('was-enabled', 'tables', 'not-supported', 'events-lost', 'queue-stays-on', 'sync-slow', 'no-root', 'no-flush')
 GROUP BY g.boot, t.impl, coalesce(t.instance, t.bdf, t.dev, t.impl)
 ORDER BY min(t.capture << 40 | t.line);

-- when SELECT 1 FROM iommu_map_error
INSERT INTO incident (boot, kind, impl, device, domain, n, pages, first_iova, first_capture, first_line, last_capture, last_line)
SELECT x.boot, 'iommu-update', 'iommu', x.dev, x.domain, count(*), 0, min(x.iova), min(x.place) >> 40, min(x.place) & 0xffffffffff,
       max(x.place) >> 40, max(x.place) & 0xffffffffff
  FROM (SELECT g.boot, e.capture << 40 | e.line AS place, e.domain, coalesce(e.dev, 'd' || e.domain, e.by) AS dev, ifnull(e.iova, e.dfn << 12) AS iova
          FROM iommu_map_error AS e
          JOIN segment AS g ON g.id = e.segment AND g.boot IS NOT NULL
         WHERE e.trust <> 'guest' AND e.speaker IN ('xen', 'host', 'unknown')) AS x
 GROUP BY x.boot, x.dev, x.domain
 ORDER BY min(x.place);

-- when SELECT 1 FROM host_error
INSERT INTO incident (boot, kind, impl, device, n, pages, first_capture, first_line, last_capture, last_line)
SELECT x.boot, 'host-error', 'host', x.dev, count(*), 0, min(x.place) >> 40, min(x.place) & 0xffffffffff, max(x.place) >> 40, max(x.place) & 0xffffffffff
  FROM (SELECT g.boot, e.capture << 40 | e.line AS place, coalesce(e.bdf, e.dev, e.device_args, 'd' || e.domain, e.program, '?') AS dev
          FROM host_error AS e
          JOIN segment AS g ON g.id = e.segment AND g.boot IS NOT NULL
         WHERE e.trust <> 'guest') AS x
 GROUP BY x.boot, x.dev
 ORDER BY min(x.place);

-- when SELECT 1 FROM crash
INSERT INTO incident (boot, kind, impl, device, n, pages, first_capture, first_line, last_capture, last_line)
SELECT x.boot, 'crash', x.by, x.dev, count(*), 0, min(x.place) >> 40, min(x.place) & 0xffffffffff, max(x.place) >> 40, max(x.place) & 0xffffffffff
  FROM (SELECT g.boot, e.by, e.capture << 40 | e.line AS place,
               CASE WHEN e.by = 'xen' AND e.what = 'abort' THEN ifnull('d' || e.domain, 'a guest') WHEN e.by = 'xen' THEN 'Xen' ELSE 'Linux' END AS dev
          FROM crash AS e
          JOIN segment AS g ON g.id = e.segment AND g.boot IS NOT NULL
         -- That Xen ends a domain is the end of the domain, told elsewhere.
         WHERE e.what <> 'domain' AND e.trust <> 'guest' AND e.speaker IN ('xen', 'host', 'unknown')) AS x
 GROUP BY x.boot, x.by, x.dev
 ORDER BY min(x.place);

-- Requests that got no answer: a symptom where the device has no other.
-- when SELECT 1 FROM device_event
INSERT INTO incident (boot, kind, impl, device, n, pages, first_capture, first_line, last_capture, last_line)
SELECT x.boot, 'stuck', 'device', x.dev, count(*), 0, min(x.place) >> 40, min(x.place) & 0xffffffffff, max(x.place) >> 40, max(x.place) & 0xffffffffff
  FROM (SELECT g.boot, e.capture << 40 | e.line AS place, coalesce(e.dev, e.netdev, e.driver) AS dev
          FROM device_event AS e
          JOIN segment AS g ON g.id = e.segment AND g.boot IS NOT NULL
         WHERE e.trust <> 'guest' AND e.speaker IN ('host', 'unknown')
           AND e.what IN ('timeout', 'hang', 'frozen', 'reset-failed', 'tx-exhausted')) AS x
 WHERE x.dev IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM incident AS i WHERE i.boot = x.boot AND i.device = x.dev)
 GROUP BY x.boot, x.dev
 ORDER BY min(x.place);

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

-- when SELECT 1 FROM grant_error UNION ALL SELECT 1 FROM grant_op WHERE status < 0
INSERT INTO incident (boot, kind, impl, device, n, pages, first_capture, first_line, last_capture, last_line)
SELECT x.boot, 'grant-error', 'grant', x.dev, count(*), 0, min(x.place) >> 40, min(x.place) & 0xffffffffff, max(x.place) >> 40, max(x.place) & 0xffffffffff
  FROM (SELECT g.boot, e.capture << 40 | e.line AS place,
               coalesce(e.dev, 'd' || e.domain, 'd' || e.caller, CASE e.by WHEN 'xen' THEN 'Xen' ELSE 'Linux' END) AS dev
          FROM grant_error AS e
          JOIN segment AS g ON g.id = e.segment AND g.boot IS NOT NULL
         -- A map that is left when its domain goes is routine, and so is a page that is free at last.
         WHERE e.what NOT IN ('release', 'freed') AND e.trust <> 'guest' AND e.speaker IN ('xen', 'host', 'unknown')
        UNION ALL
        -- A map that Xen refused as a trace shows it; eagain is tried again.
        SELECT g.boot, o.capture << 40 | o.line, 'd' || o.domain
          FROM grant_op AS o
          JOIN segment AS g ON g.id = o.segment AND g.boot IS NOT NULL
         WHERE o.status < 0 AND o.status <> -12 AND o.op = 'map' AND o.domain IS NOT NULL AND o.trust <> 'guest') AS x
 GROUP BY x.boot, x.dev
 ORDER BY min(x.place);

-- A dump in which a domain has as many maptrack frames as it may have, and no map that was refused for that.
-- when SELECT 1 FROM grant_dump WHERE maptrack >= "limit"
INSERT INTO incident (boot, kind, impl, device, n, pages, first_capture, first_line, last_capture, last_line)
SELECT x.boot, 'grant-limit', 'grant', 'd' || x.domain, 1, 0, x.capture, x.line, x.capture, x.line
  FROM (SELECT g.boot, d.domain, d.capture, min(d.line) AS line
          FROM grant_dump AS d
          JOIN segment AS g ON g.id = d.segment AND g.boot IS NOT NULL
         WHERE d.edge = 'limits' AND d.maptrack >= d."limit" AND d."limit" > 0 AND d.trust <> 'guest' AND d.speaker = 'xen'
         GROUP BY g.boot, d.domain) AS x
 WHERE NOT EXISTS (SELECT 1 FROM grant_error AS e JOIN segment AS g ON g.id = e.segment WHERE g.boot = x.boot AND (e.what = 'no-maptrack' OR e.status IN (-13, 13)))
   AND NOT EXISTS (SELECT 1 FROM grant_op AS o JOIN segment AS g ON g.id = o.segment WHERE g.boot = x.boot AND o.status = -13)
 ORDER BY x.capture, x.line;

-- when SELECT 1 FROM dma_error
INSERT INTO incident (boot, kind, impl, device, n, pages, first_capture, first_line, last_capture, last_line)
SELECT x.boot, x.kind, 'dma', x.dev, count(*), 0, min(x.place) >> 40, min(x.place) & 0xffffffffff, max(x.place) >> 40, max(x.place) & 0xffffffffff
  FROM (SELECT g.boot, e.capture << 40 | e.line AS place, coalesce(e.dev, e.driver, '?') AS dev,
               CASE WHEN e.what IN ('overflow', 'pool-overflow', 'no-mask', 'no-pool', 'pool-full', 'map-failed', 'coherent-failed', 'coherent-mask', 'too-big', 'small-mask', 'bounce-map')
                    THEN 'dma-refused' ELSE 'dma-misuse' END AS kind
          FROM dma_error AS e
          JOIN segment AS g ON g.id = e.segment AND g.boot IS NOT NULL
         WHERE e.trust <> 'guest' AND e.speaker IN ('host', 'unknown')
           -- A kernel that starts without a pool refused nobody yet.
           AND NOT (e.what = 'no-pool' AND e.dev IS NULL)
           -- What the bounce pool refused was told already.
           AND NOT (e.what IN ('overflow', 'pool-full', 'bounce-map')
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

-- A guest whose cache flush Xen refuses gets an exception instead.
-- when SELECT 1 FROM page_error
INSERT INTO incident (boot, kind, impl, device, domain, n, pages, first_capture, first_line, last_capture, last_line)
SELECT g.boot, 'refused-flush', 'xen', ifnull('d' || e.caller, 'a guest'), e.caller, count(*), 0, min(e.capture << 40 | e.line) >> 40,
       min(e.capture << 40 | e.line) & 0xffffffffff, max(e.capture << 40 | e.line) >> 40, max(e.capture << 40 | e.line) & 0xffffffffff
  FROM page_error AS e
  JOIN segment AS g ON g.id = e.segment AND g.boot IS NOT NULL
 WHERE e.what = 'set-way' AND e.trust <> 'guest' AND e.speaker = 'xen'
 GROUP BY g.boot, e.caller
 ORDER BY min(e.capture << 40 | e.line);

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

-- Memory that failed: corrected errors are incidents of their own kind, as they break nothing yet.
-- when SELECT 1 FROM memory_error UNION ALL SELECT 1 FROM pci_error WHERE section = 'memory'
INSERT INTO incident (boot, kind, impl, device, n, pages, first_capture, first_line, last_capture, last_line)
SELECT e.boot, CASE e.fatal WHEN 1 THEN 'memory-error' ELSE 'memory-corrected' END, 'memory', e.dev, sum(e.n), 0,
       min(e.capture << 40 | e.line) >> 40, min(e.capture << 40 | e.line) & 0xffffffffff,
       max(e.capture << 40 | e.line) >> 40, max(e.capture << 40 | e.line) & 0xffffffffff
  FROM v_memory_error AS e
 GROUP BY e.boot, e.fatal, e.dev
 ORDER BY min(e.capture << 40 | e.line);

-- What the kernel did about an error is no second one.
-- when SELECT 1 FROM memory_error WHERE what = 'given-up'
DELETE FROM incident
 WHERE kind = 'memory-error' AND device = 'pages given up'
   AND EXISTS (SELECT 1 FROM incident AS o WHERE o.boot = incident.boot AND o.kind = 'memory-error' AND o.device <> 'pages given up');

-- Chip sets raise one for what an IOMMU refused, and for errors of PCIe, too: those have lines, and incidents, of their own.
-- when SELECT 1 FROM bus_alarm
INSERT INTO incident (boot, kind, impl, device, n, pages, first_capture, first_line, last_capture, last_line)
SELECT x.boot, 'bus-alarm', 'chipset', CASE x.what WHEN 'serr' THEN 'PCI' ELSE 'the chip set' END, x.n, 0,
       x.first >> 40, x.first & 0xffffffffff, x.last >> 40, x.last & 0xffffffffff
  FROM (SELECT g.boot, e.what, count(*) AS n, min(e.capture << 40 | e.line) AS first, max(e.capture << 40 | e.line) AS last
          FROM bus_alarm AS e
          JOIN segment AS g ON g.id = e.segment AND g.boot IS NOT NULL
         WHERE e.trust <> 'guest' AND e.speaker IN ('xen', 'host', 'unknown')
         GROUP BY g.boot, e.what) AS x
 WHERE NOT EXISTS (SELECT 1 FROM incident AS i
                    WHERE i.boot = x.boot AND i.first_capture = x.first >> 40 AND i.first_line < x.first & 0xffffffffff
                      AND (i.kind = 'pci-error' OR i.kind NOT IN (SELECT k.kind FROM incident_kind AS k))
                      AND (i.last_capture <> i.first_capture OR i.last_line > (x.first & 0xffffffffff) - 128))
 ORDER BY x.first;

-- A link that goes down is no trouble by itself: where the port was contained that is why, and where nobody used what was behind it, it may have been asked for.
-- when SELECT 1 FROM pci_event WHERE what = 'link-down'
INSERT INTO incident (boot, kind, impl, device, n, pages, first_capture, first_line, last_capture, last_line)
SELECT g.boot, 'link-lost', 'pcie', e.bdf, count(*), 0, min(e.capture << 40 | e.line) >> 40, min(e.capture << 40 | e.line) & 0xffffffffff,
       max(e.capture << 40 | e.line) >> 40, max(e.capture << 40 | e.line) & 0xffffffffff
  FROM pci_event AS e
  JOIN segment AS g ON g.id = e.segment AND g.boot IS NOT NULL
 WHERE e.what = 'link-down' AND e.bdf IS NOT NULL AND e.trust <> 'guest' AND e.speaker IN ('host', 'unknown')
   AND NOT EXISTS (SELECT 1 FROM pci_error AS p WHERE p.capture = e.capture AND p.segment = e.segment AND p.line < e.line AND p.kind = 'dpc' AND p.bdf = e.bdf AND p.trust <> 'guest')
   AND (EXISTS (SELECT 1 FROM device_event AS d WHERE d.capture = e.capture AND d.segment = e.segment AND d.line BETWEEN e.line - 64 AND e.line + 256 AND d.trust <> 'guest'
                   AND d.what IN ('removed', 'timeout', 'hang', 'frozen', 'io-error', 'reset-failed', 'command-failed', 'pcie-error'))
        OR EXISTS (SELECT 1 FROM pci_event AS d WHERE d.capture = e.capture AND d.segment = e.segment AND d.line BETWEEN e.line - 64 AND e.line + 256 AND d.trust <> 'guest'
                      AND d.what IN ('power-stuck', 'disconnected')))
 GROUP BY g.boot, e.bdf
 ORDER BY min(e.capture << 40 | e.line);

-- when SELECT 1 FROM assignment
INSERT INTO incident (boot, kind, impl, device, domain, n, pages, first_capture, first_line, last_capture, last_line)
SELECT x.boot, 'assign-refused', 'iommu', x.dev, min(x.domain), count(*), 0, min(x.place) >> 40, min(x.place) & 0xffffffffff,
       max(x.place) >> 40, max(x.place) & 0xffffffffff
  FROM (SELECT g.boot, coalesce(a.bdf, a.dev, 'd' || a.domain, '?') AS dev, a.domain, a.capture << 40 | a.line AS place
          FROM assignment AS a
          JOIN segment AS g ON g.id = a.segment AND g.boot IS NOT NULL
         WHERE a.what = 'failed' AND a.by IN ('xen', 'toolstack') AND a.trust <> 'guest' AND a.speaker IN ('xen', 'host', 'unknown')) AS x
 GROUP BY x.boot, x.dev
 ORDER BY min(x.place);

-- when SELECT 1 FROM page_error
INSERT INTO incident (boot, kind, impl, device, domain, n, pages, first_iova, first_capture, first_line, last_capture, last_line)
SELECT x.boot, 'map-refused', 'xen', 'd0', 0, count(*), 0, min(x.iova), min(x.place) >> 40, min(x.place) & 0xffffffffff,
       max(x.place) >> 40, max(x.place) & 0xffffffffff
  FROM (SELECT g.boot, e.gfn << 12 AS iova, e.capture << 40 | e.line AS place
          FROM page_error AS e
          JOIN segment AS g ON g.id = e.segment AND g.boot IS NOT NULL
         WHERE e.what = 'not-permitted' AND e.domain = 0 AND e.trust <> 'guest' AND e.speaker IN ('xen', 'host', 'unknown')) AS x
 GROUP BY x.boot
 ORDER BY min(x.place);

-- when SELECT 1 FROM guest_abort
INSERT INTO incident (boot, kind, impl, device, domain, n, pages, first_capture, first_line, last_capture, last_line)
SELECT g.boot, 'guest-abort', 'xen', 'd' || a.caller, a.caller, count(*), 0, min(a.capture << 40 | a.line) >> 40, min(a.capture << 40 | a.line) & 0xffffffffff,
       max(a.capture << 40 | a.line) >> 40, max(a.capture << 40 | a.line) & 0xffffffffff
  FROM guest_abort AS a
  JOIN segment AS g ON g.id = a.segment AND g.boot IS NOT NULL
 WHERE a.trust <> 'guest' AND a.speaker IN ('xen', 'unknown')
 GROUP BY g.boot, a.caller
 ORDER BY min(a.capture << 40 | a.line);

-- Requests that got no answer; those that follow from something else are told there (65-follows.sql).
-- when SELECT 1 FROM device_event
INSERT INTO incident (boot, kind, impl, device, n, pages, first_capture, first_line, last_capture, last_line)
SELECT x.boot, 'stuck', 'device', x.dev, x.n, 0, x.first >> 40, x.first & 0xffffffffff, x.last >> 40, x.last & 0xffffffffff
  FROM (SELECT g.boot, coalesce(e.dev, e.netdev, e.driver) AS dev, max(e.netdev) AS netdev, count(*) AS n,
               min(e.capture << 40 | e.line) AS first, max(e.capture << 40 | e.line) AS last
          FROM device_event AS e
          JOIN segment AS g ON g.id = e.segment AND g.boot IS NOT NULL
         WHERE e.trust <> 'guest' AND e.speaker IN ('host', 'unknown')
           AND e.what IN ('timeout', 'hang', 'frozen', 'reset-failed', 'tx-exhausted')
         GROUP BY g.boot, coalesce(e.dev, e.netdev, e.driver)) AS x
 WHERE x.dev IS NOT NULL
   -- The same device under its interface's name, or one whose errors are joined with a fault.
   AND (x.boot, x.dev) NOT IN (SELECT g.boot, d.dev FROM device_error AS d JOIN segment AS g ON g.id = d.segment WHERE g.boot IS NOT NULL AND d.trust <> 'guest')
   AND (x.netdev IS NULL
        OR (x.boot, x.netdev) NOT IN (SELECT g.boot, d.netdev FROM device_error AS d JOIN segment AS g ON g.id = d.segment
                                       WHERE g.boot IS NOT NULL AND d.netdev IS NOT NULL AND d.trust <> 'guest'))
 ORDER BY x.first;

-- A network card of Intel's that stands still says so in many lines, which are notes.
-- when SELECT 1 FROM note AS n JOIN message AS m ON m.id = n.message AND m.name = 'linux.intel.hang'
INSERT INTO incident (boot, kind, impl, device, n, pages, first_capture, first_line, last_capture, last_line)
SELECT x.boot, 'stuck', 'device', x.dev, count(*), 0, min(x.place) >> 40, min(x.place) & 0xffffffffff, max(x.place) >> 40, max(x.place) & 0xffffffffff
  FROM (SELECT g.boot, n.capture << 40 | n.line AS place, json_extract(n.fields, '$.dev') AS dev
          FROM note AS n
          JOIN message AS m ON m.id = n.message AND m.name = 'linux.intel.hang'
          JOIN segment AS g ON g.id = n.segment AND g.boot IS NOT NULL
         WHERE n.trust <> 'guest' AND n.speaker IN ('host', 'unknown')) AS x
 WHERE x.dev IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM incident AS i WHERE i.boot = x.boot AND i.device = x.dev)
 GROUP BY x.boot, x.dev
 ORDER BY min(x.place);

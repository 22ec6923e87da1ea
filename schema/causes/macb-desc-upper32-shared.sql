-- cause     macb-desc-upper32-shared
-- title     The Cadence GEM reads its descriptors from the wrong 4 GiB
-- explain   All queues of the controller share one register for the upper half of the addresses of their rings, but the rings were allocated one by one. Where they
--        |  lie in different windows of 4 GiB, a queue reads descriptors at an address that is right in its lower half only.
-- remedy    Update Linux (6.17.3 or 6.18: 78d901897b3c and fca3dc859b20). Until then use one queue, or keep memory for DMA below 4 GiB (cma= with an upper limit).
-- refs      linux drivers/net/ethernet/cadence/macb_main.c macb_alloc_consistent(), 78d901897b3c, fca3dc859b20
-- about     incident
-- kind      root
-- refines   nic-bus-error-no-iommu-fault
-- when      SELECT 1 FROM incident WHERE (EXISTS (SELECT 1 FROM device_error WHERE driver = 'macb') OR EXISTS (SELECT 1 FROM device WHERE driver = 'macb')) AND (EXISTS (SELECT 1 FROM dma_map) OR EXISTS (SELECT 1 FROM boot_change WHERE change = 'macb-desc-upper32' AND state = 'affected'))
-- trigger   ring-trouble    the controller fails at DMA, or an address like one of its rings is refused
-- needs     affected-linux  a release that allocates the rings one by one | shown-by: macb-desc-upper32 | ask: the release of Linux | capture: dmesg from "Linux version" on | kind: version
-- needs     rings-apart     rings of the controller lie in different windows of 4 GiB | ask: where the rings of the controller are | capture: a trace from before the interface is brought up on (dma:dma_alloc): FAULTLINE_GRANTS=no with faultline capture-kit grants | kind: address
-- decides   other-window    the refused address has the lower half of one ring and the upper half of another | kind: address
-- supports  at-hand         the rings were allocated in this power-on, and failed DMA follows | kind: order
-- excludes  fixed-linux     the release has the fix
-- excludes  one-window      all its rings share the upper half of their addresses
-- caps      vendor-kernel   the release has a vendor's suffix: the fix may be in it | of: affected-linux

WITH rings AS (
-- The rings of each controller: the lowest and the highest that is known, and whether they are in one window.
SELECT g.boot, d.dev, min(d.dma) AS low, max(d.dma) AS high, min(d.dma) >> 32 <> max(d.dma) >> 32 AS apart, d.capture, max(d.line) AS line
  FROM dma_map AS d
  JOIN segment AS g ON g.id = d.segment AND g.boot IS NOT NULL
 WHERE d.what = 'map' AND d.how = 'alloc' AND d.trust <> 'guest' AND d.dma >= 0
   AND d.dev IN (SELECT e.dev FROM device_error AS e WHERE e.driver = 'macb' UNION SELECT e.dev FROM device AS e WHERE e.driver = 'macb')
 GROUP BY g.boot, d.dev
HAVING count(*) > 1),
sure AS (
SELECT i.id AS incident, NULL AS "case", i.boot, i.device AS dev, i.first_capture AS capture, i.first_line AS line, i.n, printf('%s reported failed DMA', i.device) AS says
  FROM incident AS i
  JOIN device_error AS e ON e.capture = i.first_capture AND e.line = i.first_line AND e.driver = 'macb'
 WHERE i.kind = 'device-error'
   AND (EXISTS (SELECT 1 FROM rings AS r WHERE r.boot = i.boot AND r.dev = i.device)
        -- Without a trace only where the rings can be that high.
        OR EXISTS (SELECT 1 FROM v_linux_change AS c WHERE c.boot = i.boot AND c.change = 'macb-desc-upper32' AND c.state = 'affected')
           AND EXISTS (SELECT 1 FROM v_range AS m WHERE m.boot = i.boot AND m.last > 1 << 32 AND (m.kind = 'dom-bank' AND m.domain = 0 OR m.kind = 'host-ram'
                          AND NOT EXISTS (SELECT 1 FROM segment AS g WHERE g.boot = i.boot AND g.xen))))
UNION ALL
SELECT c.incident, c.id, c.boot, r.dev, c.capture, c.line, c.n, printf('%s refused %#x', c.device, c.iova)
  FROM fault_case AS c
  JOIN rings AS r ON r.boot = c.boot AND r.apart
 WHERE c.iova >= 0 AND c.kind IN ('translation', 'no-access', 'unknown')
   AND EXISTS (SELECT 1 FROM dma_map AS d JOIN segment AS g ON g.id = d.segment
                WHERE g.boot = c.boot AND d.dev = r.dev AND d.what = 'map' AND d.how = 'alloc' AND d.trust <> 'guest'
                  AND c.iova & 0xffffffff >= d.dma & 0xffffffff AND (c.iova & 0xffffffff) - (d.dma & 0xffffffff) < d.size AND c.iova >> 32 <> d.dma >> 32
                  AND c.iova >> 32 IN (r.low >> 32, r.high >> 32)))

SELECT s.incident AS subject, s."case", 'ring-trouble' AS clue, s.says, s.capture, s.line, s.n
  FROM sure AS s
UNION ALL
SELECT s.incident, s."case", 'other-window', printf('rings at %#x and %#x', r.low, r.high), r.capture, r.line, s.n
  FROM sure AS s
  JOIN rings AS r ON r.boot = s.boot AND r.dev = s.dev
 WHERE s."case" IS NOT NULL
UNION ALL
SELECT s.incident, s."case", x.clue, CASE x.clue WHEN 'at-hand' THEN 'allocated before that' ELSE printf('rings at %#x and %#x', r.low, r.high) END, r.capture, r.line, s.n
  FROM sure AS s
  JOIN rings AS r ON r.boot = s.boot AND r.dev = s.dev
  JOIN (SELECT 'rings-apart' AS clue UNION ALL SELECT 'one-window' UNION ALL SELECT 'at-hand') AS x ON x.clue = CASE r.apart WHEN 1 THEN 'rings-apart' ELSE 'one-window' END OR x.clue = 'at-hand' AND r.apart
UNION ALL
SELECT s.incident, s."case", x.clue, CASE x.clue WHEN 'vendor-kernel' THEN printf('Linux %s: suffix %s', c.version, c.suffix) ELSE printf('Linux %s', c.version) END, c.capture, c.line, s.n
  FROM sure AS s
  JOIN v_linux_change AS c ON c.boot = s.boot AND c.change = 'macb-desc-upper32'
  JOIN (SELECT 'affected-linux' AS clue UNION ALL SELECT 'fixed-linux' UNION ALL SELECT 'vendor-kernel') AS x
    ON x.clue = CASE c.state WHEN 'affected' THEN 'affected-linux' WHEN 'fixed' THEN 'fixed-linux' END OR x.clue = 'vendor-kernel' AND c.state = 'affected' AND c.suffix <> '';

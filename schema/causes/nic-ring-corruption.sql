-- cause     nic-ring-corruption
-- title     A network card follows descriptors that nobody wrote, or that were overwritten
-- explain   The card takes addresses from its descriptor ring. Where the ring was overwritten, was read before it was filled, or where card and driver
--        |  lost step, it uses what stands there: zeros, or data. Such an address was never mapped.
-- remedy    Update driver and firmware of the card; check barriers and cache coherency (dma-coherent), and who else writes to that memory.
-- refs      linux Documentation/core-api/dma-api-howto.rst
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE iova BETWEEN 0 AND 4095 OR iova BETWEEN 0x2020202020 AND 0x7e7e7e7e7e7e7e7e
-- trigger   not-address    the address that a network card was refused is 0, or reads as text
-- needs     network-card   the device is a network card | capture: lspci -nnvv, or the device tree
-- needs     never-mapped   a trace of the mappings has no mapping of it | ask: whether the address was ever mapped | capture: a trace of the mappings from the start of the driver on: FAULTLINE_GRANTS=no with faultline capture-kit grants
-- supports  zero           it is in the page of address 0 | kind: address
-- supports  text           its bytes are printable characters | kind: address
-- excludes  was-mapped     it had been mapped
-- excludes  permission     the IOMMU found the page, and forbade the access

WITH nic AS (
SELECT c.incident, c.id AS "case", printf('%s: %s', p.bdf, ifnull(p.class, 'class ' || p.class_code)) AS says, p.capture, p.line, c.n
  FROM fault_case AS c
  JOIN v_pci_device AS p ON p.boot = c.boot AND p.bdf = c.device AND p.class_code >> 8 = 2
UNION ALL
SELECT c.incident, c.id, printf('%s is a network card', d.dev), d.capture, d.line, c.n
  FROM fault_case AS c
  JOIN (SELECT g.boot, e.dev, e.capture, e.line FROM device AS e JOIN segment AS g ON g.id = e.segment WHERE e.class = 'nic' AND e.trust <> 'guest'
        UNION ALL
        SELECT g.boot, e.dev, e.capture, min(e.line) FROM device_event AS e JOIN segment AS g ON g.id = e.segment WHERE e.class = 'nic' AND e.dev IS NOT NULL AND e.trust <> 'guest'
         GROUP BY g.boot, e.dev) AS d ON d.boot = c.boot AND d.dev = c.device
UNION ALL
SELECT q.incident, c.id, printf('%s complains at the same time', q.dev), q.capture, q.line, c.n
  FROM fault_case AS c
  JOIN (SELECT incident, dev, capture, min(line) AS line FROM consequence WHERE same AND class = 'nic' GROUP BY incident) AS q ON q.incident = c.incident)

SELECT c.incident AS subject, c.id AS "case", x.clue, CASE x.clue WHEN 'not-address' THEN printf('%s: %#x', c.device, c.iova) WHEN 'zero' THEN printf('%#x', c.iova)
            WHEN 'permission' THEN 'permission fault' ELSE printf('the bytes of %#x are printable characters', c.iova) END AS says, c.capture, c.line, c.n
  FROM (SELECT c.*, c.page = 0 AS zero,
               -- Five bytes or more, all from 0x20 to 0x7f.
               length(printf('%x', c.iova)) IN (10, 12, 14, 16) AND printf('%x', c.iova) GLOB
                 substr('[2-7][0-9a-f][2-7][0-9a-f][2-7][0-9a-f][2-7][0-9a-f][2-7][0-9a-f][2-7][0-9a-f][2-7][0-9a-f][2-7][0-9a-f]', 1,
                        length(printf('%x', c.iova)) / 2 * 13) AS text
          FROM fault_case AS c
         WHERE c.iova >= 0 AND c.id IN (SELECT n."case" FROM nic AS n)) AS c
  JOIN (SELECT 'not-address' AS clue UNION ALL SELECT 'zero' UNION ALL SELECT 'text' UNION ALL SELECT 'permission') AS x
    ON x.clue = 'not-address' AND (c.zero OR c.text) OR x.clue = 'zero' AND c.zero OR x.clue = 'text' AND c.text
       OR x.clue = 'permission' AND c.kind = 'permission' AND (c.zero OR c.text)
 WHERE c.kind IN ('translation', 'no-access', 'permission', 'unknown')

UNION ALL
SELECT n.incident, n."case", 'network-card', n.says, n.capture, n.line, n.n
  FROM nic AS n

UNION ALL
SELECT c.incident, c.id, 'never-mapped', 'mappings of the device are traced, and none is of that page', m.capture, m.line, c.n
  FROM fault_case AS c
  JOIN (SELECT g.boot, d.dev, d.capture, min(d.line) AS line FROM dma_map AS d JOIN segment AS g ON g.id = d.segment
         WHERE d.what = 'map' AND d.trust <> 'guest' GROUP BY g.boot, d.dev) AS m ON m.boot = c.boot AND m.dev = c.device
 WHERE NOT EXISTS (SELECT 1 FROM dma_map AS d JOIN segment AS g ON g.id = d.segment
                    WHERE g.boot = c.boot AND d.dev = c.device AND d.what = 'map' AND c.iova >= d.dma AND c.iova - d.dma < d.size)
   AND NOT EXISTS (SELECT 1 FROM loss AS l JOIN segment AS g ON g.id = l.segment WHERE g.boot = c.boot AND l.what = 'trace')

UNION ALL
SELECT c.incident, c.id, 'was-mapped', printf('%#x was mapped', c.iova), d.capture, d.line, c.n
  FROM fault_case AS c
  JOIN dma_map AS d ON d.dev = c.device AND d.what = 'map' AND d.trust <> 'guest' AND c.iova >= d.dma AND c.iova - d.dma < d.size
  JOIN segment AS g ON g.id = d.segment AND g.boot = c.boot

UNION ALL
SELECT c.incident, c.id, 'was-mapped', printf('%#x was mapped', c.iova), m.capture, ifnull(m.mapped, m.unmapped), c.n
  FROM fault_case AS c
  JOIN v_iommu_map AS m ON m."case" = c.id;

-- cause     dma-addr-truncated-32
-- title     The device used the lower 32 bits of a longer address
-- explain   Memory above 4 GiB was mapped for DMA, and the device asked for the same place less its upper bits: a descriptor, a register or a
--        |  variable of the driver keeps 32 bits only, or the upper half is written elsewhere.
-- remedy    Let the driver set a DMA mask of 32 bits, so that what lies above is bounced; or use the device's descriptors for 64 bits. A 32-bit dom0
--        |  needs Linux 3.14 or later (e17b2f114c).
-- refs      linux e17b2f114cb8, linux Documentation/core-api/dma-api-howto.rst
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_twin
-- trigger   lower-half      a refused address is the lower 32 bits of what was mapped for DMA | kind: address
-- needs     mapped-then     that was mapped when the access was refused | ask: whether it was mapped when the access was refused | capture: a trace of the mappings with its anchors in the kernel's log: faultline capture-kit grants | kind: time
-- supports  once            one address fits, and so little is mapped that it fits by chance less than once in twenty times | kind: address
-- decides   again           two or more addresses fit, half of all at least, and more than chance would have it | ask: more of the refused addresses, and which addresses were handed to that device | capture: a trace of its DMA mappings with anchors in the kernel's log: faultline capture-kit grants | kind: address
-- excludes  there-itself    the address was mapped for the device as it is | kind: address
-- excludes  other-uses      most of the refused addresses fit nothing that was mapped | kind: address

SELECT t.incident AS subject, NULL AS "case", x.clue,
       CASE x.clue WHEN 'mapped-then' THEN printf('%#x was mapped then', t.high)
                   ELSE printf('%#x is %#x less its upper bits', t.iova, CASE WHEN t.how IN ('dump', 'grant') THEN t.high | (t.iova & 0xfff) ELSE t.high - (t.high & 0xffffffff) + t.iova END) END AS says,
       t.capture, t.line, 1 AS n
  FROM (SELECT t.incident, t.iova, t.high, t.how, t.live, t.capture, t.line, t.among, row_number() OVER (PARTITION BY t.incident ORDER BY t.live DESC, t.how <> 'dma', t.line) AS nr,
               (SELECT count(*) FROM incident_iova AS v WHERE v.incident = t.incident) AS tries
          FROM fault_twin AS t) AS t
  JOIN (SELECT 'lower-half' AS clue UNION ALL SELECT 'mapped-then' UNION ALL SELECT 'once') AS x
 WHERE t.nr = 1 AND CASE x.clue WHEN 'mapped-then' THEN t.live WHEN 'once' THEN t.among * t.tries * 20 < 1 << 20 ELSE 1 END

UNION ALL
SELECT i.id, NULL, CASE WHEN y.fit * 2 >= y.tries THEN 'again' ELSE 'other-uses' END, printf('%d of %d addresses fit something that was mapped above 4 GiB', y.fit, y.tries),
       i.last_capture, i.last_line, i.n
  FROM incident AS i
  JOIN (SELECT v.incident, count(*) AS tries,
               total(EXISTS (SELECT 1 FROM fault_twin AS t WHERE t.incident = v.incident AND t.iova = v.iova AND t.live)) AS fit,
               (SELECT max(t.among) FROM fault_twin AS t WHERE t.incident = v.incident) AS among
          FROM incident_iova AS v
         WHERE v.incident IN (SELECT t.incident FROM fault_twin AS t)
         GROUP BY v.incident) AS y ON y.incident = i.id
 WHERE y.fit >= 2 AND y.fit * 2 >= y.tries AND (y.among * y.tries * 20 < 1 << 20 OR y.fit >= 4 AND y.among <= 1 << 16)
    OR y.tries >= 4 AND y.fit * 2 < y.tries

UNION ALL
SELECT c.incident, NULL, 'there-itself', printf('%#x was mapped as it is', c.iova), ifnull(c.grant_capture, c.capture), ifnull(c.grant_line, c.line), c.n
  FROM fault_case AS c
 WHERE c.page BETWEEN 1 AND 0xfffff AND c.grant_state = 'live' AND c.relation = 'certain'

UNION ALL
SELECT c.incident, NULL, 'there-itself', printf('%#x was handed to %s as it is', c.iova, c.device), d.capture, min(d.line), c.n
  FROM fault_case AS c
  JOIN dma_map AS d ON d.dev = c.device AND d.what = 'map' AND c.iova >= d.dma AND c.iova - d.dma < d.size AND d.trust <> 'guest'
  JOIN segment AS g ON g.id = d.segment AND g.boot = c.boot
 WHERE c.page BETWEEN 1 AND 0xfffff AND c.incident IN (SELECT t.incident FROM fault_twin AS t)
 GROUP BY c.incident;

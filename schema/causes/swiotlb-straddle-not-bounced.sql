-- cause     swiotlb-straddle-not-bounced
-- title     A buffer of several pages is not contiguous in the machine, and was handed over as one
-- explain   Pages that follow each other in a PV domain need not do so in the machine. Mapped by the DMA API such a buffer is bounced; a driver that works
--        |  its addresses out by itself lets the device run from the end of the first page into a page of somebody else.
-- remedy    Let the driver map with the DMA API (dma_map_*(), dma_alloc_*()) in place of virt_to_phys() or its own scatter lists; update the kernel.
-- refs      linux drivers/xen/swiotlb-xen.c range_straddles_page_boundary(), linux Documentation/core-api/dma-api-howto.rst
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case, dma_map WHERE driven_by = 'xen' AND impl IN ('vtd', 'amd')
-- trigger   next-page     the refused address is where the next page of a mapped buffer would begin | kind: address
-- needs     pv-dom0       dom0 is a PV domain | ask: what kind of domain dom0 is | capture: the console log from "Xen version" on
-- needs     mapped-then   the buffer was mapped when the access was refused | ask: whether the buffer was mapped when the access was refused | capture: a trace of the mappings with its anchors in the kernel's log: faultline capture-kit grants | kind: time
-- supports  crosses       the buffer was mapped as one piece that ends on another page | kind: address
-- excludes  mapped-too    another mapping begins at the refused address | kind: address
-- excludes  not-pv        dom0 is no PV domain

SELECT c.incident AS subject, c.id AS "case", x.clue,
       CASE x.clue WHEN 'next-page' THEN printf('%#x follows the page of %#x', c.iova, m.dma) WHEN 'mapped-then' THEN printf('%#x was mapped then', m.dma)
                   ELSE printf('%#x, %d bytes', m.dma, m.size) END AS says, m.capture, ifnull(m.mapped, m.maybe_mapped) AS line, c.n
  FROM fault_case AS c
  JOIN (SELECT c.id AS "case", d.dma, d.size, min(d.capture) AS capture,
               max(CASE WHEN d.what = 'map' AND d.t_hi + k.offset_hi <= c.base_lo THEN d.line END) AS mapped,
               max(CASE WHEN d.what = 'map' THEN d.line END) AS maybe_mapped,
               max(CASE WHEN d.what = 'unmap' AND ifnull(d.t_lo + k.offset_lo <= c.base_hi, 1) THEN d.line END) AS maybe_unmapped
          FROM fault_case AS c
          JOIN dma_map AS d ON d.dev = c.device AND d.page = c.page - 1 AND d.dma + d.size > c.iova AND d.trust <> 'guest'
          JOIN segment AS g ON g.id = d.segment AND g.boot = c.boot
          LEFT JOIN clock AS k ON k.id = d.clock
         WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd') AND c.iova & 0xfff = 0 AND ifnull(c.domain, 0) = 0
           AND (d.what = 'unmap' OR d.what = 'map' AND ifnull(d.t_lo + k.offset_lo <= c.base_hi, 1))
         GROUP BY c.id, d.dma, d.size
        HAVING min(d.capture) = max(d.capture)) AS m ON m."case" = c.id AND m.maybe_mapped IS NOT NULL
  JOIN (SELECT 'next-page' AS clue UNION ALL SELECT 'mapped-then' UNION ALL SELECT 'crosses') AS x
 WHERE x.clue <> 'mapped-then' OR m.mapped > ifnull(m.maybe_unmapped, 0)

UNION ALL
SELECT c.incident, c.id, 'mapped-too', printf('%#x was handed to %s', d.dma, c.device), d.capture, min(d.line), c.n
  FROM fault_case AS c
  JOIN dma_map AS d ON d.dev = c.device AND d.page = c.page AND d.what = 'map' AND d.trust <> 'guest'
  JOIN segment AS g ON g.id = d.segment AND g.boot = c.boot
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd') AND c.iova & 0xfff = 0
 GROUP BY c.id

UNION ALL
SELECT c.incident, c.id, CASE f.value WHEN 'pv' THEN 'pv-dom0' ELSE 'not-pv' END, printf('dom0 is a %s domain', f.value), f.capture, f.line, c.n
  FROM fault_case AS c
  JOIN v_fact AS f ON f.boot = c.boot AND f.name = 'dom0.kind'
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd') AND c.iova & 0xfff = 0;

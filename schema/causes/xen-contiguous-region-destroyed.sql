-- cause     xen-contiguous-region-destroyed
-- title     A device still uses memory that its driver gave back, and that dom0 exchanged with Xen
-- explain   For memory that is shared with a device a PV dom0 exchanges pages with Xen until they are contiguous in the machine, and gives these back when
--        |  the driver frees it. A device that was not stopped first goes on with the old addresses, which are Xen's then: a run of pages that are
--        |  nobody's is refused.
-- remedy    Let the driver stop the device before it frees what both share, in its error paths too; update the kernel.
-- refs      linux drivers/xen/swiotlb-xen.c xen_swiotlb_free_coherent(), linux arch/x86/xen/mmu_pv.c xen_destroy_contiguous_region()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'xen' AND impl IN ('vtd', 'amd')
-- trigger   run-of-pages  pages that follow each other were refused | kind: address
-- needs     pv-dom0       dom0 is a PV domain | ask: what kind of domain dom0 is | capture: the console log from "Xen version" on
-- needs     driver-left   the driver failed, or left the device, shortly before | ask: what became of the driver before | capture: dom0's dmesg, on one console with Xen's | kind: order
-- needs     in-ram        the pages are memory, and not reserved | ask: what lies at the addresses | shown-by: memory-map | capture: the console log from "Xen version" on (the e820 map) | kind: address
-- needs     was-freed     that memory was freed before | ask: what memory the driver freed, and when | capture: a trace of the mappings with its anchors in the kernel's log (Linux 6.12 and later): faultline capture-kit grants | kind: time
-- supports  run-in-freed  the refused pages were shared with the device, and freed | kind: address
-- excludes  reserved      the pages are reserved by the firmware | kind: address
-- excludes  granted       a guest granted the page, and it is mapped | kind: address
-- excludes  not-pv        dom0 is no PV domain

SELECT c.incident AS subject, c.id AS "case", 'run-of-pages' AS clue, printf('%d pages in a row, from %#x on', r.pages, r.first) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
  JOIN (SELECT a.incident, count(*) + 1 AS pages, min(b.iova) AS first
          FROM incident_iova AS a
          JOIN incident_iova AS b ON b.incident = a.incident AND b.iova >> 12 = (a.iova >> 12) - 1
         GROUP BY a.incident
        HAVING count(*) >= 2) AS r ON r.incident = c.incident
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd') AND ifnull(c.domain, 0) = 0 AND c.kind IN ('translation', 'no-access', 'unknown')

UNION ALL
SELECT c.incident, c.id, CASE p.class WHEN 'ram' THEN 'in-ram' ELSE 'reserved' END, p.says, p.capture, p.line, c.n
  FROM fault_case AS c
  JOIN fault_place AS p ON p."case" = c.id AND p.class IN ('ram', 'reserved', 'rmrr', 'ivmd')
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd')

UNION ALL
SELECT c.incident, c.id, 'granted', printf('page %#x is granted by d%d', c.page, c.grant_domain), c.grant_capture, c.grant_line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd') AND c.grant_state = 'live'

UNION ALL
SELECT c.incident, c.id, CASE f.value WHEN 'pv' THEN 'pv-dom0' ELSE 'not-pv' END, printf('dom0 is a %s domain', f.value), f.capture, f.line, c.n
  FROM fault_case AS c
  JOIN v_fact AS f ON f.boot = c.boot AND f.name = 'dom0.kind'
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd')

UNION ALL
SELECT c.incident, c.id, 'driver-left', printf('%s: %s', e.dev, e.what), e.capture, max(e.line), c.n
  FROM fault_case AS c
  JOIN device_event AS e ON e.dev = c.device AND e.what IN ('probe-failed', 'removed', 'reset', 'reset-failed') AND e.trust <> 'guest'
  JOIN segment AS g ON g.id = e.segment AND g.boot = c.boot
  LEFT JOIN clock AS k ON k.id = e.clock
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd')
   AND (e.capture = c.capture AND e.line < c.line AND NOT e.replayed OR e.t_hi + k.offset_hi <= c.base_lo)
   AND ifnull(c.base_hi - (e.t_lo + k.offset_lo) < 10000000000, 1)
 GROUP BY c.id

UNION ALL
SELECT c.incident, c.id, x.clue, printf('%#x, %d bytes: freed', d.dma, d.size), d.capture, max(d.line), c.n
  FROM fault_case AS c
  JOIN (SELECT 'was-freed' AS clue UNION ALL SELECT 'run-in-freed') AS x
  JOIN dma_map AS d ON d.dev = c.device AND d.what = 'unmap' AND d.how = 'alloc' AND c.iova >= d.dma AND c.iova - d.dma < d.size AND d.trust <> 'guest'
  JOIN clock AS k ON k.id = d.clock
  JOIN segment AS g ON g.id = d.segment AND g.boot = c.boot
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd') AND d.t_hi + k.offset_hi <= c.base_lo
 GROUP BY c.id, x.clue;

-- cause     arm-grant-iommu-map-failed
-- title     Xen could not enter a granted page in the SMMU's tables
-- explain   Xen enters each page that dom0 maps by grant 1:1 in the tables that the SMMU walks. Here that failed, for want of memory for
--        |  tables, say, and Xen told the back end so. A back end that does not look at the answer gives the page's address to a device all
--        |  the same, and the access is refused.
-- remedy    Give Xen memory for page tables (less dom0_mem, a larger P2M pool), and mend the back end that ignores the status of its maps.
-- refs      xen/drivers/passthrough/iommu.c iommu_map(), xen/common/grant_table.c map_grant_ref(); xen 55914f7fc91a (XSA-409)
-- about     incident
-- kind      root
-- refines   iommu-map-unmap-failed
-- when      SELECT 1 FROM iommu_map_error WHERE by = 'xen' AND what = 'map' AND domain = 0
-- trigger   map-failed    Xen could not enter a page 1:1 in dom0's tables
-- needs     arm           the machine is an Arm machine | ask: whether it is an Arm machine with a 1:1 mapped dom0 | shown-by: memory-map | capture: the console log from "Xen version" on
-- decides   same-page     a device of dom0 was refused that very page afterwards | kind: address
-- supports  identity      the frame is the machine's own number, as for grants of a 1:1 mapped dom0 | kind: address
-- excludes  own-page      the page is dom0's own: nobody granted it
-- excludes  x86           the machine is no Arm machine

SELECT i.id AS subject, 1 AS "case", k.clue,
       CASE k.clue WHEN 'map-failed' THEN printf('Xen could not enter frame %#x for d0 (%d)', e.dfn, e.status) ELSE printf('dfn = mfn = %#x', e.dfn) END AS says,
       e.capture, min(e.line) AS line, count(*) AS n
  FROM incident AS i
  JOIN segment AS g ON g.boot = i.boot
  JOIN iommu_map_error AS e ON e.segment = g.id, (SELECT 'map-failed' AS clue UNION ALL SELECT 'identity') AS k
 WHERE i.kind = 'iommu-update' AND i.domain = 0 AND e.by = 'xen' AND e.what = 'map' AND e.domain = 0 AND e.dfn = e.mfn AND e.trust <> 'guest'
 GROUP BY i.id, k.clue

UNION ALL
SELECT c.incident, c.id << 1, k.clue,
       CASE k.clue WHEN 'map-failed' THEN printf('Xen could not enter frame %#x for d0 (%d)', e.dfn, e.status) WHEN 'identity' THEN printf('dfn = mfn = %#x', e.dfn)
                   ELSE printf('%s refused iova %#x afterwards', c.device, c.iova) END,
       CASE k.clue WHEN 'same-page' THEN c.capture ELSE e.capture END, CASE k.clue WHEN 'same-page' THEN c.line ELSE min(e.line) END, c.n
  FROM fault_case AS c
  JOIN (SELECT g.boot, e.dfn, e.mfn, e.status, e.capture, e.line, e.t_lo + k.offset_lo AS base_lo, e.t_hi + k.offset_hi AS base_hi
          FROM iommu_map_error AS e
          JOIN segment AS g ON g.id = e.segment
          LEFT JOIN clock AS k ON k.id = e.clock
         WHERE e.by = 'xen' AND e.what = 'map' AND e.domain = 0 AND e.dfn = e.mfn AND e.trust <> 'guest') AS e ON e.boot = c.boot AND e.dfn = c.page,
       (SELECT 'map-failed' AS clue UNION ALL SELECT 'identity' UNION ALL SELECT 'same-page') AS k
 WHERE c.driven_by = 'xen' AND c.impl IN ('smmuv2', 'smmuv3', 'ipmmu') AND c.kind IN ('translation', 'unknown') AND ifnull(c.domain, 0) = 0
   AND (k.clue <> 'same-page' OR (e.capture = c.capture AND e.line < c.line) OR e.base_hi <= c.base_lo)
 GROUP BY c.id, k.clue

UNION ALL
SELECT x.incident, x."case", CASE WHEN f.value LIKE 'arm%' THEN 'arm' ELSE 'x86' END, printf('the machine is %s', f.value), f.capture, f.line, 1
  FROM (SELECT i.id AS incident, i.boot, 1 AS "case" FROM incident AS i WHERE i.kind = 'iommu-update' AND i.domain = 0
        UNION ALL SELECT c.incident, c.boot, c.id << 1 FROM fault_case AS c WHERE c.driven_by = 'xen') AS x
  JOIN known_fact AS f ON f.boot = x.boot AND f.name = 'arch'

-- Only on Arm Xen says so.
UNION ALL
SELECT i.id, 1, 'arm', 'dom0 is mapped 1:1', d.capture, d.line, 1
  FROM incident AS i
  JOIN v_dom0_memory AS d ON d.boot = i.boot
  JOIN boot_model AS m ON m.boot = i.boot AND m.model = 'M1'
 WHERE i.kind = 'iommu-update' AND i.domain = 0

-- Only an Arm machine has SMMUs and IPMMUs.
UNION ALL
SELECT c.incident, c.id << 1, 'arm', printf('%s is an IOMMU of Arm machines', c.device), c.capture, c.line, 1
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.impl IN ('smmuv2', 'smmuv3', 'ipmmu')

UNION ALL
SELECT c.incident, c.id << 1, 'own-page', printf('page %#x is dom0''s own', c.page), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.frame_class IN ('own', 'bounce')

UNION ALL
SELECT i.id, 1, 'own-page', printf('frame %#x is dom0''s own', e.dfn), r.capture, min(r.line), 1
  FROM incident AS i
  JOIN segment AS g ON g.boot = i.boot
  JOIN iommu_map_error AS e ON e.segment = g.id AND e.by = 'xen' AND e.what = 'map' AND e.domain = 0 AND e.dfn = e.mfn AND e.trust <> 'guest'
  JOIN v_range AS r ON r.boot = i.boot AND r.kind = 'dom-bank' AND r.domain = 0 AND e.dfn << 12 >= r.first AND e.dfn << 12 < r.last
 WHERE i.kind = 'iommu-update' AND i.domain = 0
   AND EXISTS (SELECT 1 FROM boot_model AS m WHERE m.boot = i.boot AND m.model = 'M1')
 GROUP BY i.id;

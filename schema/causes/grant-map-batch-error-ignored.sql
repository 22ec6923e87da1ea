-- cause     grant-map-batch-error-ignored
-- title     A back end used a page whose grant Xen had not mapped
-- explain   Xen refused one grant of a batch, and the back end did not look at the status of that one. It gave the device the page that it
--        |  had set aside for the grant, behind which there is no memory.
-- remedy    Update the kernel of the back end (the fixes of XSA-361, 362 and 365), and look for what made the guest's grant bad.
-- refs      linux drivers/xen/grant-table.c gnttab_map_refs(), linux drivers/block/xen-blkback/blkback.c xen_blkbk_map(); CVE-2021-26930, CVE-2021-26931, CVE-2021-26932
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case, grant_op WHERE driven_by = 'xen' AND op = 'map' AND status < 0
-- trigger   map-refused    a map of a grant had failed, and a device's access was refused
-- needs     placeholder    the address is that of the page that was set aside for the failed grant | ask: which page was set aside for the grant that failed | capture: a trace of the grants with host addresses and status: faultline capture-kit grants | kind: address
-- decides   not-mapped     the map failed before the fault, and no other grant was mapped there in between, for every instant that the stamps allow | kind: address
-- supports  same-page      no grant was mapped there since | kind: address
-- excludes  other-page     the address is that of none of the pages that were set aside for the grants that failed
-- excludes  permission     the IOMMU found the page and forbade the access

SELECT c.incident AS subject, c.id AS "case", 'permission' AS clue, printf('iova %#x: permission fault', c.iova) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.kind = 'permission'

UNION ALL
SELECT c.incident, c.id, 'map-refused', printf('Xen refused grant %d of d%d (status %d); later %s refused iova %#x', o.ref, o.domain, o.status, c.device, c.iova),
       o.capture, o.line, c.n
  FROM fault_case AS c
  JOIN (SELECT g.boot, min(o.id) AS first
          FROM grant_op AS o
          JOIN segment AS g ON g.id = o.segment
         WHERE o.op = 'map' AND o.status < 0 AND o.trust <> 'guest'
         GROUP BY g.boot) AS x ON x.boot = c.boot
  JOIN grant_op AS o ON o.id = x.first
 WHERE c.driven_by = 'xen' AND c.kind IN ('translation', 'no-access') AND ifnull(c.domain, 0) = 0

-- On Arm a back end names the page by its address as dom0 sees it, which is the address that the device gets.
UNION ALL
SELECT c.incident, c.id, k.clue, printf(CASE k.clue WHEN 'placeholder' THEN 'grant %d of d%d was to be mapped at page %#x'
       WHEN 'same-page' THEN 'nothing was mapped there after grant %d of d%d failed for page %#x' ELSE 'grant %d of d%d failed for page %#x before the fault' END, o.ref, o.domain, c.page), o.capture, o.line, c.n
  FROM fault_case AS c
  JOIN (SELECT g.boot, o.host_addr >> 12 AS page, max(CASE WHEN o.status < 0 THEN o.id END) AS last,
               max(CASE WHEN ifnull(o.status, 0) >= 0 THEN o.t_hi END) AS mapped, min(o.clock) AS clock, max(o.clock) AS clock_2
          FROM grant_op AS o
          JOIN segment AS g ON g.id = o.segment
         WHERE o.op = 'map' AND o.host_addr > 0 AND o.trust <> 'guest' AND ifnull(o.mapper, 0) = 0
         GROUP BY g.boot, o.host_addr >> 12
        HAVING max(CASE WHEN o.status < 0 THEN o.id END) IS NOT NULL) AS x ON x.boot = c.boot AND x.page = c.page
  JOIN grant_op AS o ON o.id = x.last
  LEFT JOIN v_base AS b ON b.clock = o.clock, (SELECT 'placeholder' AS clue UNION ALL SELECT 'same-page' UNION ALL SELECT 'not-mapped') AS k
 WHERE c.driven_by = 'xen' AND c.kind IN ('translation', 'no-access') AND c.impl IN ('smmuv2', 'smmuv3', 'ipmmu') AND ifnull(c.domain, 0) = 0
   AND (k.clue = 'placeholder' OR (x.clock IS x.clock_2 AND ifnull(x.mapped < o.t_lo, 1)))
   AND (k.clue <> 'not-mapped' OR o.t_hi + b.offset_hi <= c.base_lo
        AND NOT EXISTS (SELECT 1 FROM loss AS l WHERE l.capture = o.capture AND l.line > o.line AND l.trust <> 'guest'))

UNION ALL
SELECT c.incident, c.id, 'other-page', printf('page %#x was set aside for none of the grants that failed', c.page), o.capture, o.line, c.n
  FROM fault_case AS c
  JOIN (SELECT g.boot, min(o.id) AS first
          FROM grant_op AS o
          JOIN segment AS g ON g.id = o.segment
         WHERE o.op = 'map' AND o.status < 0 AND o.trust <> 'guest'
         GROUP BY g.boot
        HAVING count(o.host_addr) = count(*)) AS x ON x.boot = c.boot
  JOIN grant_op AS o ON o.id = x.first
 WHERE c.driven_by = 'xen' AND c.kind IN ('translation', 'no-access') AND c.impl IN ('smmuv2', 'smmuv3', 'ipmmu')
   AND NOT EXISTS (SELECT 1 FROM grant_op AS p JOIN segment AS g ON g.id = p.segment AND g.boot = c.boot
                    WHERE p.op = 'map' AND p.status < 0 AND p.trust <> 'guest' AND p.host_addr >> 12 = c.page);

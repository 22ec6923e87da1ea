-- cause     grant-unmapped-in-flight
-- title     A back end unmapped a grant while the device still used the page
-- explain   The back end mapped a granted page, handed it to the device, and unmapped it before the device was done: a
--        |  timeout, an error path, or a disconnect. The device's late access found no entry in the IOMMU.
-- remedy    Update the back end's driver; it has to wait for the device, or stop it, before it unmaps.
-- refs      linux e5c49c1703ae
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'xen' AND (grant_state = 'ended' OR grant_state = 'live' AND impl IN ('vtd', 'amd'))
-- trigger   fault-after-grant   a device used a page whose grant seems to have ended
-- needs     ended-for-certain   the unmap came before the fault, for every instant that the stamps allow | ask: when the grant was unmapped | capture: a kprobe trace of set_foreign_p2m_mapping and gnttab_unmap_refs in dom0, with its clock: faultline capture-kit grants | kind: time
-- decides   submitted-before    the page was handed to that device before the unmap | ask: when the page was handed to the device | capture: a trace of the DMA mappings (kprobes on xen_swiotlb_map_page, or dma:dma_map_*) | kind: address
-- supports  submitted-to-some   the page was handed to a device before the unmap, perhaps to that one | kind: address
-- supports  entry-gone          the walk shows that the page was in the tables no more | kind: message
-- supports  soon-after          the fault came within 5 s of the unmap | kind: time
-- excludes  only-to-another     the page was handed to another device, and never to this one
-- excludes  own-grant           the domain granted the page to itself: its own pages stay in the tables
-- excludes  readonly            the page was mapped for reading only, which explains that a write was refused
-- excludes  permission-fault    the IOMMU found the page and forbade the access

SELECT c.incident AS subject, c.id AS "case", 'permission-fault' AS clue, printf('iova %#x: permission fault', c.iova) AS says,
       c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.grant_state = 'ended' AND c.driven_by = 'xen' AND c.kind = 'permission'

UNION ALL
SELECT c.incident, c.id, 'fault-after-grant',
       printf('%s refused a %s of iova %#x; its page %#x was a grant of d%d', c.device, ifnull(c.access, 'access'), c.iova, c.page, c.grant_domain),
       c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.grant_state = 'ended' AND c.driven_by = 'xen' AND c.kind IN ('translation', 'no-access', 'permission', 'unknown')

-- On x86 a page is in the tables as long as its grant is mapped: a refused access of a page that was granted a moment ago came after that.
UNION ALL
SELECT c.incident, c.id, 'fault-after-grant',
       printf('%s refused a %s of iova %#x; its page %#x had been a grant of d%d', c.device, ifnull(c.access, 'access'), c.iova, c.page, c.grant_domain),
       c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.grant_state = 'live' AND c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd') AND c.kind IN ('translation', 'no-access') AND c.grant_why = 'dump'

UNION ALL
SELECT c.incident, c.id, 'readonly', printf('grant %d of d%d: pin %#x, flags %#x', g.ref, g.domain, g.pin, g.flags), g.capture, g.line, c.n
  FROM fault_case AS c
  JOIN grant_snapshot AS g ON g.capture = c.grant_capture AND g.line = c.grant_line
 WHERE c.grant_state = 'live' AND c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd') AND c.grant_why = 'dump' AND c.access = 'write'
   AND (g.flags & 4 OR g.pin & 0x00ff00ff = 0)
   AND NOT EXISTS (SELECT 1 FROM v_walk_leaf AS w
                    WHERE w.capture = c.capture AND w.line BETWEEN c.line AND c.line + 12 AND w.page = c.page AND w.bdf = c.device AND w.perm = '--')

UNION ALL
SELECT c.incident, c.id, 'ended-for-certain', printf('grant %d of d%d was unmapped before', c.grant_ref, c.grant_domain),
       c.end_capture, c.end_line, c.n
  FROM fault_case AS c
 WHERE c.grant_state = 'ended' AND c.relation = 'certain' AND c.end_what = 'unmap' AND c.driven_by = 'xen'

-- A strict PV dom0 has a granted page in its tables as long as it is mapped: the walk proves the unmap.
UNION ALL
SELECT c.incident, c.id, x.clue, CASE x.clue WHEN 'ended-for-certain' THEN printf('mapped by d0 it would be in the tables of a strict dom0: grant %d of d%d was unmapped', c.grant_ref, c.grant_domain)
       ELSE printf('the walk for page %#x ended at level %d without an entry', c.page, w.level) END, w.capture, w.line, c.n
  FROM fault_case AS c
  JOIN known_fact AS f ON f.boot = c.boot AND f.name = 'xen.dom0_iommu_mode' AND f.value = 'Strict'
  JOIN known_fact AS m ON m.boot = c.boot AND m.name = 'dom0.kind' AND m.value = 'pv'
  JOIN v_walk_leaf AS w ON w.capture = c.capture AND w.line BETWEEN c.line AND c.line + 12 AND w.page = c.page AND w.bdf = c.device AND w.perm = '--',
       (SELECT 'ended-for-certain' AS clue UNION ALL SELECT 'entry-gone') AS x
 WHERE c.grant_state = 'live' AND c.relation = 'certain' AND c.near AND c.grant_why = 'dump' AND c.grant_mapper = 0 AND c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd')
   AND c.kind IN ('translation', 'no-access') AND ifnull(c.domain, 0) = 0
   AND NOT EXISTS (SELECT 1 FROM domain_end AS d WHERE d.boot = c.boot AND d.domain = c.grant_domain)

UNION ALL
SELECT c.incident, c.id, 'own-grant', printf('d%d granted the page to itself: it is in its tables without the grant', c.grant_domain), c.grant_capture, c.grant_line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.grant_domain = c.grant_mapper

UNION ALL
SELECT c.incident, c.id, 'soon-after', printf('at most %.1f s after the unmap', (c.base_hi - (o.t_lo + k.offset_lo)) / 1e9),
       c.end_capture, c.end_line, c.n
  FROM fault_case AS c
  JOIN grant_op AS o ON o.capture = c.end_capture AND o.line = c.end_line
  JOIN clock AS k ON k.id = o.clock
 WHERE c.grant_state = 'ended' AND c.relation = 'certain' AND c.driven_by = 'xen'
   AND c.base_hi - (o.t_lo + k.offset_lo) <= 5000000000

UNION ALL
SELECT c.incident, c.id,
       CASE WHEN d.dev = c.device THEN 'submitted-before'
            WHEN d.dev IS NULL OR c.device NOT GLOB '*:*:*.*' THEN 'submitted-to-some'
            -- An alias of the device, a bridge or a phantom function, has its slot, slot 0 of its bus, or another bus.
            WHEN substr(d.dev, 1, 7) = substr(c.device, 1, 7) AND substr(d.dev, 1, 10) <> substr(c.device, 1, 10) AND c.device NOT LIKE '%:00.0'
            THEN 'only-to-another' ELSE 'submitted-to-some' END,
       printf('iova %#x was handed to %s before the unmap', d.dma, ifnull(d.dev, 'a device')), d.capture, d.line, c.n
  FROM fault_case AS c
  JOIN grant_op AS o ON o.capture = c.end_capture AND o.line = c.end_line
  JOIN clock AS k ON k.id = o.clock
  JOIN v_dma_given AS d ON d.page = c.page
  JOIN clock AS x ON x.id = d.clock
  JOIN grant_op AS m ON m.capture = c.grant_capture AND m.line = c.grant_line
  JOIN clock AS y ON y.id = m.clock
 WHERE c.grant_state = 'ended' AND c.relation = 'certain' AND c.driven_by = 'xen'
   AND d.t_hi + x.offset_hi <= o.t_lo + k.offset_lo + CASE WHEN x.id = k.id THEN k.offset_hi - k.offset_lo ELSE 0 END
   AND d.t_lo + x.offset_lo >= m.t_lo + y.offset_lo - CASE WHEN x.id = y.id THEN 0 ELSE 100000000 END
   -- One device at least may have been the one that faulted: then the others say nothing.
   AND (d.dev = c.device OR d.dev IS NULL
        OR NOT EXISTS (SELECT 1 FROM v_dma_given AS e WHERE e.page = c.page AND (e.dev IS NULL OR e.dev = c.device)));

-- cause     arm-grant-not-in-iommu-p2m
-- title     Granted page missing from the SMMU's tables (Xen 4.12 regression)
-- explain   Dom0, mapped 1:1, maps a page that another domain granted, and swiotlb-xen gives its machine address to
--        |  the device without bouncing it. The SMMU walks dom0's p2m; since Xen 4.12 gnttab_need_iommu_mapping()
--        |  is false on Arm, so the granted page is not in that p2m and the device's access is refused. What is copied does not fault:
--        |  traffic between dom0 and its guests, packets of at most 128 bytes, and all that a network device receives for them.
-- remedy    Update Xen to 4.13.3, 4.14.2 or 4.15.0, or apply 04085ec1ac together with e8185c5f01; the 4.12 branch was never fixed.
-- refs      xen 91d4eca7add, xen 04085ec1ac, xen b0b734a8b3, xen d7a1e06efd
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE impl IN ('smmuv2', 'ipmmu')
-- trigger   context-fault       an SMMU or IPMMU that Xen drives refused an access
-- needs     foreign-page        the address lies in host memory outside every bank of dom0 | ask: host memory and dom0's share of it | shown-by: memory-map | capture: the console log from "Xen version" on (RAM: and BANK lines) | kind: address
-- needs     affected-xen        this release of Xen has the regression | ask: the release of Xen | shown-by: xen-release | capture: xl info, or the console log from "Xen version" on | kind: version
-- needs     dom0-context        the context bank serves dom0: Xen's lines say so, or it is the first one and dom0 is set up first | ask: which domain the context bank serves | capture: the console log from "Xen version" on, with loglvl=all on Xen's command line (p2maddr lines) | kind: order
-- decides   granted-and-live    dom0 had the page mapped by a grant when the device used it | ask: whether dom0 had the page mapped by a grant at that time | capture: xl debug-keys g while the traffic runs, then xl dmesg: faultline capture-kit debug-keys | kind: address
-- supports  granted-maybe-live  dom0 may have had the page mapped by a grant | kind: address
-- supports  device-error        a device reported failed DMA at the same time | kind: time
-- supports  first-use           the first back end of this boot had come to life shortly before | kind: time
-- caps      vendor-build        the version has a vendor's suffix: the fix may be in it | of: affected-xen
-- caps      grant-maybe-ended   the grant may have ended before the fault | of: granted-and-live
-- excludes  permission-fault    the SMMU found the page and forbade the access
-- excludes  not-translation     the SMMU refused the access for another reason than a missing page
-- excludes  not-direct          dom0 is not mapped 1:1, so devices do not get machine addresses
-- excludes  map-failed          Xen tried to enter that very page, and failed
-- excludes  own-page            the page is dom0's own
-- excludes  unmapped-before     the grant had ended before the fault
-- excludes  other-domain        the faulting context serves another domain
-- excludes  nic-write           a network device wrote: netback copies what it receives and maps nothing for it
-- excludes  doorbell            a write to the first 0x40 bytes of a 64 KiB page: an interrupt message, not data
-- excludes  fixed-xen           this release of Xen has the fix | ask: whether this build lost the fix | capture: xl info (xen_changeset, xen_cc_compile_date)
-- excludes  old-xen             this release of Xen is older than the regression

SELECT c.incident AS subject, c.id AS "case", 'permission-fault' AS clue,
       printf('iova %#x: permission fault, so the page is in the tables', c.iova) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.impl IN ('smmuv2', 'ipmmu') AND c.driven_by = 'xen' AND c.kind = 'permission'

UNION ALL
SELECT c.incident, c.id, 'not-translation', printf('iova %#x: %s fault', c.iova, c.kind), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.impl IN ('smmuv2', 'ipmmu') AND c.driven_by = 'xen' AND c.kind NOT IN ('translation', 'permission', 'unknown')

UNION ALL
SELECT c.incident, c.id, 'own-page', printf('page %#x is dom0''s own (%s)', c.page, CASE c.frame_class WHEN 'own' THEN 'inside one of its banks'
       ELSE 'inside its bounce pool' END), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.frame_class IN ('own', 'bounce') AND c.impl IN ('smmuv2', 'ipmmu') AND c.driven_by = 'xen'

UNION ALL
SELECT c.incident, c.id, 'unmapped-before', printf('grant %d of d%d on page %#x was unmapped before', c.grant_ref, c.grant_domain, c.page),
       c.end_capture, c.end_line, c.n
  FROM fault_case AS c
 WHERE c.grant_state = 'ended' AND c.relation = 'certain' AND c.impl IN ('smmuv2', 'ipmmu') AND c.driven_by = 'xen'

UNION ALL
SELECT c.incident, c.id, 'other-domain', CASE WHEN c.context IS NULL THEN printf('the fault is of d%d', c.domain) ELSE printf('context bank %d serves d%d', c.context, c.domain) END, x.capture, x.line, c.n
  FROM fault_case AS c
  JOIN incident AS i ON i.id = c.incident
  LEFT JOIN context_owner AS x ON x.boot = c.boot AND x.context = c.context AND substr(c.device, 1, length(x.instance) + 1) = x.instance || ' '
 WHERE c.domain > 0 AND c.impl IN ('smmuv2', 'ipmmu') AND c.driven_by = 'xen'

UNION ALL
SELECT c.incident, c.id, 'nic-write', printf('%s wrote to %#x; netback maps nothing for what it receives', q.dev, c.iova), c.capture, c.line, c.n
  FROM fault_case AS c
  JOIN (SELECT incident, min(dev) AS dev FROM consequence WHERE class = 'nic' AND same AND certain GROUP BY incident) AS q ON q.incident = c.incident
 WHERE c.access = 'write' AND c.impl IN ('smmuv2', 'ipmmu') AND c.driven_by = 'xen'

UNION ALL
SELECT c.incident, c.id, 'doorbell', printf('a write to %#x is an interrupt message, not data', c.iova), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.access = 'write' AND c.iova & 0xffff = 0x40 AND c.impl IN ('smmuv2', 'ipmmu') AND c.driven_by = 'xen'

UNION ALL
SELECT c.incident, c.id, 'context-fault', printf('%s refused a %s of iova %#x: %s', c.device, ifnull(c.access, 'access'), c.iova,
       CASE c.kind WHEN 'translation' THEN 'no entry for the page' WHEN 'unknown' THEN 'the line does not say why' ELSE c.kind END),
       c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.impl IN ('smmuv2', 'ipmmu') AND c.driven_by = 'xen'

UNION ALL
SELECT c.incident, c.id, 'foreign-page', printf('page %#x is host memory and in no bank of dom0', c.page), r.capture, r.line, c.n
  FROM fault_case AS c
  JOIN v_range AS r ON r.boot = c.boot AND r.kind = 'host-ram' AND c.iova >= r.first AND c.iova < r.last
 WHERE c.frame_class = 'foreign' AND c.impl IN ('smmuv2', 'ipmmu') AND c.driven_by = 'xen'

UNION ALL
SELECT c.incident, c.id, v.clue, v.says, v.capture, v.line, c.n
  FROM fault_case AS c
  JOIN v_xen_regression AS v ON v.boot = c.boot AND v.change = 'gnttab-need-iommu-mapping' AND v.clue IN ('affected-xen', 'fixed-xen', 'old-xen', 'vendor-build')
 WHERE c.impl IN ('smmuv2', 'ipmmu') AND c.driven_by = 'xen'

UNION ALL
SELECT c.incident, c.id, CASE WHEN c.relation = 'certain' AND (c.grant_why = 'trace' OR c.near) THEN 'granted-and-live' ELSE 'granted-maybe-live' END,
       printf('page %#x is grant %d of d%d, mapped by d%d%s', c.page, c.grant_ref, c.grant_domain, c.grant_mapper,
              CASE WHEN c.relation <> 'certain' AND c.end_what = 'gap' THEN '; messages were lost between that and the fault'
                   WHEN c.relation <> 'certain' AND c.unshown IS NOT NULL
                   THEN printf('; one of %d unmaps of batches that no line shows may be its own', c.unshown)
                   WHEN c.relation <> 'certain' THEN '; whether it was live at the fault is not certain'
                   WHEN c.distance IS NULL THEN '; seen before the fault, how long before is not known'
                   WHEN c.distance > 0 THEN printf('; seen at most %.1f s before', c.distance / 1e9) ELSE '' END),
       c.grant_capture, c.grant_line, c.n
  FROM fault_case AS c
 WHERE c.grant_state = 'live' AND c.grant_mapper = 0 AND c.impl IN ('smmuv2', 'ipmmu') AND c.driven_by = 'xen'

UNION ALL
SELECT c.incident, c.id, 'device-error', printf('%s %s', q.dev, r.words), q.capture, q.line, q.n
  FROM fault_case AS c
  JOIN (SELECT incident, dev, what, min(capture) AS capture, min(line) AS line, count(*) AS n FROM consequence
         WHERE same AND certain GROUP BY incident) AS q ON q.incident = c.incident
  JOIN consequence_rule AS r ON r.what = q.what
 WHERE c.impl IN ('smmuv2', 'ipmmu') AND c.driven_by = 'xen'

-- An old installation meets the fault on the day when it first serves a guest.
UNION ALL
SELECT c.incident, c.id, 'first-use', printf('the first back end, %s of d%d, was %s at most %.1f s before', e.kind, e.domain, e.state, (c.base_hi - e.t_lo - k.offset_lo) / 1e9),
       e.capture, e.line, c.n
  FROM fault_case AS c
  JOIN (SELECT g.boot, min(e.id) AS first
          FROM backend AS e
          JOIN segment AS g ON g.id = e.segment
         WHERE e.trust <> 'guest' AND e.domain > 0 AND e.state IN ('ready', 'connected') AND g.boot IS NOT NULL
         GROUP BY g.boot) AS x ON x.boot = c.boot
  JOIN backend AS e ON e.id = x.first
  JOIN clock AS k ON k.id = e.clock
 WHERE c.impl IN ('smmuv2', 'ipmmu') AND c.driven_by = 'xen' AND e.t_hi + k.offset_hi <= c.base_lo AND c.base_hi - e.t_lo - k.offset_lo <= 60000000000

UNION ALL
SELECT c.incident, c.id, 'not-direct', 'dom0''s memory is not mapped 1:1', a.capture, min(a.line), 1
  FROM fault_case AS c
  JOIN boot_model AS m ON m.boot = c.boot AND m.model = 'M2'
  JOIN segment AS g ON g.boot = c.boot
  JOIN allocation AS a ON a.segment = g.id AND a.domain = 0 AND a.direct = 0 AND a.trust <> 'guest' AND a.speaker = 'xen'
 WHERE c.impl IN ('smmuv2', 'ipmmu') AND c.driven_by = 'xen'
 GROUP BY c.id

UNION ALL
SELECT c.incident, c.id, 'map-failed', printf('Xen could not enter page %#x for d0 (%d)', c.page, e.status), e.capture, min(e.line), 1
  FROM fault_case AS c
  JOIN segment AS g ON g.boot = c.boot
  JOIN iommu_map_error AS e ON e.segment = g.id AND e.dfn = c.page AND e.by = 'xen' AND e.what = 'map' AND e.domain = 0 AND e.trust <> 'guest'
 WHERE c.impl IN ('smmuv2', 'ipmmu') AND c.driven_by = 'xen'
 GROUP BY c.id

UNION ALL
SELECT c.incident, c.id, 'grant-maybe-ended',
       printf('page %#x was grant %d of d%d; %s before the fault', c.page, c.grant_ref, c.grant_domain,
              CASE c.end_what WHEN 'dump' THEN 'a later dump lacks it,' WHEN 'reuse' THEN 'its handle was used again'
                              WHEN 'domain' THEN printf('d%d ended', c.grant_domain)
                              ELSE CASE WHEN c.grant_why = 'dump' THEN 'it may have been unmapped'
                                        WHEN c.unshown IS NULL THEN 'it was unmapped, perhaps to be mapped again,'
                                        ELSE printf('it was unmapped, perhaps to be mapped again by one of %d maps that no line shows,', c.unshown) END END),
       c.end_capture, c.end_line, c.n
  FROM fault_case AS c
 WHERE c.grant_state = 'ended' AND c.relation = 'possible' AND c.impl IN ('smmuv2', 'ipmmu') AND c.driven_by = 'xen'

UNION ALL
SELECT c.incident, c.id, 'dom0-context', CASE WHEN c.domain = 0 THEN CASE WHEN c.context IS NULL THEN 'the fault is of dom0' ELSE printf('context bank %d serves dom0', c.context) END
       ELSE 'context bank 0, the first that Xen sets up' END, ifnull(x.capture, c.capture), ifnull(x.line, c.line), c.n
  FROM fault_case AS c
  LEFT JOIN context_owner AS x ON x.boot = c.boot AND x.context = c.context AND substr(c.device, 1, length(x.instance) + 1) = x.instance || ' '
 WHERE c.impl IN ('smmuv2', 'ipmmu') AND c.driven_by = 'xen'
   AND (c.domain = 0
        OR (c.context = 0 AND c.domain IS NULL
            -- Somebody else was first: dom0less domains are set up before dom0.
            AND NOT EXISTS (SELECT 1 FROM context_bank AS b JOIN segment AS g ON g.id = b.segment
                             WHERE g.boot = c.boot AND g.starts = 'xen-banner' AND b.trust <> 'guest')));

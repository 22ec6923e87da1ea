-- cause     domain-destroyed-inflight-dma
-- title     A domain ended while a device still used its pages
-- explain   The domain was destroyed, reset or crashed while DMA to or from its pages was outstanding. Xen took the pages
--        |  out of the IOMMU's tables, and the late accesses were refused.
-- remedy    Stop or reset the device (FLR), or let the back end finish, before the domain is destroyed.
-- refs      xen domain_soft_reset(), xen grant_table_warn_active_grants()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case, domain_end
-- trigger   fault-after-end     a device's access was refused after a domain had ended | kind: order
-- needs     page-of-that-domain the page was granted by the domain that ended | ask: which domain granted the page | capture: xl debug-keys g before the domain is destroyed; guest_loglvl=all on Xen's command line | kind: address
-- decides   active-grant        Xen reported the page as granted and still mapped when the domain ended, at most 10 s before | ask: which grants were still mapped when the domain ended | capture: guest_loglvl=all on Xen's command line | kind: address
-- supports  active-grant-once   Xen reported the page as granted and still mapped when the domain ended | kind: address
-- supports  soon-after          the fault came within 10 s of the end | kind: time
-- excludes  own-page            the page is dom0's own
-- excludes  permission-fault    the IOMMU found the page and forbade the access

SELECT c.incident AS subject, c.id AS "case", 'own-page' AS clue, printf('page %#x is dom0''s own', c.page) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.frame_class IN ('own', 'bounce') AND c.driven_by = 'xen'

UNION ALL
SELECT c.incident, c.id, 'permission-fault', printf('iova %#x: permission fault', c.iova), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.kind = 'permission' AND c.driven_by = 'xen'

UNION ALL
SELECT c.incident, c.id, 'fault-after-end', printf('d%d: %s; then iova %#x was refused', d.domain, d.what, c.iova), c.capture, c.line, c.n
  FROM (SELECT c.*, (SELECT max(d.line) FROM domain_end AS d WHERE d.capture = c.capture AND d.line < c.line) AS end_of
          FROM fault_case AS c
         WHERE c.driven_by = 'xen' AND c.kind IN ('translation', 'no-access', 'permission', 'unknown') AND c.iova IS NOT NULL) AS c
  JOIN domain_end AS d ON d.capture = c.capture AND d.line = c.end_of AND d.boot = c.boot

UNION ALL
SELECT c.incident, c.id, CASE WHEN c.base_hi - (g.t_lo + k.offset_lo) <= 10000000000 THEN 'active-grant' ELSE 'active-grant-once' END,
       printf('d%d had an active grant of page %#x', g.domain, g.frame), g.capture, g.line, c.n
  FROM fault_case AS c
  JOIN grant_left AS g ON g.frame = c.page AND g.capture = c.capture AND g.line < c.line AND g.trust <> 'guest' AND g.speaker = 'xen'
  JOIN segment AS s ON s.id = g.segment AND s.boot = c.boot
  LEFT JOIN clock AS k ON k.id = g.clock
 WHERE c.driven_by = 'xen'

UNION ALL
SELECT c.incident, c.id, 'page-of-that-domain', printf('page %#x was granted by d%d', c.page, g.domain), g.capture, g.line, c.n
  FROM fault_case AS c
  JOIN grant_left AS g ON g.frame = c.page AND g.capture = c.capture AND g.line < c.line AND g.trust <> 'guest' AND g.speaker = 'xen'
  JOIN segment AS s ON s.id = g.segment AND s.boot = c.boot
 WHERE c.driven_by = 'xen'

UNION ALL
SELECT c.incident, c.id, 'page-of-that-domain', printf('page %#x was granted by d%d', c.page, c.grant_domain), c.grant_capture, c.grant_line, c.n
  FROM fault_case AS c
  JOIN domain_end AS d ON d.boot = c.boot AND d.capture = c.capture AND d.line < c.line AND d.domain = c.grant_domain
 WHERE c.driven_by = 'xen' AND c.grant_state IS NOT NULL

UNION ALL
SELECT c.incident, c.id, 'soon-after', printf('at most %.1f s after the end of d%d', (c.base_hi - d.base_lo) / 1e9, d.domain), d.capture, d.line, c.n
  FROM fault_case AS c
  JOIN domain_end AS d ON d.boot = c.boot AND d.capture = c.capture AND d.line < c.line
 WHERE c.driven_by = 'xen' AND c.base_hi - d.base_lo <= 10000000000
   AND (d.domain = c.grant_domain
        OR EXISTS (SELECT 1 FROM grant_left AS g WHERE g.frame = c.page AND g.domain = d.domain AND g.capture = d.capture));

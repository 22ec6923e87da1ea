-- cause     grant-self-map-iommu
-- title     Xen took a domain's own page from the IOMMU when the domain unmapped its own grant
-- explain   A domain that grants a page to itself (a disk of dom0 attached to dom0) has the page in the IOMMU's tables already. Xen entered
--        |  it once more, and the unmap took away the only entry there was. On Arm the first map also makes the page look like no memory,
--        |  so that the next map of it fails with bad_page.
-- remedy    Update Xen to 4.13.3, 4.14.2 or 4.15.0, or apply e8185c5f01; a tree with the fix of arm-grant-not-in-iommu-p2m needs both.
-- refs      xen e8185c5f01, xen 98e6482bd1, xen 9b6054a63e, xen/common/grant_table.c map_grant_ref()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE grant_state = 'ended' UNION ALL SELECT 1 FROM incident WHERE kind = 'grant-error'
-- trigger   own-grant       a domain could not map, or had unmapped, a grant of its own
-- needs     affected-xen    this release of Xen enters a domain's own grants once more | ask: the release of Xen | shown-by: xen-release | capture: xl info, or the console log from "Xen version" on | kind: version
-- needs     grants-entered  this Xen enters grants in dom0's IOMMU tables at all | ask: whether grants of dom0 are entered in the IOMMU's tables | capture: xl dmesg from boot on (Dom0 mode), and on Arm the patches of this build | kind: message
-- decides   own-page-fault  a device was refused the page after the unmap, though it is the domain's own | kind: address
-- supports  bad-page        the status is bad_page: the page is not usable for a grant any more | kind: message
-- caps      vendor-build    the version has a vendor's suffix: the fix may be in it | of: affected-xen
-- excludes  fixed-xen       this release of Xen has the fix
-- excludes  not-entered     this Xen does not enter grants of dom0 in the IOMMU's tables

-- Xenbus prints the status without its sign.
SELECT e.incident AS subject, 1 AS "case", x.clue, CASE x.clue WHEN 'own-grant' THEN printf('dom0 could not map reference %#x of dom0 itself', e.ref)
       ELSE 'status -9: bad_page' END AS says, e.capture, min(e.line) AS line, count(*) AS n
  FROM v_grant_error AS e, (SELECT 'own-grant' AS clue UNION ALL SELECT 'bad-page') AS x
 WHERE e.by IN ('linux', 'trace') AND e.what = 'map-failed' AND abs(e.status) = 9 AND e.domain = 0 AND e.other = 0 AND ifnull(e.mapper, 0) = 0
 GROUP BY e.incident, x.clue

UNION ALL
SELECT c.incident, c.id << 1, x.clue, CASE x.clue WHEN 'own-grant' THEN printf('grant %d of d%d, mapped by itself, was unmapped', c.grant_ref, c.grant_domain)
       ELSE printf('%s refused iova %#x, in page %#x of d%d itself', c.device, c.iova, c.page, c.grant_domain) END,
       CASE x.clue WHEN 'own-grant' THEN c.end_capture ELSE c.capture END, CASE x.clue WHEN 'own-grant' THEN c.end_line ELSE c.line END, c.n
  FROM fault_case AS c, (SELECT 'own-grant' AS clue UNION ALL SELECT 'own-page-fault') AS x
 WHERE c.driven_by = 'xen' AND c.grant_state = 'ended' AND c.grant_domain = c.grant_mapper AND c.kind IN ('translation', 'no-access')
   AND (x.clue = 'own-grant' OR (c.relation = 'certain' AND c.end_what = 'unmap'))

UNION ALL
SELECT x.incident, x."case", CASE v.state WHEN 'affected' THEN 'affected-xen' ELSE 'fixed-xen' END,
       printf('Xen %s %s', v.version, CASE v.state WHEN 'affected' THEN 'enters them once more' ELSE ifnull('has the fix ' || v.fix, 'has the fix') END), v.capture, v.line, 1
  FROM (SELECT i.id AS incident, i.boot, 1 AS "case" FROM incident AS i WHERE i.kind = 'grant-error'
        UNION ALL SELECT c.incident, c.boot, c.id << 1 FROM fault_case AS c WHERE c.grant_state = 'ended' AND c.grant_domain = c.grant_mapper) AS x
  JOIN v_xen_change AS v ON v.boot = x.boot AND v.change = 'gnttab-own-grant-iommu'
 WHERE v.state = 'affected' OR (v.state = 'fixed' AND v.suffix = '')

UNION ALL
SELECT x.incident, x."case", 'vendor-build', printf('Xen %s is a vendor''s build', v.version), v.capture, v.line, 1
  FROM (SELECT i.id AS incident, i.boot, 1 AS "case" FROM incident AS i WHERE i.kind = 'grant-error'
        UNION ALL SELECT c.incident, c.boot, c.id << 1 FROM fault_case AS c WHERE c.grant_state = 'ended' AND c.grant_domain = c.grant_mapper) AS x
  JOIN v_xen_change AS v ON v.boot = x.boot AND v.change = 'gnttab-own-grant-iommu' AND v.suffix <> ''

-- Arm: until 4.11, and again where the regression of 4.12 is mended. x86: a strict PV dom0.
UNION ALL
SELECT x.incident, x."case", CASE WHEN a.value LIKE 'arm%' THEN CASE v.state WHEN 'affected' THEN 'not-entered' ELSE 'grants-entered' END
                                  WHEN m.value = 'Strict' THEN 'grants-entered' ELSE 'not-entered' END,
       CASE WHEN a.value LIKE 'arm%' THEN printf('Xen %s %s grants in the SMMU''s tables', v.version, CASE v.state WHEN 'affected' THEN 'never enters' ELSE 'enters' END)
            ELSE printf('dom0''s IOMMU mode is %s', m.value) END,
       CASE WHEN a.value LIKE 'arm%' THEN v.capture ELSE m.capture END, CASE WHEN a.value LIKE 'arm%' THEN v.line ELSE m.line END, 1
  FROM (SELECT i.id AS incident, i.boot, 1 AS "case" FROM incident AS i WHERE i.kind = 'grant-error'
        UNION ALL SELECT c.incident, c.boot, c.id << 1 FROM fault_case AS c WHERE c.grant_state = 'ended' AND c.grant_domain = c.grant_mapper) AS x
  JOIN known_fact AS a ON a.boot = x.boot AND a.name = 'arch'
  LEFT JOIN v_xen_change AS v ON v.boot = x.boot AND v.change = 'gnttab-need-iommu-mapping'
  LEFT JOIN known_fact AS m ON m.boot = x.boot AND m.name = 'xen.dom0_iommu_mode'
 WHERE (a.value LIKE 'arm%' AND (v.state IN ('before', 'fixed') OR (v.state = 'affected' AND v.suffix = '')))
    OR (a.value LIKE 'x86%' AND m.value IN ('Strict', 'Relaxed'));

-- cause     arm-grant-bug-latent
-- title     This Xen keeps granted pages out of the SMMU's tables; nothing has hit it yet
-- explain   This release has the regression of arm-grant-not-in-iommu-p2m, dom0 is mapped 1:1 behind an IOMMU, and back ends are
--        |  at work; but no device was refused a granted page, because it bounces them or never met one. Another network card, or
--        |  a driver that stops bouncing, brings the fault out.
-- remedy    Update Xen to 4.13.3, 4.14.2 or 4.15.0 before that happens; the 4.12 branch was never fixed.
-- refs      xen 91d4eca7add, xen 04085ec1ac
-- about     boot
-- kind      exposure
-- when      SELECT 1 FROM backend
-- trigger   back-end            a paravirtual back end is at work in dom0 of a release that may have the regression
-- needs     affected-xen        this release of Xen has the regression | ask: the release of Xen | shown-by: xen-release | capture: xl info, or the console log from "Xen version" on | kind: version
-- needs     direct-dom0         dom0 is mapped 1:1 | ask: whether dom0 is mapped 1:1 | shown-by: memory-map | capture: the console log from "Xen version" on
-- needs     iommu-on            Xen uses the IOMMU | ask: whether Xen uses the IOMMU | shown-by: xen-version | capture: the console log from "Xen version" on
-- supports  bounced-foreign     a page that is not dom0's was bounced for a device | capture: the tracepoint swiotlb:swiotlb_bounced in dom0 | kind: address
-- caps      vendor-build        the version has a vendor's suffix: the fix may be in it | of: affected-xen
-- excludes  fixed-xen           this release of Xen has the fix
-- excludes  old-xen             this release of Xen is older than the regression
-- excludes  x86                 the machine is no Arm machine
-- excludes  granted-page-fault  a device was refused a page that may have been granted: that is the fault itself

SELECT v.boot AS subject, NULL AS "case", v.clue, v.says, v.capture, v.line, 1 AS n
  FROM v_xen_regression AS v
 WHERE v.change = 'gnttab-need-iommu-mapping' AND v.clue IN ('affected-xen', 'fixed-xen', 'old-xen', 'vendor-build')

UNION ALL
SELECT c.boot, NULL, 'granted-page-fault', printf('iova %#x was refused', c.iova), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.impl = 'smmuv2' AND c.driven_by = 'xen' AND c.kind IN ('translation', 'unknown') AND ifnull(c.domain, 0) = 0
   AND ifnull(c.frame_class, 'foreign') = 'foreign'
   AND NOT (ifnull(c.grant_state, '') = 'ended' AND ifnull(c.relation, '') = 'certain')

UNION ALL
SELECT x.boot, NULL, 'x86', x.says, x.capture, x.line, 1
  FROM (SELECT f.boot, printf('%s is %s', f.name, f.value) AS says, f.capture, min(f.line) AS line
          FROM v_fact AS f
         WHERE (f.name = 'arch' AND f.value = 'x86') OR f.name = 'dom0.kind' OR f.name GLOB 'xen.vtd.*' OR f.name GLOB 'xen.amd.*'
         GROUP BY f.boot) AS x

-- A release that nobody told is no exposure: any machine with a back end would have it.
UNION ALL
SELECT b.boot, NULL, 'back-end', printf('%s of d%d is %s', e.kind, e.domain, e.state), e.capture, e.line, b.n
  FROM (SELECT g.boot, min(e.id) AS first, count(*) AS n
          FROM backend AS e
          JOIN segment AS g ON g.id = e.segment
         WHERE e.trust <> 'guest' AND e.domain > 0 AND e.state IN ('ready', 'connected') AND g.boot IS NOT NULL
         GROUP BY g.boot) AS b
  JOIN backend AS e ON e.id = b.first
 WHERE EXISTS (SELECT 1 FROM v_xen_change AS v WHERE v.boot = b.boot AND v.change = 'gnttab-need-iommu-mapping')

UNION ALL
SELECT m.boot, NULL, 'direct-dom0', 'dom0 is mapped 1:1', d.capture, d.line, 1
  FROM v_model AS m
  JOIN v_dom0_memory AS d ON d.boot = m.boot
 WHERE m.model = 'M1'

UNION ALL
SELECT f.boot, NULL, 'iommu-on', 'I/O virtualisation is enabled', f.capture, f.line, 1
  FROM v_fact AS f
 WHERE f.name = 'xen.iommu' AND f.value = 'enabled'

UNION ALL
SELECT x.boot, NULL, 'bounced-foreign', printf('%s bounced %#x, in no bank of dom0', x.dev, x.dev_addr), x.capture, x.line, x.n
  FROM bounced_foreign AS x;

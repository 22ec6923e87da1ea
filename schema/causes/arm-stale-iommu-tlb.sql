-- cause     arm-stale-iommu-tlb
-- title     This Xen may leave pages in reach of a guest's device after it took them away
-- explain   On Arm this release can leave an entry in the tables of a guest, which the SMMU walks as well, when it takes a page away from the
--        |  guest: after a cache flush by set and way (XSA-393), or for a moment, where pages were freed before the flush. The guest or its device then
--        |  reaches memory that belongs to somebody else: no fault tells, there is only damage. Nothing in the captures shows that it happened.
-- remedy    Update Xen to 4.13.5, 4.14.4, 4.15.2, 4.16.1 or later.
-- refs      xen a428b913a002 (XSA-393), xen 2148a125b73b, xen 671878779741
-- about     boot
-- kind      exposure
-- when      SELECT 1 FROM context_bank WHERE domain > 0
-- trigger   guest-device   a guest has a device behind an SMMU, on a release that may have the fault
-- needs     affected-xen   this release of Xen has the fault | ask: the release of Xen | shown-by: xen-release | capture: xl info, or the console log from "Xen version" on | kind: version
-- caps      vendor-build   the version has a vendor's suffix: the fix may be in it | of: affected-xen
-- excludes  fixed-xen      this release of Xen has the fix
-- excludes  old-xen        this release of Xen is older than the fault

SELECT x.boot AS subject, NULL AS "case", 'guest-device' AS clue, printf('%s serves d%d', b.instance, b.domain) AS says, b.capture, b.line, x.n
  FROM (SELECT g.boot, min(b.id) AS first, count(*) AS n
          FROM context_bank AS b
          JOIN segment AS g ON g.id = b.segment
         WHERE b.domain > 0 AND b.domain < 32752 AND b.trust <> 'guest' AND b.speaker = 'xen' AND g.boot IS NOT NULL
         GROUP BY g.boot) AS x
  JOIN context_bank AS b ON b.id = x.first
 WHERE EXISTS (SELECT 1 FROM v_xen_change AS v WHERE v.boot = x.boot AND v.change = 'xsa-393-p2m')

UNION ALL
SELECT v.boot, NULL, 'affected-xen', printf(CASE v.change WHEN 'xsa-393-p2m' THEN 'Xen %s has the fault of XSA-393' ELSE 'Xen %s frees pages before the IOMMU forgets them' END, v.version),
       v.capture, v.line, 1
  FROM v_xen_change AS v
 WHERE v.change IN ('xsa-393-p2m', 'stale-flush') AND v.state = 'affected'

UNION ALL
SELECT v.boot, NULL, CASE v.state WHEN 'fixed' THEN 'fixed-xen' ELSE 'old-xen' END,
       printf('Xen %s %s', v.version, CASE v.state WHEN 'fixed' THEN ifnull('has the fix ' || v.fix, 'has the fix') ELSE 'is older than the fault' END), v.capture, v.line, 1
  FROM v_xen_change AS v
 WHERE v.change = 'xsa-393-p2m' AND v.state IN ('fixed', 'before')
   AND NOT EXISTS (SELECT 1 FROM v_xen_change AS o WHERE o.boot = v.boot AND o.change = 'stale-flush' AND o.state = 'affected')

UNION ALL
SELECT v.boot, NULL, 'vendor-build', printf('Xen %s is a vendor''s build', v.version), v.capture, v.line, 1
  FROM v_xen_change AS v
 WHERE v.change = 'xsa-393-p2m' AND v.suffix <> '';

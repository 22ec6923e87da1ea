-- cause     iommu-deferred-flush
-- title     This Xen may let a guest's device reach pages that it took away
-- explain   The release lacks fixes for IOMMU tables or caches that were not flushed, or too late: a page can be given to somebody else while the
--        |  device still reaches it. What comes of it is damage, on AMD also faults at odd addresses; nothing in the captures shows that it happened.
-- remedy    Update Xen to the newest release of a branch that gets security fixes (XSA-321, XSA-346, XSA-347, XSA-442, XSA-480).
-- refs      xen 5777a3742d88 (XSA-346), xen 3b055121c541 (XSA-347), xen 5fc98b97084a (XSA-442), xen 4bc2e5333abb (XSA-480)
-- about     boot
-- kind      exposure
-- when      SELECT 1 FROM assignment UNION ALL SELECT 1 FROM domain_device
-- trigger   guest-device  a guest has a device, on x86
-- needs     affected-xen  this release of Xen lacks a fix | ask: the release of Xen | shown-by: xen-release | capture: xl info, or the console log from "Xen version" on | kind: version
-- caps      vendor-build  the version has a vendor's suffix: the fix may be in it | of: affected-xen

SELECT d.boot AS subject, NULL AS "case", 'guest-device' AS clue, printf('d%d has %s', d.domain, d.bdf) AS says, d.capture, d.line, 1 AS n
  FROM v_guest_device AS d
  JOIN known_fact AS a ON a.boot = d.boot AND a.name = 'arch' AND a.value LIKE 'x86%'
 WHERE EXISTS (SELECT 1 FROM v_xen_change AS v WHERE v.boot = d.boot AND v.change = 'xsa-346')
 GROUP BY d.boot

UNION ALL
SELECT x.boot, NULL, 'affected-xen', printf('Xen %s lacks what mends %s', x.version, group_concat(upper(x.change), ', ')), x.capture, x.line, 1
  FROM (SELECT v.boot, v.version, v.change, v.capture, v.line
          FROM v_xen_change AS v
         WHERE v.state = 'affected'
           AND (v.change IN ('xsa-346', 'xsa-480')
                OR v.change = 'xsa-321' AND EXISTS (SELECT 1 FROM known_fact AS f WHERE f.boot = v.boot AND f.name GLOB 'xen.vtd.*')
                OR v.change IN ('xsa-347', 'xsa-442') AND EXISTS (SELECT 1 FROM known_fact AS f WHERE f.boot = v.boot AND f.name GLOB 'xen.amd.*'))
         ORDER BY v.boot, v.change) AS x
 GROUP BY x.boot

UNION ALL
SELECT v.boot, NULL, 'vendor-build', printf('Xen %s is a vendor''s build', v.version), v.capture, v.line, 1
  FROM v_xen_change AS v
 WHERE v.change = 'xsa-346' AND v.suffix <> '';

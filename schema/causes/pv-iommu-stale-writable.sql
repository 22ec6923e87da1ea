-- cause     pv-iommu-stale-writable
-- title     This Xen may leave page tables of a PV guest writable for the guest's device (XSA-288)
-- explain   Before XSA-288 a page of a PV guest could become a page table and stay writable in the IOMMU: the guest can change it by DMA behind Xen's
--        |  back. No line tells, and no fault comes of it. It is a hole, not what makes an access fail.
-- remedy    Update Xen to 4.10.4, 4.11.2, 4.12.0 or later; or give devices to PVH and HVM guests only.
-- refs      xen fe21b78ef99a (XSA-288), xen 1f0b0bb7773d (XSA-285)
-- about     boot
-- kind      exposure
-- when      SELECT 1 FROM assignment UNION ALL SELECT 1 FROM domain_device
-- trigger   pv-device     a PV guest has a device
-- needs     affected-xen  this release of Xen has the fault | ask: the release of Xen | shown-by: xen-release | capture: xl info, or the console log from "Xen version" on | kind: version
-- caps      vendor-build  the version has a vendor's suffix: the fix may be in it | of: affected-xen
-- excludes  fixed-xen     this release of Xen has the fix

SELECT d.boot AS subject, d.domain AS "case", 'pv-device' AS clue, printf('d%d is a PV guest and has %s', d.domain, d.bdf) AS says, d.capture, d.line, 1 AS n
  FROM v_guest_device AS d
  JOIN v_domain_kind AS k ON k.boot = d.boot AND k.domain = d.domain AND k.kind = 'pv'

UNION ALL
SELECT d.boot, d.domain, CASE v.state WHEN 'fixed' THEN 'fixed-xen' ELSE 'affected-xen' END,
       printf('Xen %s %s', v.version, CASE v.state WHEN 'fixed' THEN 'has the fix' ELSE 'has the fault' END), v.capture, v.line, 1
  FROM v_guest_device AS d
  JOIN v_xen_change AS v ON v.boot = d.boot AND v.change = 'xsa-288' AND v.state IN ('affected', 'fixed')
 GROUP BY d.boot, d.domain

UNION ALL
SELECT d.boot, d.domain, 'vendor-build', printf('Xen %s is a vendor''s build', v.version), v.capture, v.line, 1
  FROM v_guest_device AS d
  JOIN v_xen_change AS v ON v.boot = d.boot AND v.change = 'xsa-288' AND v.suffix <> ''
 GROUP BY d.boot, d.domain;

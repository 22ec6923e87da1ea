-- cause     pv-page-type-iommu-unmapped
-- title     A PV guest uses a page for DMA that Xen took out of the IOMMU with its type
-- explain   Since XSA-288 only such pages of a PV guest are in the IOMMU's tables as Xen counts as writable. A page that was a page table or a descriptor
--        |  table is not, until the guest maps it writable again: given to a device before that, it is refused. Often after kexec, or when a driver is loaded.
-- remedy    Let the guest touch a page before it is used for DMA (Linux mostly does), update its kernel; or make it a PVH or HVM guest.
-- refs      xen fe21b78ef99a (XSA-288), xen fad0de986220 (XSA-291), xen c497bfa63390, xen/arch/x86/mm.c _get_page_type()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'xen' AND impl IN ('vtd', 'amd')
-- trigger   pv-refused     a device of a PV guest was refused a page
-- needs     types-count    this Xen takes pages of other types out of the IOMMU | ask: the release of Xen | shown-by: xen-release | capture: xl info, or the console log from "Xen version" on | kind: version
-- needs     own-page       the page is the guest's own | ask: whose page it is | capture: xl debug-keys q (small guests), or the guest's own word on the frame | kind: address
-- supports  other-type     its type is one that is not in the IOMMU: a page table, a descriptor table, or none | kind: address
-- excludes  writable-type  its type is the writable one | kind: address
-- excludes  types-ignored  this Xen has not the fix of XSA-288
-- excludes  not-memory     no memory is at the address | kind: address
-- excludes  foreign        the page is somebody else's | kind: address

SELECT c.incident AS subject, c.id AS "case", 'pv-refused' AS clue, printf('%s belongs to d%d, a PV guest', c.device, k.domain) AS says, k.capture, k.line, c.n
  FROM fault_case AS c
  JOIN v_guest_device AS d ON d.boot = c.boot AND d.bdf = c.device
  JOIN v_domain_kind AS k ON k.boot = c.boot AND k.domain = d.domain AND k.kind = 'pv'
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd') AND c.kind IN ('no-access', 'translation', 'permission', 'unknown') AND ifnull(c.domain, d.domain) = d.domain

-- Strict dom0: only where its page is known.
UNION ALL
SELECT c.incident, c.id, 'pv-refused', 'dom0 is a PV domain, and strict', f.capture, f.line, c.n
  FROM fault_case AS c
  JOIN v_fact AS f ON f.boot = c.boot AND f.name = 'xen.dom0_iommu_mode' AND f.value = 'Strict'
  JOIN v_model AS m ON m.boot = c.boot AND m.model = 'M3'
  JOIN v_page_owner AS p ON p.boot = c.boot AND p.mfn = c.page AND p.domain = 0
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd') AND c.kind IN ('no-access', 'translation', 'permission', 'unknown') AND ifnull(c.domain, 0) = 0

UNION ALL
SELECT c.incident, c.id, CASE v.state WHEN 'fixed' THEN 'types-count' ELSE 'types-ignored' END,
       printf('Xen %s %s', v.version, CASE v.state WHEN 'fixed' THEN 'keeps only writable pages in the IOMMU' ELSE 'does not look at types for the IOMMU' END), v.capture, v.line, c.n
  FROM fault_case AS c
  JOIN v_xen_change AS v ON v.boot = c.boot AND v.change = 'xsa-288' AND v.state IN ('fixed', 'affected', 'before')
 WHERE c.driven_by = 'xen'

UNION ALL
SELECT c.incident, c.id, CASE WHEN x.clue = 'own' THEN CASE WHEN p.domain = ifnull(d.domain, 0) THEN 'own-page' ELSE 'foreign' END
                              WHEN p.type = 7 THEN 'writable-type' ELSE 'other-type' END,
       CASE x.clue WHEN 'own' THEN printf('page %#x is d%d''s', c.page, p.domain)
                   ELSE printf('its type is %s', CASE p.type WHEN 0 THEN 'none' WHEN 5 THEN 'a descriptor table' WHEN 6 THEN 'shared' WHEN 7 THEN 'writable'
                                                             ELSE printf('a page table of level %d', p.type) END) END, p.capture, p.line, c.n
  FROM fault_case AS c
  JOIN v_page_owner AS p ON p.boot = c.boot AND p.mfn = c.page
  LEFT JOIN v_guest_device AS d ON d.boot = c.boot AND d.bdf = c.device
  JOIN (SELECT 'own' AS clue UNION ALL SELECT 'type') AS x
 WHERE c.driven_by = 'xen' AND (x.clue = 'own' OR p.domain = ifnull(d.domain, 0))

UNION ALL
SELECT c.incident, c.id, 'not-memory', p.says, p.capture, p.line, c.n
  FROM fault_case AS c
  JOIN fault_place AS p ON p."case" = c.id AND p.class IN ('reserved', 'rmrr', 'ivmd', 'bar', 'beyond', 'interrupts')
 WHERE c.driven_by = 'xen';

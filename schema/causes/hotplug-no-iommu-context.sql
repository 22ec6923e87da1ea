-- cause     hotplug-no-iommu-context
-- title     A guest cannot be given a device: it was made without an IOMMU context
-- explain   Since 4.13 it is settled when a domain is made whether it may have devices. One without pci= and without passthrough= gets no context of the
--        |  IOMMU, and what is attached later is refused; libxl calls that "no IOMMU" although there is one.
-- remedy    Set passthrough="enabled" in the guest's configuration, and make the guest anew.
-- refs      xen c45f59292367, xen babde47a3fed, xen/drivers/passthrough/iommu.c iommu_do_domctl()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind = 'assign-refused'
-- trigger   refused        a domain was refused a device
-- needs     from-4.13      this Xen settles it when a domain is made | ask: the release of Xen | shown-by: xen-release | capture: xl info, or the console log from "Xen version" on | kind: version
-- needs     reason         the domain is what has no IOMMU, not the machine | ask: whether Xen drives an IOMMU | capture: the console log from "Xen version" on ("I/O virtualisation"), or xl info (virt_caps)
-- decides   told           libxl says that the configuration forbids devices
-- decides   machine-has    Xen drives an IOMMU, and refuses the domain as if there was none
-- caps      vendor-build   the version has a vendor's suffix: it may do so at another time | of: from-4.13
-- excludes  machine-lacks  Xen drives no IOMMU
-- excludes  before-4.13    this Xen makes a context when it is first needed

SELECT i.id AS subject, NULL AS "case", 'refused' AS clue,
       printf('%s: %s', ifnull('d' || a.domain, 'a domain'), a.says) AS says, a.capture, min(a.line) AS line, i.n AS n
  FROM incident AS i
  JOIN v_assign_refused AS a ON a.incident = i.id
 WHERE i.kind = 'assign-refused' AND a.by = 'toolstack' AND a.says IN ('no IOMMU', 'passthrough disabled')
 GROUP BY i.id

UNION ALL
SELECT i.id, NULL, x.clue, CASE x.clue WHEN 'from-4.13' THEN 'only a toolstack from 4.13 on says this' ELSE 'passthrough is disabled for it' END, a.capture, min(a.line), i.n
  FROM incident AS i
  JOIN v_assign_refused AS a ON a.incident = i.id AND a.says = 'passthrough disabled'
  JOIN (SELECT 'told' AS clue UNION ALL SELECT 'reason' UNION ALL SELECT 'from-4.13') AS x
 WHERE i.kind = 'assign-refused'
 GROUP BY i.id, x.clue

UNION ALL
SELECT i.id, NULL, CASE WHEN f.value = 'disabled' THEN 'machine-lacks' ELSE x.clue END, printf('I/O virtualisation is %s', f.value), f.capture, f.line, i.n
  FROM incident AS i
  JOIN v_fact AS f ON f.boot = i.boot AND f.name = 'xen.iommu'
  JOIN (SELECT 'machine-has' AS clue UNION ALL SELECT 'reason') AS x
 WHERE i.kind = 'assign-refused'
   AND EXISTS (SELECT 1 FROM v_assign_refused AS a WHERE a.incident = i.id AND a.says = 'no IOMMU')

UNION ALL
SELECT i.id, NULL, CASE v.state WHEN 'fixed' THEN 'from-4.13' ELSE 'before-4.13' END,
       printf('Xen %s makes IOMMU tables %s', v.version, CASE v.state WHEN 'fixed' THEN 'with the domain only' ELSE 'when they are needed' END), v.capture, v.line, i.n
  FROM incident AS i
  JOIN v_xen_change AS v ON v.boot = i.boot AND v.change = 'late-iommu-tables' AND v.state IN ('fixed', 'affected', 'before')
 WHERE i.kind = 'assign-refused'

UNION ALL
SELECT i.id, NULL, 'vendor-build', printf('Xen %s is a vendor''s build', v.version), v.capture, v.line, i.n
  FROM incident AS i
  JOIN v_xen_change AS v ON v.boot = i.boot AND v.change = 'late-iommu-tables' AND v.suffix <> ''
 WHERE i.kind = 'assign-refused'
   -- What the toolstack says itself needs no release.
   AND NOT EXISTS (SELECT 1 FROM v_assign_refused AS a WHERE a.incident = i.id AND a.says = 'passthrough disabled');

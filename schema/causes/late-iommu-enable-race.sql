-- cause     late-iommu-enable-race
-- title     The IOMMU's tables of a guest were built while it ran, when its first device came
-- explain   Up to 4.12 a domain gets tables of the IOMMU when it is given its first device, and it runs on meanwhile: pages that it maps or retypes in that
--        |  time can be missing, the call can start over again and again (error -85), and the toolstack hangs.
-- remedy    Update Xen to 4.13 or later (passthrough="enabled" in the guest's configuration); before that give the guest its device when it is made, not
--        |  later.
-- refs      xen f89f555827a6, xen 1f0b0bb7773d (XSA-285), xen/drivers/passthrough/x86/iommu.c arch_iommu_populate_page_table()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM assignment WHERE domain > 0
-- trigger   after-attach   a device fails right after it was given to a guest that ran | kind: order
-- needs     builds-late    this Xen builds the tables when the first device comes | ask: the release of Xen | shown-by: xen-release | capture: xl info, or the console log from "Xen version" on | kind: version
-- needs     first-device   the guest had no device before | ask: whether the guest had a device before | capture: Xen's console from its start on | kind: order
-- supports  soon           its first refused access came within 10 s | kind: time
-- supports  started-over   Xen gave up building, or was told to go on later (error -85)
-- excludes  builds-early   this Xen makes the tables with the domain

SELECT c.incident AS subject, c.id AS "case", x.clue,
       CASE x.clue WHEN 'after-attach' THEN printf('%s was given to d%d, which ran', c.device, a.domain) WHEN 'first-device' THEN printf('d%d had none before', a.domain)
                   ELSE printf('at most %.1f s later', (c.base_hi - a.base_lo) / 1e9) END AS says, a.capture, a.line, c.n
  FROM fault_case AS c
  JOIN v_attached AS a ON a.boot = c.boot AND a.bdf = c.device AND a.capture = c.capture AND a.line < c.line AND a.running
  JOIN (SELECT 'after-attach' AS clue UNION ALL SELECT 'first-device' UNION ALL SELECT 'soon') AS x
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd') AND c.kind IN ('no-access', 'translation', 'unknown')
   AND (x.clue <> 'first-device' OR a.first AND a.whole)
   AND (x.clue <> 'soon' OR c.base_hi - a.base_lo < 10000000000)

UNION ALL
SELECT i.id, NULL, x.clue, CASE x.clue WHEN 'after-attach' THEN printf('%s was to be given to d%d', i.device, r.domain) ELSE printf('error %d', r.status) END, r.capture, r.line, i.n
  FROM incident AS i
  JOIN v_assign_refused AS r ON r.incident = i.id AND r.by = 'xen' AND r.status = -85 AND r.domain BETWEEN 1 AND 32751
  JOIN (SELECT 'after-attach' AS clue UNION ALL SELECT 'started-over') AS x
 WHERE i.kind = 'assign-refused'

-- Only the first device of a guest is long in coming.
UNION ALL
SELECT i.id, NULL, 'first-device', printf('d%d had no device before', r.domain), r.capture, r.line, i.n
  FROM incident AS i
  JOIN v_assign_refused AS r ON r.incident = i.id AND r.by = 'xen' AND r.status = -85 AND r.domain BETWEEN 1 AND 32751
 WHERE i.kind = 'assign-refused'
   AND NOT EXISTS (SELECT 1 FROM v_attached AS a WHERE a.boot = i.boot AND a.domain = r.domain AND (a.capture <> r.capture OR a.line < r.line))

UNION ALL
SELECT s.incident, s.id, CASE v.state WHEN 'fixed' THEN 'builds-early' ELSE 'builds-late' END,
       printf('Xen %s builds the tables %s', v.version, CASE v.state WHEN 'fixed' THEN 'with the domain' ELSE 'with the first device' END), v.capture, v.line, s.n
  FROM (SELECT c.incident, c.id, c.boot, c.n FROM fault_case AS c WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd')
        UNION ALL
        SELECT i.id, NULL, i.boot, i.n FROM incident AS i WHERE i.kind = 'assign-refused') AS s
  JOIN v_xen_change AS v ON v.boot = s.boot AND v.change = 'late-iommu-tables' AND v.state IN ('fixed', 'affected', 'before');

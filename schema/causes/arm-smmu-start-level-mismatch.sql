-- cause     arm-smmu-start-level-mismatch
-- title     The SMMU starts its walks at another level than Xen's tables begin with
-- explain   Xen told the SMMU that the tables of a domain begin at level 1, whatever the level of their root was. Where the root is at another
--        |  level (four levels, or two), every walk goes wrong, and no DMA works from the first access on.
-- remedy    Update Xen to 4.14.1 or 4.15.0, or apply 9ae119758279.
-- refs      xen 9ae119758279, xen 29b48aa27de1, xen/drivers/passthrough/arm/smmu.c arm_smmu_init_context_bank()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case, known_fact WHERE impl = 'smmuv2' AND name = 'xen.p2m_levels' AND value <> '3'
-- trigger   smmu-fault     an SMMU that Xen drives found no translation, and the root of the tables is not at level 1
-- needs     affected-xen   this release of Xen always says level 1 | ask: the release of Xen | shown-by: xen-release | capture: xl info, or the console log from "Xen version" on | kind: version
-- supports  other-root     the tables begin at another level | kind: message
-- supports  own-page       the page is the domain's own, so the tables have it | kind: address
-- caps      vendor-build   the version has a vendor's suffix: the fix may be in it | of: affected-xen
-- excludes  fixed-xen      this release of Xen has the fix
-- excludes  not-own        the page is not dom0's own

SELECT c.incident AS subject, c.id AS "case", 'smmu-fault' AS clue, printf('%s refused iova %#x', c.device, c.iova) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.impl = 'smmuv2' AND c.driven_by = 'xen' AND c.kind = 'translation'
   -- Three levels begin at level 1, in all configurations of Xen.
   AND EXISTS (SELECT 1 FROM known_fact AS f WHERE f.boot = c.boot AND f.name = 'xen.p2m_levels' AND f.value <> '3')

UNION ALL
SELECT c.incident, c.id, 'other-root', printf('the tables have %s levels', f.value), f.capture, f.line, 1
  FROM fault_case AS c
  JOIN v_fact AS f ON f.boot = c.boot AND f.name = 'xen.p2m_levels' AND f.value <> '3'
 WHERE c.impl = 'smmuv2' AND c.driven_by = 'xen' AND c.kind = 'translation'

UNION ALL
SELECT c.incident, c.id, 'own-page', printf('page %#x is dom0''s own', c.page), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.impl = 'smmuv2' AND c.driven_by = 'xen' AND c.kind = 'translation' AND c.frame_class IN ('own', 'bounce') AND ifnull(c.domain, 0) = 0

UNION ALL
SELECT c.incident, c.id, 'not-own', printf('page %#x is not dom0''s own', c.page), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.impl = 'smmuv2' AND c.driven_by = 'xen' AND c.kind = 'translation' AND c.frame_class IN ('foreign', 'outside') AND ifnull(c.domain, 0) = 0

UNION ALL
SELECT c.incident, c.id, CASE v.state WHEN 'affected' THEN 'affected-xen' ELSE 'fixed-xen' END,
       printf('Xen %s %s', v.version, CASE v.state WHEN 'affected' THEN 'always says level 1' ELSE ifnull('has the fix ' || v.fix, 'has the fix') END), v.capture, v.line, 1
  FROM fault_case AS c
  JOIN v_xen_change AS v ON v.boot = c.boot AND v.change = 'smmu-start-level' AND v.state IN ('affected', 'fixed')
 WHERE c.impl = 'smmuv2' AND c.driven_by = 'xen' AND c.kind = 'translation'

UNION ALL
SELECT c.incident, c.id, 'vendor-build', printf('Xen %s is a vendor''s build', v.version), v.capture, v.line, 1
  FROM fault_case AS c
  JOIN v_xen_change AS v ON v.boot = c.boot AND v.change = 'smmu-start-level' AND v.suffix <> ''
 WHERE c.impl = 'smmuv2' AND c.driven_by = 'xen' AND c.kind = 'translation';

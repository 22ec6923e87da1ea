-- cause     dom0-strict-missing-mapping
-- title     A device of a strict dom0 used memory that is not dom0's
-- explain   With dom0-iommu=strict the IOMMU's tables for dom0's devices have dom0's own pages and those that it has mapped by grant, and
--        |  nothing else. The device used memory outside of that: memory that was mapped in another way than by grant, or an address that
--        |  is wrong.
-- remedy    If the address is right, let the driver get at the page by grant, or boot without dom0-iommu=strict; if it is wrong, mend the driver.
-- refs      xen/drivers/passthrough/x86/iommu.c arch_iommu_hwdom_init(), docs/misc/xen-command-line.pandoc dom0-iommu
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE frame_class = 'ram' AND driven_by = 'xen'
-- trigger   strict-ram     a device of dom0 used memory, and its tables did not have the page
-- needs     no-grant       no guest was there that could have granted the page | ask: whether the page was granted | capture: a trace of the grants behind and before the fault: faultline capture-kit grants | kind: address
-- supports  no-entry       the walk found no entry | kind: message
-- excludes  low-page       the address is in the first MiB, where an address ends that was never set
-- excludes  granted        the page was granted at some time
-- excludes  of-a-guest     the device belonged to a guest
-- excludes  entry-there    the walk found an entry

SELECT c.incident AS subject, c.id AS "case", 'strict-ram' AS clue, printf('dom0 is strict, and iova %#x is memory', c.iova) AS says, f.capture, f.line, c.n
  FROM fault_case AS c
  JOIN known_fact AS f ON f.boot = c.boot AND f.name = 'xen.dom0_iommu_mode' AND f.value = 'Strict'
 WHERE c.frame_class = 'ram' AND c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd') AND c.kind IN ('no-access', 'translation') AND ifnull(c.domain, 0) = 0

UNION ALL
SELECT c.incident, c.id, 'low-page', printf('iova %#x', c.iova), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.frame_class = 'ram' AND c.driven_by = 'xen' AND c.page < 256

UNION ALL
SELECT c.incident, c.id, 'granted', printf('page %#x was grant %d of d%d', c.page, c.grant_ref, c.grant_domain), c.grant_capture, c.grant_line, c.n
  FROM fault_case AS c
 WHERE c.frame_class = 'ram' AND c.driven_by = 'xen' AND c.grant_state IS NOT NULL

UNION ALL
SELECT c.incident, c.id, 'of-a-guest', printf('%s was given to d%d', a.bdf, a.domain), a.capture, a.line, c.n
  FROM fault_case AS c
  JOIN (SELECT c.id AS "case", max(a.id) AS last
          FROM fault_case AS c
          JOIN assignment AS a ON a.capture = c.capture AND a.line < c.line AND a.bdf = c.device AND a.what = 'mapped' AND a.by = 'xen' AND a.trust <> 'guest'
         GROUP BY c.id) AS x ON x."case" = c.id
  JOIN assignment AS a ON a.id = x.last AND a.domain <> 0
 WHERE c.frame_class = 'ram' AND c.driven_by = 'xen'

-- A page may be granted for a moment only: nobody granted it where there was nobody to do so.
UNION ALL
SELECT c.incident, c.id, 'no-grant', 'the grant tables were printed, and no guest has one', d.capture, d.line, c.n
  FROM fault_case AS c
  JOIN (SELECT boot, min(capture) AS capture, min(line) AS line FROM v_grant_dump GROUP BY boot) AS d ON d.boot = c.boot
 WHERE c.frame_class = 'ram' AND c.driven_by = 'xen' AND c.grant_state IS NULL
   AND NOT EXISTS (SELECT 1 FROM grant_dump AS t JOIN segment AS g ON g.id = t.segment AND g.boot = c.boot WHERE t.domain > 0 AND t.trust <> 'guest')
   AND NOT EXISTS (SELECT 1 FROM grant_op AS o JOIN segment AS g ON g.id = o.segment WHERE ifnull(g.boot, c.boot) = c.boot AND o.trust <> 'guest')
   AND NOT EXISTS (SELECT 1 FROM backend AS e JOIN segment AS g ON g.id = e.segment AND g.boot = c.boot WHERE e.domain > 0 AND e.trust <> 'guest')

UNION ALL
SELECT c.incident, c.id, CASE w.perm WHEN '--' THEN 'no-entry' ELSE 'entry-there' END, printf('the walk ended at level %d: %s', w.level, w.perm),
       w.capture, w.line, c.n
  FROM fault_case AS c
  JOIN v_walk_leaf AS w ON w.capture = c.capture AND w.line BETWEEN c.line AND c.line + 12 AND w.page = c.page AND w.bdf = c.device
 WHERE c.frame_class = 'ram' AND c.driven_by = 'xen' AND (w.perm = '--' OR w.level = 1);

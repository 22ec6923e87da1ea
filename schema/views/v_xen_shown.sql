-- Whether Xen's console would show the faults of IOMMUs, one row a boot with Xen's banner.  Xen prints those of SMMUv1 and v2, of an IPMMU and of AMD-Vi as errors,
-- those of VT-d as warnings that a guest causes, those of an SMMUv3 (which it drives from 4.15 on) as mere information.
-- level, guest_level: up to what it prints, 0 nothing, 1 errors, 2 warnings, 3 information, 4 all; of what guests cause, as far as the rate allows.
-- shown: 1: those of each IOMMU that may be there, 0: of none, NULL: of some.
CREATE VIEW v_xen_shown AS
WITH
option AS (
  SELECT f.boot, f.capture, f.line,
         CASE WHEN ' ' || f.value LIKE '% loglvl=%' THEN substr(' ' || f.value || ' ', instr(' ' || f.value, ' loglvl=') + 8) END AS std,
         CASE WHEN ' ' || f.value LIKE '% guest_loglvl=%' THEN substr(' ' || f.value || ' ', instr(' ' || f.value, ' guest_loglvl=') + 14) END AS guest
    FROM v_fact AS f
   WHERE f.name = 'xen.cmdline'
),
word (word, level, says) AS (VALUES ('none', 0, 'Nothing'), ('error', 1, 'Errors'), ('warning', 2, 'Errors and warnings'), ('info', 3, 'Errors, warnings and info'),
                                    ('debug', 4, 'All'), ('all', 4, 'All')),
level AS (
  SELECT v.boot, v.text, v.branch, v.suffix,
         coalesce((SELECT w.level FROM word AS w WHERE l.value = w.says OR l.value LIKE w.says || ' (%' LIMIT 1),
                  CASE WHEN o.std IS NOT NULL THEN ifnull((SELECT w.level FROM word AS w WHERE o.std LIKE w.word || '%'), 2) END,
                  CASE WHEN d.value = 'y' THEN 4 WHEN CAST(substr(v.branch, 3) AS INTEGER) >= 18 THEN 3 ELSE 2 END) AS level,
         coalesce((SELECT max(w.level) FROM word AS w WHERE g.value = w.says OR g.value LIKE w.says || ' (%' OR g.value LIKE '%(Rate-limited: ' || w.says || ')'),
                  CASE WHEN o.guest IS NOT NULL
                       THEN ifnull((SELECT max(w.level) FROM word AS w WHERE substr(o.guest, 1, instr(o.guest, ' ')) LIKE w.word || '%'
                                                                          OR substr(o.guest, 1, instr(o.guest, ' ')) LIKE '%/' || w.word || '%'), 2) END,
                  CASE d.value WHEN 'y' THEN 4 ELSE 2 END) AS guest_level,
         l.value IS NOT NULL OR o.std IS NOT NULL OR d.value = 'y' AS told,
         CASE WHEN l.value IS NOT NULL THEN l.capture WHEN o.std IS NOT NULL THEN o.capture ELSE v.capture END AS capture,
         CASE WHEN l.value IS NOT NULL THEN l.line WHEN o.std IS NOT NULL THEN o.line ELSE v.line END AS line
    FROM v_xen_version AS v
    LEFT JOIN v_fact AS l ON l.boot = v.boot AND l.name = 'xen.loglevel'
    LEFT JOIN v_fact AS g ON g.boot = v.boot AND g.name = 'xen.guest_loglevel'
    LEFT JOIN v_fact AS d ON d.boot = v.boot AND d.name = 'xen.debug'
    LEFT JOIN option AS o ON o.boot = v.boot
   WHERE EXISTS (SELECT 1 FROM segment AS s WHERE s.boot = v.boot AND s.starts = 'xen-banner')
),
-- What speaks for a kind of IOMMU.
sign AS (
  SELECT f.boot, CASE WHEN f.name LIKE 'xen.smmuv3.%' THEN 'smmuv3' WHEN f.name LIKE 'xen.smmu.%' THEN 'smmuv2' WHEN f.name LIKE 'xen.ipmmu.%' THEN 'ipmmu' ELSE 'vtd' END AS impl
    FROM known_fact AS f
   WHERE f.name LIKE 'xen.smmuv3.%' OR f.name LIKE 'xen.smmu.%' OR f.name LIKE 'xen.ipmmu.%' OR f.name LIKE 'xen.vtd.%'
  UNION
  SELECT u.boot, CASE WHEN n.compatible LIKE '%smmu-v3%' THEN 'smmuv3' WHEN n.compatible LIKE '%ipmmu%' THEN 'ipmmu'
                      WHEN n.compatible LIKE '%smmu%' OR n.compatible LIKE '%arm,mmu-%' THEN 'smmuv2' END
    FROM tree_use AS u
    JOIN tree_node AS n ON n.capture = u.capture AND n.kind = 'iommu'
   WHERE NOT u.other
  UNION
  SELECT g.boot, t.impl FROM iommu_trouble AS t JOIN segment AS g ON g.id = t.segment WHERE t.by = 'xen' AND t.trust <> 'guest'
  UNION
  SELECT g.boot, 'smmuv2' FROM context_bank AS b JOIN segment AS g ON g.id = b.segment WHERE b.trust <> 'guest'
  UNION
  SELECT c.boot, CASE c.impl WHEN 'smmuv2-global' THEN 'smmuv2' ELSE c.impl END FROM fault_case AS c WHERE c.driven_by = 'xen'
  UNION
  SELECT g.boot, CASE WHEN m.name LIKE 'xen.smmuv3.%' THEN 'smmuv3' WHEN m.name LIKE 'xen.smmu.%' THEN 'smmuv2' ELSE 'ipmmu' END
    FROM note AS n
    -- Read once: an index of all notes would cost more.
   CROSS JOIN message AS m ON m.id = n.message
    JOIN segment AS g ON g.id = n.segment
   WHERE n.trust <> 'guest'
     AND n.message IN (SELECT x.id FROM message AS x WHERE x.name LIKE 'xen.smmuv3.%' OR x.name LIKE 'xen.smmu.%' OR x.name LIKE 'xen.ipmmu.%')
),
-- Without a sign, every kind that this Xen drives on this machine may be there.
kind (impl, arch, std, guest) AS (VALUES ('smmuv2', 'arm', 1, 0), ('ipmmu', 'arm', 1, 0), ('smmuv3', 'arm', 3, 0), ('amd', 'x86', 1, 0), ('vtd', 'x86', 0, 2)),
may AS (
  SELECT l.boot, k.impl, l.level >= k.std AND l.guest_level >= k.guest AS shown
    FROM level AS l
    LEFT JOIN known_fact AS a ON a.boot = l.boot AND a.name = 'arch'
    JOIN kind AS k
   WHERE CASE WHEN EXISTS (SELECT 1 FROM sign AS s JOIN kind AS x ON x.impl = s.impl WHERE s.boot = l.boot)
              THEN EXISTS (SELECT 1 FROM sign AS s WHERE s.boot = l.boot AND s.impl = k.impl)
              ELSE ifnull(a.value LIKE k.arch || '%', 1)
                   AND NOT (k.impl = 'smmuv3' AND l.suffix = '' AND CAST(substr(l.branch, 3) AS INTEGER) < 15) END
)
SELECT l.boot, l.text AS version, l.level, l.guest_level, l.told,
       CASE WHEN min(m.shown) = max(m.shown) THEN min(m.shown) END AS shown,
       group_concat(m.impl, ', ') AS may_be, l.capture, l.line
  FROM level AS l
  JOIN may AS m ON m.boot = l.boot
 GROUP BY l.boot;

-- cause     arm-p2m-setway-invalidate
-- title     A guest's cache flush by set and way meets page tables that devices use
-- explain   To learn which pages such a flush concerns, Xen marks the entries of the guest's tables invalid. The SMMU walks the same tables,
--        |  so the DMA of all devices of that domain is refused until the processors have touched the pages again. A Xen that has the fix
--        |  refuses the flush where an IOMMU is in use, and the guest gets an exception instead.
-- remedy    Let the guest (boot loader, 32-bit kernel, bare-metal program) flush by address; update Xen to 4.14.4, 4.15.2 or 4.16.0: 4.12 and 4.13
--        |  were never fixed.
-- refs      xen 2148a125b73b, xen 2b45ff60301a, xen/arch/arm/p2m.c p2m_set_way_flush()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind = 'refused-flush' OR kind = 'translation' AND pages >= 4
-- trigger   own-pages      devices were refused many pages that are their domain's own, or Xen refused a flush
-- needs     affected-xen   this release of Xen marks the entries invalid, or refuses the flush | ask: the release of Xen | shown-by: xen-release | capture: xl info, or the console log from "Xen version" on | kind: version
-- decides   flush-refused  Xen says that a guest flushes by set and way | kind: message
-- supports  top-level      the walk ended near the root: a whole region was gone at once | kind: address
-- caps      vendor-build   the version has a vendor's suffix: the fix may be in it | of: affected-xen
-- excludes  fixed-xen      this release of Xen refuses such flushes, and marks nothing invalid
-- excludes  old-xen        this release of Xen is older than that code
-- excludes  not-own        the page is not the domain's own

SELECT i.id AS subject, 1 AS "case", k.clue, CASE k.clue WHEN 'own-pages' THEN printf('Xen refused a cache flush of %s', i.device)
       WHEN 'affected-xen' THEN 'this Xen refuses the flush' ELSE printf('%s flushes by set and way', i.device) END AS says,
       i.first_capture AS capture, i.first_line AS line, i.n
  FROM incident AS i, (SELECT 'own-pages' AS clue UNION ALL SELECT 'affected-xen' UNION ALL SELECT 'flush-refused') AS k
 WHERE i.kind = 'refused-flush'

UNION ALL
SELECT c.incident, c.id << 1, 'own-pages', printf('%s refused iova %#x and %d more pages, in memory of dom0 itself', c.device, c.iova, i.pages - 1), c.capture, c.line, c.n
  FROM fault_case AS c
  JOIN incident AS i ON i.id = c.incident AND i.pages >= 4
 WHERE c.driven_by = 'xen' AND c.impl IN ('smmuv2', 'smmuv3', 'ipmmu') AND c.kind = 'translation' AND ifnull(c.domain, 0) = 0 AND c.frame_class = 'own'
   -- One page that is missing among others is something else.
   AND ifnull(c.level, 0) <= 1

-- What a guest's own addresses are, its banks tell.
UNION ALL
SELECT c.incident, c.id << 1, 'own-pages', printf('%s refused iova %#x and %d more pages, in memory of d%d itself', c.device, c.iova, i.pages - 1, c.domain), c.capture, c.line, c.n
  FROM fault_case AS c
  JOIN incident AS i ON i.id = c.incident AND i.pages >= 4
  JOIN fault_place AS p ON p."case" = c.id AND p.class = 'dom-bank' AND p.whose = 'd' || c.domain
 WHERE c.driven_by = 'xen' AND c.impl IN ('smmuv2', 'smmuv3', 'ipmmu') AND c.kind = 'translation' AND c.domain > 0 AND ifnull(c.level, 0) <= 1

UNION ALL
SELECT c.incident, c.id << 1, 'not-own', printf('page %#x is not dom0''s own', c.page), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.frame_class IN ('foreign', 'outside') AND ifnull(c.domain, 0) = 0

UNION ALL
SELECT c.incident, c.id << 1, 'top-level', printf('the walk for iova %#x ended at level %d', c.iova, c.level), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.impl = 'smmuv2' AND c.kind = 'translation' AND c.level <= 1

UNION ALL
SELECT c.incident, c.id << 1, CASE v.state WHEN 'affected' THEN 'affected-xen' WHEN 'fixed' THEN 'fixed-xen' ELSE 'old-xen' END,
       printf('Xen %s %s', v.version, CASE v.state WHEN 'affected' THEN 'marks entries invalid' WHEN 'fixed' THEN ifnull('has the fix ' || v.fix, 'has the fix')
              ELSE 'is older than that code' END), v.capture, v.line, 1
  FROM fault_case AS c
  JOIN v_xen_change AS v ON v.boot = c.boot AND v.change = 'p2m-setway' AND v.state IN ('affected', 'fixed', 'before')
 WHERE c.driven_by = 'xen' AND c.kind = 'translation'

UNION ALL
SELECT c.incident, c.id << 1, 'vendor-build', printf('Xen %s is a vendor''s build', v.version), v.capture, v.line, 1
  FROM fault_case AS c
  JOIN v_xen_change AS v ON v.boot = c.boot AND v.change = 'p2m-setway' AND v.suffix <> ''
 WHERE c.driven_by = 'xen' AND c.kind = 'translation';

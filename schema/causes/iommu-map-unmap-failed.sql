-- cause     iommu-map-unmap-failed
-- title     Xen could not change the IOMMU's tables
-- explain   Xen was to enter a page for devices, or to take one out, and failed: no memory for tables, a wrong frame, or an IOMMU that does not
--        |  answer. A page that was not entered is refused to devices; one that was not taken out, or not flushed, stays open to them.
-- remedy    Look up the error number (-12: no memory, -16: busy, -110: no answer) and what Xen says beside it; give Xen or the guest more memory for
--        |  tables, update Xen.
-- refs      xen/drivers/passthrough/iommu.c iommu_map(), iommu_unmap(), iommu_iotlb_flush()
-- about     incident
-- kind      state
-- when      SELECT 1 FROM iommu_map_error
-- trigger   update-failed    an IOMMU's tables were to be changed, and that failed
-- needs     this-page        it was the very page that a device was refused, before that | kind: address | ask: the frames of the changes that failed | capture: Xen's console from boot on, with loglvl=all guest_loglvl=all
-- decides   not-changed      Xen says that the change failed, and the tables were of that very domain | kind: message
-- supports  not-taken-out    the page could not be taken out, or whose tables they were is not known | kind: address
-- excludes  other-pages      the changes that failed are of other pages

-- The failure by itself.
SELECT i.id AS subject, NULL AS "case", x.clue,
       CASE x.clue WHEN 'this-page' THEN printf('%s: %d change%s failed', i.device, i.n, CASE i.n WHEN 1 THEN '' ELSE 's' END)
                   ELSE printf('%s: %s%s', i.device, CASE e.what WHEN 'map' THEN 'a page was not entered' WHEN 'unmap' THEN 'a page was not taken out'
                               WHEN 'flush' THEN 'old translations were not dropped' WHEN 'identity' THEN 'a reserved range was not entered'
                               ELSE 'the device got no tables' END, ifnull(printf(', error %d', nullif(e.status, 0)), '')) END AS says,
       e.capture, e.line, i.n AS n
  FROM incident AS i
  JOIN iommu_map_error AS e ON e.capture = i.first_capture AND e.line = i.first_line AND e.by = 'xen'
  JOIN (SELECT 'update-failed' AS clue UNION ALL SELECT 'this-page' UNION ALL SELECT 'not-changed') AS x
 WHERE i.kind = 'iommu-update'

-- And what a device met of it: a page that was not entered explains a refusal; one that was to be taken out, and was refused, only partly.
UNION ALL
SELECT c.incident, c.id, x.clue, printf(CASE x.clue WHEN 'this-page' THEN 'the frame that was refused is %#x%s' ELSE 'frame %#x%s: %s failed' END, e.dfn, ifnull(printf(' of d%d', e.domain), ''), e.what), e.capture, e.line, c.n
  FROM fault_case AS c
  JOIN (SELECT c.id AS "case", max(e.id) AS last, max(CASE WHEN e.dfn <= c.page AND c.page - e.dfn < ifnull(e.pages, 1) THEN e.id END) AS hit
          FROM fault_case AS c
          JOIN iommu_map_error AS e ON e.capture = c.capture AND e.line < c.line AND e.by = 'xen' AND e.trust <> 'guest' AND e.dfn IS NOT NULL
                                   AND e.what IN ('map', 'unmap', 'identity') AND ifnull(e.domain = c.domain, 1)
          JOIN segment AS g ON g.id = e.segment AND g.boot = c.boot
         WHERE c.driven_by = 'xen' AND c.page IS NOT NULL
         GROUP BY c.id) AS y ON y."case" = c.id
  JOIN iommu_map_error AS e ON e.id = ifnull(y.hit, y.last)
  JOIN (SELECT 'update-failed' AS clue UNION ALL SELECT 'this-page' UNION ALL SELECT 'not-changed' UNION ALL SELECT 'not-taken-out' UNION ALL SELECT 'other-pages') AS x
    ON CASE x.clue WHEN 'update-failed' THEN 1 WHEN 'other-pages' THEN y.hit IS NULL WHEN 'this-page' THEN y.hit IS NOT NULL
                   WHEN 'not-changed' THEN y.hit IS NOT NULL AND e.what <> 'unmap' AND e.domain IS NOT NULL AND c.domain IS NOT NULL
                   ELSE y.hit IS NOT NULL AND (e.what = 'unmap' OR e.domain IS NULL OR c.domain IS NULL) END
 WHERE c.kind IN ('no-access', 'translation', 'unknown');

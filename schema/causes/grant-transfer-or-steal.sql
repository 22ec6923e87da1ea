-- cause     grant-transfer-or-steal
-- title     A page went to another domain while a device still used it
-- explain   A guest gave a page away for good (GNTTABOP_transfer). It leaves the tables of the domain that had it at that moment, and what a
--        |  device of that domain still does to it is refused. Only PV guests of x86 can do that, and few do.
-- remedy    Let the guest's driver stop its device before it gives pages away; gnttab=transfer=no forbids transfers from Xen 4.17 on.
-- refs      xen/common/grant_table.c gnttab_transfer(); xen 6d4f36c3fe (XSA-284), xen 185250ec78
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case, grant_op WHERE driven_by = 'xen' AND op IN ('xen-transfer', 'transfer')
-- trigger   transfer-seen  pages were transferred, and a device's access was refused
-- needs     that-page      it is that page that was transferred | ask: which page was transferred | capture: a trace of GNTTABOP_transfer with its frames (docs/traces.md, op=transfer); Xen's own trace does not tell the page | kind: address
-- supports  before-fault   the transfer came before the fault | kind: time
-- excludes  permission     the IOMMU found the page and forbade the access

SELECT c.incident AS subject, c.id AS "case", 'permission' AS clue, printf('iova %#x: permission fault', c.iova) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.kind = 'permission'

UNION ALL
SELECT c.incident, c.id, 'transfer-seen', printf('pages were transferred%s; %s refused iova %#x', ifnull(printf(' to d%d', o.domain), ''), c.device, c.iova), o.capture, o.line, c.n
  FROM fault_case AS c
  JOIN (SELECT g.boot, min(o.id) AS first
          FROM grant_op AS o
          JOIN segment AS g ON g.id = o.segment
         WHERE o.op IN ('xen-transfer', 'transfer') AND o.trust <> 'guest'
         GROUP BY g.boot) AS x ON x.boot = c.boot
  JOIN grant_op AS o ON o.id = x.first
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd') AND c.kind IN ('translation', 'no-access')

UNION ALL
SELECT c.incident, c.id, k.clue, CASE k.clue WHEN 'that-page' THEN printf('page %#x was transferred', c.page)
       ELSE printf('at most %.1f s before', (c.base_hi - o.t_lo - b.offset_lo) / 1e9) END, o.capture, o.line, c.n
  FROM fault_case AS c
  JOIN (SELECT g.boot, ifnull(o.frame, o.bus_addr >> 12) AS page, max(o.id) AS last
          FROM grant_op AS o
          JOIN segment AS g ON g.id = o.segment
         WHERE o.op = 'transfer' AND o.trust <> 'guest' AND ifnull(o.status, 0) = 0
         GROUP BY g.boot, ifnull(o.frame, o.bus_addr >> 12)) AS x ON x.boot = c.boot AND x.page = c.page
  JOIN grant_op AS o ON o.id = x.last
  LEFT JOIN v_base AS b ON b.clock = o.clock, (SELECT 'that-page' AS clue UNION ALL SELECT 'before-fault') AS k
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd') AND c.kind IN ('translation', 'no-access')
   AND (k.clue = 'that-page' OR o.t_hi + b.offset_hi <= c.base_lo);

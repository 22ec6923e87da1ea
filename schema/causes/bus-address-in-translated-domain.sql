-- cause     bus-address-in-translated-domain
-- title     Dom0 gave a device machine addresses, though the IOMMU translates dom0's own
-- explain   Where dom0 is neither mapped 1:1 nor PV, its devices have to use dom0's own addresses, also for pages that it mapped by grant.
--        |  A kernel that keeps swiotlb-xen on gives them the machine address of a granted page, which is none of dom0's, and the access is
--        |  refused. Dom0's own pages work.
-- remedy    Use Linux 5.13 or later in dom0 and Xen 4.16 or later, which tells whether a domain is mapped 1:1.
-- refs      xen d66bf122c0, linux drivers/xen/swiotlb-xen.c xen_swiotlb_detect(), xen/common/grant_table.c map_grant_ref() (dev_bus_addr)
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'xen' AND EXISTS (SELECT 1 FROM allocation UNION ALL SELECT 1 FROM known_fact WHERE name = 'dom0.kind')
-- trigger   dom0-fault     a device of dom0 was refused an address
-- needs     translated     dom0 is neither mapped 1:1 nor PV | ask: whether dom0 is mapped 1:1 | capture: the console log from "Xen version" on, with loglvl=all | kind: message
-- needs     granted-frame  the address is the machine address of a page that dom0 has mapped by grant | ask: which machine frames dom0 has mapped by grant | capture: xl debug-keys g while the traffic runs, then xl dmesg: faultline capture-kit debug-keys | kind: address
-- decides   not-own        no memory of dom0 has that address | ask: which addresses dom0's memory has | capture: the console log from "Xen version" on (the lines "d0 BANK"), with loglvl=all | kind: address
-- excludes  own-address    memory of dom0 has that address
-- excludes  other-domain   the context serves another domain
-- excludes  permission     the IOMMU found the page and forbade the access
-- caps      old-dump       the dump that shows the grant may be more than a minute from the refusal, or nobody can tell | of: granted-frame

SELECT c.incident AS subject, c.id AS "case", 'dom0-fault' AS clue, printf('%s refused iova %#x', c.device, c.iova) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
  JOIN boot_model AS m ON m.boot = c.boot AND m.model IN ('M2', 'M4')
 WHERE c.driven_by = 'xen' AND c.kind IN ('translation', 'no-access') AND c.iova > 0

UNION ALL
SELECT c.incident, c.id, 'translated', 'dom0''s memory is not mapped 1:1', a.capture, a.line, 1
  FROM fault_case AS c
  JOIN boot_model AS m ON m.boot = c.boot AND m.model = 'M2'
  JOIN (SELECT g.boot, min(a.id) AS first
          FROM allocation AS a
          JOIN segment AS g ON g.id = a.segment
         WHERE a.domain = 0 AND a.direct = 0 AND a.trust <> 'guest' AND a.speaker = 'xen'
         GROUP BY g.boot) AS x ON x.boot = c.boot
  JOIN allocation AS a ON a.id = x.first
 WHERE c.driven_by = 'xen'

UNION ALL
SELECT c.incident, c.id, 'translated', 'dom0 is PVH', f.capture, f.line, 1
  FROM fault_case AS c
  JOIN boot_model AS m ON m.boot = c.boot AND m.model = 'M4'
  JOIN v_fact AS f ON f.boot = c.boot AND f.name = 'dom0.kind'
 WHERE c.driven_by = 'xen'

UNION ALL
SELECT c.incident, c.id, 'granted-frame', printf('machine frame %#x is grant %d of d%d, mapped by d0', s.frame, s.ref, s.domain), s.capture, s.line, c.n
  FROM fault_case AS c
  JOIN boot_model AS m ON m.boot = c.boot AND m.model IN ('M2', 'M4')
  JOIN segment AS g ON g.boot = c.boot
  JOIN grant_snapshot AS s ON s.frame = c.page AND s.segment = g.id AND s.mapper = 0 AND s.domain > 0 AND s.trust <> 'guest' AND s.speaker = 'xen'
 WHERE c.driven_by = 'xen'

UNION ALL
SELECT c.incident, c.id, CASE WHEN p.n > 0 THEN 'own-address' ELSE 'not-own' END,
       printf('address %#x is %s memory of dom0', c.iova, CASE WHEN p.n > 0 THEN 'in' ELSE 'in no' END), p.capture, p.line, c.n
  FROM fault_case AS c
  JOIN (SELECT c.id AS "case", total(c.iova >= r.first AND c.iova < r.last) AS n, r.capture, min(r.line) AS line
          FROM fault_case AS c
          JOIN boot_model AS m ON m.boot = c.boot AND m.model = 'M2'
          JOIN v_range AS r ON r.boot = c.boot AND r.kind = 'dom-bank' AND r.domain = 0
         GROUP BY c.id) AS p ON p."case" = c.id
 WHERE c.driven_by = 'xen'

UNION ALL
SELECT c.incident, c.id, 'other-domain', printf('the fault is of d%d', c.domain), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.domain > 0

UNION ALL
SELECT c.incident, c.id, 'permission', printf('iova %#x: permission fault', c.iova), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.kind = 'permission'

UNION ALL
SELECT c.incident, c.id, 'old-dump', 'the dump may be more than a minute away', s.capture, min(s.line), c.n
  FROM fault_case AS c
  JOIN boot_model AS m ON m.boot = c.boot AND m.model IN ('M2', 'M4')
  JOIN segment AS g ON g.boot = c.boot
  JOIN grant_snapshot AS s ON s.frame = c.page AND s.segment = g.id AND s.mapper = 0 AND s.domain > 0 AND s.trust <> 'guest' AND s.speaker = 'xen'
  LEFT JOIN clock AS k ON k.id = s.clock
 WHERE c.driven_by = 'xen'
 GROUP BY c.id
HAVING min(ifnull(c.base_hi - s.t_lo - k.offset_lo > 60000000000 OR s.t_hi + k.offset_hi - c.base_lo > 60000000000, 1));

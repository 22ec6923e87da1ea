-- cause     linux-iommu-table-race
-- title     Linux's AMD-Vi driver lost entries of its own tables
-- explain   When the tables of a device grow by a level while other processors map and unmap, entries could be written to the old root, or read from a half made
--        |  one. It hits many addresses in a row at the top of the address space, under memory pressure, on machines with many processors;
--        |  then the controller gives up.
-- remedy    Use Linux 5.7 or later.
-- refs      linux drivers/iommu/amd/iommu.c increase_address_space() fetch_pte(), linux 5.7-rc6
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'linux' AND impl IN ('vtd', 'amd')
-- trigger   at-the-top  AMD-Vi refused several addresses at the very top of the space, one after the other
-- needs     affected    the release has the fault | ask: the release of Linux | capture: the kernel's log from "Linux version" on | kind: version | shown-by: linux-amd-table-race
-- supports  in-a-row    the addresses rise, from page to page | kind: address
-- excludes  unmapped    a trace shows that the address had been unmapped
-- caps      vendor      the release is a vendor's own, which may have the fix | of: affected

SELECT c.incident AS subject, c.id AS "case", 'at-the-top' AS clue, printf('%d pages, the first at %#x', x.pages, c.iova) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
  JOIN (SELECT a.incident, count(DISTINCT a.iova >> 12) AS pages, max(a.iova >> 12) - min(a.iova >> 12) AS span FROM incident_iova AS a GROUP BY a.incident) AS x
    ON x.incident = c.incident AND x.pages >= 4 AND x.span < 4096
 -- No allocator without a fault gives out what lies above the last address of 48 bits.
 WHERE c.driven_by = 'linux' AND c.impl = 'amd' AND c.kind = 'unknown' AND (c.iova < 0 OR c.iova >= 1 << 47)

UNION ALL
SELECT c.incident, c.id, 'in-a-row', printf('%d addresses, each above the one before', x.n), c.capture, c.line, c.n
  FROM fault_case AS c
  JOIN (SELECT y.incident, count(*) AS n, sum(y.iova > y.before) AS rising
          FROM (SELECT a.incident, a.iova, lag(a.iova) OVER (PARTITION BY a.incident ORDER BY a.place) AS before FROM incident_iova AS a) AS y
         GROUP BY y.incident) AS x ON x.incident = c.incident AND x.n >= 4 AND x.rising = x.n - 1
 WHERE c.driven_by = 'linux' AND c.impl = 'amd'

UNION ALL
SELECT c.incident, c.id, v.clue, v.says, v.capture, v.line, c.n
  FROM fault_case AS c
  JOIN v_linux_affected AS v ON v.boot = c.boot AND v.change = 'linux-amd-table-race' AND v.clue IN ('affected', 'vendor')
 WHERE c.driven_by = 'linux' AND c.impl = 'amd'

UNION ALL
SELECT c.incident, c.id, 'unmapped', printf('iova %#x was taken out of the tables before', c.iova), m.capture, m.unmapped, c.n
  FROM v_iommu_map AS m
  JOIN fault_case AS c ON c.id = m."case"
 WHERE m.state = 'ended';

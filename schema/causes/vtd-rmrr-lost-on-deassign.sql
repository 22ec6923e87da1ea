-- cause     vtd-rmrr-lost-on-deassign
-- title     Xen lost the mapping of a reserved range when the device changed hands
-- explain   Firmware names a range that the device needs wherever it belongs (RMRR or IVMD). When such a device was given to a domain or taken
--        |  from one, this release of Xen removed the range's mapping, or left the device between two sets of tables.
-- remedy    Update Xen: 4.13.5, 4.14.5, 4.15.3, 4.16.1 and 4.17 have the fixes of XSA-378, XSA-386 and XSA-400.
-- refs      xen 34750a3eb022, xen 753cb68e6530, xen 192aaf7e146c, xen 78a40f8b5dfa, xen 14dd241aad8a
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'xen' AND impl IN ('vtd', 'amd')
-- trigger   in-range         a device was refused in a range that firmware names for devices | kind: address
-- needs     loses-ranges     this release of Xen loses such ranges | ask: the release of Xen | capture: xl info, or the console log from "Xen version" on | kind: version
-- needs     changed-hands    the device was given to a domain or taken from one before, or a domain ended | ask: whether the device had been given to a domain, or taken from one | capture: the console log of Xen from the guest's start on, with loglvl=all iommu=verbose | kind: order
-- supports  right-after      it came right after that | kind: order
-- caps      vendor-build     the version has a vendor's suffix: the fix may be in it | of: right-after
-- excludes  has-fixes        this release of Xen has the fixes

SELECT c.incident AS subject, c.id AS "case", 'in-range' AS clue, printf('%#x, %s', c.iova, p.says) AS says, p.capture, p.line, c.n
  FROM fault_case AS c
  JOIN fault_place AS p ON p."case" = c.id AND p.class IN ('rmrr', 'ivmd')
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd')

UNION ALL
SELECT c.incident, c.id, CASE WHEN x.affected THEN 'loses-ranges' ELSE 'has-fixes' END, printf('Xen %s', x.version), x.capture, x.line, c.n
  FROM fault_case AS c
  JOIN (SELECT v.boot, v.version, v.capture, v.line, max(v.state = 'affected') AS affected
          FROM v_xen_change AS v
         WHERE v.change IN ('xsa-378', 'xsa-386', 'xsa-400')
         GROUP BY v.boot
        HAVING max(v.state = 'affected') OR min(v.state IN ('fixed', 'before'))) AS x ON x.boot = c.boot
 WHERE c.driven_by = 'xen' AND EXISTS (SELECT 1 FROM fault_place AS p WHERE p."case" = c.id AND p.class IN ('rmrr', 'ivmd'))

UNION ALL
SELECT c.incident, c.id, 'vendor-build', printf('Xen %s', v.version), v.capture, v.line, c.n
  FROM fault_case AS c
  JOIN v_xen_change AS v ON v.boot = c.boot AND v.change = 'xsa-400' AND v.suffix <> ''
 WHERE c.driven_by = 'xen' AND EXISTS (SELECT 1 FROM fault_place AS p WHERE p."case" = c.id AND p.class IN ('rmrr', 'ivmd'))

UNION ALL
SELECT c.incident, c.id, y.clue, CASE y.clue WHEN 'right-after' THEN printf('%d line%s before', c.line - h.line, CASE c.line - h.line WHEN 1 THEN '' ELSE 's' END)
       ELSE ifnull((SELECT printf(CASE a.what WHEN 'unmapped' THEN '%s was taken from d%d' ELSE '%s was given to d%d' END, a.bdf, ifnull(a.domain, 0))
                      FROM assignment AS a WHERE a.capture = c.capture AND a.line = h.line), 'a domain ended') END, c.capture, h.line, c.n
  FROM fault_case AS c
  JOIN (SELECT h.id, max(h.line) AS line
          FROM (SELECT c.id, a.line
                  FROM fault_case AS c
                  JOIN assignment AS a ON a.capture = c.capture AND a.line < c.line AND a.bdf = c.device AND a.by = 'xen' AND a.trust <> 'guest'
                                      AND a.what IN ('mapped', 'unmapped', 'assigned')
                 -- What dom0 gets at boot is no change.
                 WHERE c.driven_by = 'xen' AND NOT (a.what = 'mapped' AND ifnull(a.domain, 0) = 0 AND NOT EXISTS
                       (SELECT 1 FROM assignment AS o WHERE o.capture = a.capture AND o.line < a.line AND o.bdf = a.bdf AND o.what IN ('mapped', 'unmapped', 'assigned')))
                UNION ALL
                SELECT c.id, e.line
                  FROM fault_case AS c
                  JOIN domain_end AS e ON e.boot = c.boot AND e.capture = c.capture AND e.line < c.line
                 WHERE c.driven_by = 'xen') AS h
         GROUP BY h.id) AS h ON h.id = c.id
  JOIN (SELECT 'changed-hands' AS clue UNION ALL SELECT 'right-after') AS y ON y.clue = 'changed-hands' OR h.line >= c.line - 40
 WHERE c.driven_by = 'xen' AND EXISTS (SELECT 1 FROM fault_place AS p WHERE p."case" = c.id AND p.class IN ('rmrr', 'ivmd'));

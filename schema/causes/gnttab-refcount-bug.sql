-- cause     gnttab-refcount-bug
-- title     Unmapping a grant in steps crashes this Xen (regression of XSA-380, fixed by XSA-394)
-- explain   From the fixes of XSA-380 on, Xen counts how often a grant is in the IOMMU's tables. Four releases took one off that count at
--        |  each step of an unmap, even when the mapping stays in part, until a check of their own stopped the machine. A domain whose
--        |  grants go into the IOMMU's tables is enough: a strict PV dom0, or a dom0 of Arm that has the fix for its granted pages.
-- remedy    Update Xen to 4.13.5, 4.14.4, 4.15.2 or 4.16.1.
-- refs      xen 9781b51efde2, xen 975a8fb45ca1 (XSA-394), xen/common/grant_table.c unmap_common()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind = 'crash' AND device = 'Xen'
-- trigger   bug-in-grants  Xen stopped in the code of grants
-- needs     affected-xen   this release of Xen has the regression | ask: the release of Xen | shown-by: xen-release | capture: xl info, or the console log from "Xen version" on | kind: version
-- decides   in-unmap       the call trace shows the function that unmaps | ask: the call trace | capture: the console from the crash to the reboot | kind: message
-- caps      vendor-build   the version has a vendor's suffix: the fix may be in it | of: affected-xen
-- excludes  fixed-xen      this release of Xen has the fix
-- excludes  old-xen        this release of Xen is older than the regression

SELECT b.incident AS subject, NULL AS "case", 'bug-in-grants' AS clue, printf('Xen BUG in grant_table.c, line %d', b.src_line) AS says, b.capture, b.line, 1 AS n
  FROM v_xen_bug AS b
 WHERE b.symbol IS NULL AND b.src_file LIKE '%grant_table.c'

UNION ALL
SELECT b.incident, NULL, 'in-unmap', 'unmap_common() is in the call trace', b.capture, min(b.line), 1
  FROM v_xen_bug AS b
 WHERE b.src_file LIKE '%grant_table.c' AND b.symbol LIKE '%unmap_common'
 GROUP BY b.incident

UNION ALL
SELECT i.id, NULL, v.clue, v.says, v.capture, v.line, 1
  FROM incident AS i
  JOIN v_xen_regression AS v ON v.boot = i.boot AND v.change = 'gnttab-refcount' AND v.clue IN ('affected-xen', 'fixed-xen', 'old-xen', 'vendor-build')
 WHERE i.kind = 'crash' AND i.device = 'Xen';

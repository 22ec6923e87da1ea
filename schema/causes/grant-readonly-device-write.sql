-- cause     grant-readonly-device-write
-- title     A device wrote to a page that was granted, or mapped, for reading only
-- explain   The guest granted the page for reading only, or the back end mapped it so. The IOMMU's entry allows reads; the device wrote.
-- remedy    The guest has to grant pages that a device fills for writing; or the back end mapped them with the wrong flags.
-- refs      xen/include/public/grant_table.h GTF_readonly, GNTMAP_readonly; xen/common/grant_table.c map_grant_ref()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE grant_state = 'live' AND driven_by = 'xen' AND access = 'write'
-- trigger   write-to-granted   a device's write to a granted page was refused
-- needs     readonly-grant     the page was granted, or mapped, for reading only | ask: with which rights the page was granted and mapped | capture: xl debug-keys g while the traffic runs: faultline capture-kit debug-keys | kind: address
-- decides   entry-readable     the IOMMU had the page, for reading | kind: message
-- excludes  writable-grant     the page was granted and mapped for writing
-- excludes  no-entry           the IOMMU's tables had no entry for the page
-- caps      old-dump           the dump that shows its rights is more than a minute from the refusal | of: readonly-grant

SELECT c.incident AS subject, c.id AS "case", 'write-to-granted' AS clue,
       printf('%s refused a write of iova %#x; its page %#x was a grant of d%d', c.device, c.iova, c.page, c.grant_domain) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.grant_state = 'live' AND c.driven_by = 'xen' AND c.access = 'write' AND c.kind IN ('permission', 'no-access')

UNION ALL
SELECT c.incident, c.id, CASE WHEN g.flags & 4 OR g.pin & 0x00ff00ff = 0 THEN 'readonly-grant' ELSE 'writable-grant' END,
       printf('grant %d of d%d: pin %#x, flags %#x', g.ref, g.domain, g.pin, g.flags), g.capture, g.line, c.n
  FROM fault_case AS c
  JOIN grant_snapshot AS g ON g.capture = c.grant_capture AND g.line = c.grant_line
 WHERE c.grant_state = 'live' AND c.grant_why = 'dump' AND c.driven_by = 'xen' AND c.access = 'write'

UNION ALL
SELECT c.incident, c.id, CASE WHEN o.flags & 4 THEN 'readonly-grant' ELSE 'writable-grant' END,
       printf('grant %d of d%d was mapped with flags %#x', o.ref, o.domain, o.flags), o.capture, o.line, c.n
  FROM fault_case AS c
  JOIN grant_op AS o ON o.capture = c.grant_capture AND o.line = c.grant_line AND o.ref = c.grant_ref AND o.domain = c.grant_domain AND o.op = 'map'
 WHERE c.grant_state = 'live' AND c.grant_why = 'trace' AND c.driven_by = 'xen' AND c.access = 'write' AND o.flags IS NOT NULL

UNION ALL
SELECT c.incident, c.id, 'entry-readable', printf('iova %#x: permission fault', c.iova), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.grant_state = 'live' AND c.driven_by = 'xen' AND c.access = 'write' AND c.kind = 'permission'

UNION ALL
SELECT c.incident, c.id, CASE w.perm WHEN '--' THEN 'no-entry' ELSE 'entry-readable' END, printf('the walk ended at level %d: %s', w.level, w.perm),
       w.capture, w.line, c.n
  FROM fault_case AS c
  JOIN v_walk_leaf AS w ON w.capture = c.capture AND w.line BETWEEN c.line AND c.line + 12 AND w.page = c.page AND w.bdf = c.device
 WHERE c.grant_state = 'live' AND c.driven_by = 'xen' AND c.access = 'write' AND c.kind = 'no-access' AND (w.perm = '--' OR (w.perm LIKE 'r%' AND w.perm <> 'rw' AND w.level = 1))

UNION ALL
SELECT c.incident, c.id, 'old-dump', CASE WHEN c.distance IS NULL THEN 'nobody can tell how old the dump is' ELSE printf('the dump is up to %.0f s older', c.distance / 1e9) END, c.grant_capture, c.grant_line, c.n
  FROM fault_case AS c
 WHERE c.grant_state = 'live' AND c.grant_why = 'dump' AND c.driven_by = 'xen' AND c.access = 'write' AND NOT c.near;

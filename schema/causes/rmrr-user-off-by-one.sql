-- cause     rmrr-user-off-by-one
-- title     Xen enters one page too many for a reserved range of its own, and a PVH dom0 stumbles over it
-- explain   Xen adds the memory of its USB console (dbc=xhci) to the ranges that devices need, and takes the page behind it with it. For a PVH dom0 that page is
--        |  entered as a device's, and when dom0's memory is to go there Xen refuses and ends dom0.
-- remedy    Update Xen to 4.19.5, 4.20.3, 4.21.1 or 4.22, or boot without dbc=xhci.
-- refs      xen d41501fcf624, xen 2d9b3699136d, xen/arch/x86/mm/p2m.c p2m_add_page()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind = 'map-refused'
-- trigger   not-permitted    Xen refused to enter memory of dom0 where a page is entered as it is | kind: message
-- needs     usb-console      Xen has a USB console, whose memory is such a range | ask: whether Xen's console is a USB one (dbc=xhci) | capture: Xen's command line: xl info | kind: message
-- needs     takes-one-more   this release of Xen takes a page too many | ask: the release of Xen | capture: xl info, or the console log from "Xen version" on | kind: version
-- supports  pvh-dom0         dom0 is PVH | kind: message
-- caps      vendor-build     the version has a vendor's suffix: the fix may be in it | of: pvh-dom0
-- excludes  fixed-xen        this release of Xen counts right

SELECT i.id AS subject, NULL AS "case", 'not-permitted' AS clue, printf('frame %#x of d0 is entered as it is', e.gfn) AS says, e.capture, e.line, i.n
  FROM incident AS i
  JOIN page_error AS e ON e.capture = i.first_capture AND e.line = i.first_line AND e.what = 'not-permitted' AND e.asked = e.gfn
 WHERE i.kind = 'map-refused'

UNION ALL
SELECT i.id, NULL, 'usb-console', 'dbc=xhci on Xen''s command line', f.capture, f.line, i.n
  FROM incident AS i
  JOIN known_fact AS f ON f.boot = i.boot AND f.name = 'xen.cmdline' AND ' ' || f.value LIKE '% dbc=xhci%'
 WHERE i.kind = 'map-refused'

UNION ALL
SELECT i.id, NULL, CASE v.state WHEN 'affected' THEN 'takes-one-more' ELSE 'fixed-xen' END, printf('Xen %s', v.version), v.capture, v.line, i.n
  FROM incident AS i
  JOIN v_xen_change AS v ON v.boot = i.boot AND v.change = 'rmrr-user-off-by-one' AND v.state IN ('affected', 'fixed', 'before')
 WHERE i.kind = 'map-refused'

UNION ALL
SELECT i.id, NULL, 'vendor-build', printf('Xen %s', v.version), v.capture, v.line, i.n
  FROM incident AS i
  JOIN v_xen_change AS v ON v.boot = i.boot AND v.change = 'rmrr-user-off-by-one' AND v.suffix <> ''
 WHERE i.kind = 'map-refused'

UNION ALL
SELECT i.id, NULL, 'pvh-dom0', 'dom0 is PVH', f.capture, f.line, i.n
  FROM incident AS i
  JOIN known_fact AS f ON f.boot = i.boot AND (f.name = 'dom0.kind' AND lower(f.value) = 'pvh' OR f.name = 'xen.cmdline' AND ' ' || f.value LIKE '% dom0=%pvh%')
 WHERE i.kind = 'map-refused';

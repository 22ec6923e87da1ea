-- cause     gnttab-transitive-exposed
-- title     This Xen has XSA-226: guests can pass on grants in a way that harms Xen
-- explain   Copies through transitive grants lose count of references in this release, which corrupts memory of Xen's own, and nothing forbids
--        |  guests such grants. It is a hole, not what makes an access of a device fail.
-- remedy    Update Xen to 4.7.4, 4.8.2, 4.9.1, 4.10.0 or later.
-- refs      XSA-226, xen ad48fb963dbf, xen 999d2ccb7f73
-- about     boot
-- kind      exposure
-- when      SELECT 1 FROM boot_change WHERE change = 'xsa-226' AND state = 'affected'
-- trigger   release       the release of Xen has the hole
-- needs     command-line  Xen's command line | capture: the console log from "Xen version" on, or xl info
-- decides   no-limit      nothing on the command line forbids transitive grants
-- supports  guests        guests run under it
-- caps      vendor-build  the version has a vendor's suffix: the fix may be in it | of: release
-- excludes  limited       the command line forbids transitive grants; a build that takes the option is a vendor's

SELECT v.boot AS subject, NULL AS "case", 'release' AS clue, printf('Xen %s is open to XSA-226', v.version) AS says, v.capture, v.line, 1 AS n
  FROM v_xen_change AS v
 WHERE v.change = 'xsa-226' AND v.state = 'affected'

UNION ALL
SELECT v.boot, NULL, 'guests', printf('d%d runs under Xen %s', d.domain, v.version), d.capture, d.line, 1
  FROM v_xen_change AS v
  JOIN v_guest_seen AS d ON d.boot = v.boot
 WHERE v.change = 'xsa-226' AND v.state = 'affected'

UNION ALL
SELECT c.boot, NULL, 'command-line', 'Xen''s command line is here', c.capture, c.line, 1
  FROM v_fact AS c
 WHERE c.name = 'xen.cmdline'

UNION ALL
SELECT c.boot, NULL, CASE WHEN c.value LIKE '%gnttab=%max_ver:1%' OR c.value LIKE '%gnttab=%no-transitive%' OR c.value LIKE '%gnttab=%transitive=no%'
                               OR c.value LIKE '%gnttab=%transitive=0%' THEN 'limited' ELSE 'no-limit' END,
       CASE WHEN c.value LIKE '%gnttab=%' THEN 'gnttab= is on the command line' ELSE 'no gnttab= on the command line' END, c.capture, c.line, 1
  FROM v_fact AS c
 WHERE c.name = 'xen.cmdline'

UNION ALL
SELECT v.boot, NULL, 'vendor-build', printf('Xen %s is a vendor''s build', v.version), v.capture, v.line, 1
  FROM v_xen_change AS v
 WHERE v.change = 'xsa-226' AND v.suffix <> '';

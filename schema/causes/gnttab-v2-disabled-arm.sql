-- cause     gnttab-v2-disabled-arm
-- title     Linux wanted grant tables of version 2, which Xen switches off on Arm
-- explain   Since XSA-268 Xen offers version 1 only on Arm, unless its command line says otherwise: version 2 gets no security support there. Linux asked
--        |  for version 2 and runs with version 1. It is no fault, and no access of a device depends on it.
-- remedy    Take grant_table.version=2 from Linux's command line; gnttab=max-ver:2 on Xen's only where the guests are trusted.
-- refs      xen 9a5c16a3e757 (XSA-268), xen/arch/arm/include/asm/grant_table.h GNTTAB_MAX_VERSION
-- about     boot
-- kind      noise
-- when      SELECT 1 FROM known_fact WHERE name = 'linux.cmdline' AND value LIKE '%grant_table.version=2%'
-- trigger   wanted-2     Linux was told to use version 2, and uses version 1
-- needs     on-arm       the machine is an Arm machine | ask: what kind of machine it is | shown-by: xen-console | capture: the console log from "Xen version" on
-- needs     off-in-xen   this release switches version 2 off on Arm | ask: the release of Xen | shown-by: xen-release | capture: xl info, or the console log from "Xen version" on | kind: version
-- decides   not-told     Xen's command line does not set the version | ask: Xen's command line | capture: the console log from "Xen version" on, or xl info
-- caps      vendor-build the version has a vendor's suffix | of: off-in-xen
-- excludes  told         Xen's command line sets the version

SELECT v.boot AS subject, NULL AS "case", 'wanted-2' AS clue, 'Grant tables use version 1; asked for: grant_table.version=2' AS says, v.capture, v.line, 1 AS n
  FROM v_fact AS v
  JOIN v_fact AS l ON l.boot = v.boot AND l.name = 'linux.cmdline' AND ' ' || l.value || ' ' LIKE '% grant_table.version=2 %'
 WHERE v.name = 'linux.grant_version' AND v.value = '1'

UNION ALL
SELECT f.boot, NULL, 'on-arm', 'the processor is an Arm', f.capture, f.line, 1
  FROM v_fact AS f
 WHERE f.name = 'arch' AND f.value LIKE 'arm%'

UNION ALL
SELECT v.boot, NULL, 'off-in-xen', printf('Xen %s has version 2 off on Arm', v.version), v.capture, v.line, 1
  FROM v_xen_change AS v
 WHERE v.change = 'arm-gnttab-v2' AND v.state = 'fixed'

UNION ALL
SELECT v.boot, NULL, 'vendor-build', printf('Xen %s is a vendor''s build', v.version), v.capture, v.line, 1
  FROM v_xen_change AS v
 WHERE v.change = 'arm-gnttab-v2' AND v.suffix <> ''

UNION ALL
SELECT c.boot, NULL, CASE WHEN c.value LIKE '%gnttab=%max_ver:%' THEN 'told' ELSE 'not-told' END,
       CASE WHEN c.value LIKE '%gnttab=%max_ver:%' THEN 'Xen''s command line sets max-ver' ELSE 'no max-ver on Xen''s command line' END, c.capture, c.line, 1
  FROM v_fact AS c
 WHERE c.name = 'xen.cmdline';

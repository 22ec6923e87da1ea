-- cause     gnttab-v2-refused
-- title     Linux wanted grant tables of version 2, and Xen allows version 1 only
-- explain   Linux asked for version 2 and runs with version 1, as Xen's command line has it (gnttab=max-ver:1). Grants of version 1 name frames
--        |  below 16 TiB only, and none that are transitive or parts of a page: what insists on these fails.
-- remedy    Let Xen allow it (gnttab=max-ver:2), or take grant_table.version=2 from Linux's command line.
-- refs      xen/common/grant_table.c parse_gnttab(), gnttab_set_version(); linux drivers/xen/grant-table.c gnttab_request_version()
-- about     boot
-- kind      state
-- when      SELECT 1 FROM known_fact WHERE name = 'linux.cmdline' AND value LIKE '%grant_table.version=2%'
-- trigger   wanted-2     Linux was told to use version 2, and uses version 1
-- decides   allowed-1    Xen's command line allows version 1 only | capture: the console log from "Xen version" on, or xl info | kind: message
-- excludes  allowed-2    Xen allows version 2
-- excludes  by-default   Xen allows version 1 only, and nobody told it to

SELECT v.boot AS subject, NULL AS "case", 'wanted-2' AS clue, 'Grant tables use version 1; asked for: grant_table.version=2' AS says, v.capture, v.line, 1 AS n
  FROM v_fact AS v
  JOIN v_fact AS l ON l.boot = v.boot AND l.name = 'linux.cmdline' AND ' ' || l.value || ' ' LIKE '% grant_table.version=2 %'
 WHERE v.name = 'linux.grant_version' AND v.value = '1'

UNION ALL
SELECT s.boot, NULL, CASE WHEN s.max_ver = 2 THEN 'allowed-2' WHEN s.how = 'option' THEN 'allowed-1' ELSE 'by-default' END, s.says, s.capture, s.line, 1
  FROM v_gnttab_setting AS s
 WHERE s.max_ver IS NOT NULL AND EXISTS (SELECT 1 FROM v_fact AS v WHERE v.boot = s.boot AND v.name = 'linux.grant_version' AND v.value = '1');

-- cause     gnttab-option-lost
-- title     Xen does not know the option gnttab= that its command line has
-- explain   The option limits grant tables: to version 1, or to grants that are not passed on (transitive). It came with 4.8.5, 4.9.3, 4.10.2 and
--        |  4.11.0; some builds had it before, from the patch of XSA-226. This one starts without it: guests may do what was meant to be forbidden.
--        |  Xen says so from 4.10 on; older ones are silent.
-- remedy    Update Xen to 4.8.5, 4.9.3, 4.10.2, 4.11.0 or later. What XSA-226 was about is mended since 4.7.4, 4.8.2, 4.9.1 and 4.10.0, so there the
--        |  option may be left away.
-- refs      xen dc96c65ed6d7, xen 63e8a1e5ff, xen ad48fb963dbf, xen common/kernel.c _cmdline_parse()
-- about     boot
-- kind      state
-- when      SELECT 1 FROM known_fact WHERE name = 'xen.cmdline' AND value LIKE '%gnttab=%'
-- trigger   option-given    Xen's command line has gnttab=
-- needs     release-lacks   this Xen has no such option | ask: the release of Xen | shown-by: xen-release | capture: xl info, or the console log from "Xen version" on | kind: version
-- decides   told-unknown    Xen says that it does not know the option
-- decides   never-told      releases before 4.10 ignore what they do not know, and say nothing | kind: version
-- supports  not-told-here   Xen would say so, but prints that before its console is up | kind: version
-- caps      vendor-build    the version has a vendor's suffix: the option may be in it | of: never-told
-- caps      vendor-build-2  the version has a vendor's suffix: the option may be in it | of: release-lacks
-- excludes  release-has     this release has the option
-- excludes  others-told     Xen told another option that it does not take, and not this one: a build that has it

SELECT s.boot AS subject, NULL AS "case", 'option-given' AS clue, s.says, c.capture, c.line, 1 AS n
  FROM v_gnttab_setting AS s
  JOIN v_fact AS c ON c.boot = s.boot AND c.name = 'xen.cmdline'
 WHERE s.how <> 'default'

UNION ALL
SELECT v.boot, NULL, CASE v.state WHEN 'fixed' THEN 'release-has' ELSE 'release-lacks' END,
       printf('Xen %s has %s gnttab=', v.version, CASE v.state WHEN 'fixed' THEN 'the option' ELSE 'no option' END), v.capture, v.line, 1
  FROM v_xen_change AS v
 WHERE v.change = 'gnttab-option' AND v.state <> 'unknown'
   -- What Xen says of itself goes before what is known of its release.
   AND NOT EXISTS (SELECT 1 FROM v_option_refused AS r WHERE r.boot = v.boot AND r.option = 'gnttab')

UNION ALL
SELECT r.boot, NULL, x.clue, CASE x.clue WHEN 'told-unknown' THEN 'Xen says so' ELSE 'this Xen has no option gnttab=' END, r.capture, r.line, 1
  FROM v_option_refused AS r
  JOIN (SELECT 'told-unknown' AS clue UNION ALL SELECT 'release-lacks') AS x
 WHERE r.option = 'gnttab' AND r.unknown

UNION ALL
SELECT r.boot, NULL, 'others-told', printf('"%s" was refused aloud, gnttab= was not', r.option), r.capture, r.line, 1
  FROM v_option_refused AS r
 WHERE r.option <> 'gnttab'
   AND NOT EXISTS (SELECT 1 FROM v_option_refused AS o WHERE o.boot = r.boot AND o.option = 'gnttab' AND o.unknown)

UNION ALL
SELECT r.boot, NULL, 'release-has', 'Xen knows gnttab=, and refused a part of its value', r.capture, r.line, 1
  FROM v_option_refused AS r
 WHERE r.option = 'gnttab' AND NOT r.unknown

UNION ALL
SELECT v.boot, NULL, CASE v.state WHEN 'fixed' THEN 'not-told-here' ELSE 'never-told' END,
       CASE v.state WHEN 'fixed' THEN printf('Xen %s would say so; look at the first lines of xl dmesg', v.version)
                    ELSE printf('Xen %s says nothing of options that it does not know', v.version) END, v.capture, v.line, 1
  FROM v_xen_change AS v
 WHERE v.change = 'unknown-option-message' AND (v.state IN ('affected', 'before') OR (v.state = 'fixed' AND v.suffix = ''))
   AND NOT EXISTS (SELECT 1 FROM v_option_refused AS r WHERE r.boot = v.boot AND r.option = 'gnttab')

UNION ALL
SELECT v.boot, NULL, x.clue, printf('Xen %s is a vendor''s build', v.version), v.capture, v.line, 1
  FROM v_xen_change AS v
  JOIN (SELECT 'vendor-build' AS clue UNION ALL SELECT 'vendor-build-2') AS x
 WHERE v.change = 'gnttab-option' AND v.suffix <> ''
   AND NOT EXISTS (SELECT 1 FROM v_option_refused AS r WHERE r.boot = v.boot AND r.option = 'gnttab' AND r.unknown);

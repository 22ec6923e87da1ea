-- Where evidence was lost, is forgeable, or may be less than it seems.
CREATE VIEW v_gap AS
SELECT g.kind, g.says, g.capture, g.line, p.short || CASE WHEN g.line IS NULL THEN '' ELSE ':' || g.line END AS place
  FROM (SELECT 'forged' AS kind,
               printf('%s printed %d line%s that look%s like Xen''s: no evidence', t.speaker, count(*),
                      CASE count(*) WHEN 1 THEN '' ELSE 's' END, CASE count(*) WHEN 1 THEN 's' ELSE '' END) AS says,
               t.capture, min(t.line) AS line
          FROM line_text AS t
         WHERE t.trust = 'guest' AND t.speaker GLOB 'd[0-9]*'
           AND (t.text LIKE '(d%) (XEN) %' OR t.text LIKE '(XEN) %: (XEN) %' OR t.text LIKE '(d%) %] (XEN) %')
         GROUP BY t.capture, t.speaker
        UNION ALL
        SELECT 'focus', printf('the console shows a guest''s output as Xen''s own from here on: %d lines are no evidence', count(*)),
               t.capture, min(t.line)
          FROM line_text AS t
         WHERE t.trust = 'guest' AND t.speaker = 'xen'
         GROUP BY t.capture
        HAVING count(*) > (SELECT c.unstamped FROM capture AS c WHERE c.id = t.capture)
        UNION ALL
        SELECT 'unstamped', printf('%d line%s like Xen''s, without a time where its others have one: no evidence, somebody else may have printed %s',
                                   c.unstamped, CASE c.unstamped WHEN 1 THEN '' ELSE 's' END, CASE c.unstamped WHEN 1 THEN 'it' ELSE 'them' END), c.id,
               (SELECT min(t.line) FROM line_text AS t WHERE t.capture = c.id AND t.trust = 'guest' AND t.speaker = 'xen')
          FROM capture AS c
         WHERE c.unstamped > 0
        UNION ALL
        SELECT 'forgeable', printf('%d line%s of Xen came through dom0: forgeable, holds a confirmed verdict down to likely', count(*),
                      CASE count(*) WHEN 1 THEN '' ELSE 's' END), t.capture, min(t.line)
          FROM line_text AS t
         WHERE t.trust = 'host' AND t.speaker = 'xen'
         GROUP BY t.capture
        UNION ALL
        SELECT 'provenance', 'line ends were normalised: nobody can tell Xen''s own lines from what dom0 printed', c.id, NULL
          FROM capture AS c
         WHERE c.xen_lines > 0 AND c.host_lines > 0 AND c.double_cr = 0 AND c.matched > 0
           AND c.bare_lf = (SELECT max(c2.bare_lf) FROM capture AS c2 WHERE c2.id = c.id) AND c.bare_lf > 0
        UNION ALL
        SELECT l.what, CASE l.what WHEN 'overflow' THEN 'the queue of an IOMMU overflowed: faults are missing'
                           WHEN 'trace' THEN ifnull(l.count, 'some') || ' records are missing from a trace: grants may have begun and ended unseen' || ifnull(' (' || l.says || ')', '')
                           ELSE ifnull(l.count, 'some') || ' messages were ' || l.what || ': evidence may be missing' END, l.capture, l.line
          FROM loss AS l
         WHERE l.trust <> 'guest' AND l.segment > 0 AND l.what NOT IN ('torn', 'damaged', 'clipped')
        UNION ALL
        SELECT 'cut', printf('%d line%s cannot be read whole, as another speaker''s cut %s or bytes of %s are damaged: evidence may be missing', count(*),
                             CASE count(*) WHEN 1 THEN '' ELSE 's' END, CASE count(*) WHEN 1 THEN 'it' ELSE 'them' END, CASE count(*) WHEN 1 THEN 'it' ELSE 'them' END),
               l.capture, min(l.line)
          FROM loss AS l
         WHERE l.what IN ('torn', 'damaged', 'clipped')
         GROUP BY l.capture
        UNION ALL
        SELECT 'clock', 'nothing joins the clock of this trace with the console''s: its times prove nothing; faultline capture-kit has scripts with anchors',
               g.capture, NULL
          FROM clock AS k
          JOIN segment AS g ON g.id = k.segment
          JOIN boot AS b ON b.id = g.boot
          JOIN clock AS x ON x.id = b.base AND x.kind <> k.kind
         WHERE k.kind IN ('trace', 'trace-other', 'trace-perf') AND k.offset_lo IS NULL
        UNION ALL
        SELECT 'clock', 'nothing joins its clock with that of the boot''s other captures: only the order of its own lines is known; --clock pins it',
               g.capture, NULL
          FROM segment AS g
          JOIN clock AS k ON k.segment = g.id AND k.kind NOT GLOB 'd[0-9]*' AND k.kind NOT GLOB 'trace*'
          JOIN boot AS b ON b.id = g.boot
         WHERE g.capture NOT IN (SELECT y.capture FROM clock AS x JOIN segment AS y ON y.id = x.segment WHERE x.offset_lo IS NOT NULL)
           AND EXISTS (SELECT 1 FROM segment AS y JOIN clock AS x ON x.segment = y.id WHERE y.boot = g.boot AND y.capture <> g.capture)
         GROUP BY g.capture
        UNION ALL
        SELECT 'clock', 'its lines have no stamps, and the boot has other captures: only the order of its own lines is known', c.id, NULL
          FROM capture AS c
          JOIN segment AS g ON g.capture = c.id AND g.boot IS NOT NULL
         WHERE c.xen_lines + c.host_lines > 0
           AND NOT EXISTS (SELECT 1 FROM clock AS k JOIN segment AS y ON y.id = k.segment WHERE y.capture = c.id AND k.kind NOT GLOB 'd[0-9]*')
           AND EXISTS (SELECT 1 FROM segment AS y JOIN clock AS k ON k.segment = y.id WHERE y.boot = g.boot AND y.capture <> c.id)
         GROUP BY c.id
        UNION ALL
        SELECT 'clock', 'its clock was told by the user: what rests on it is likely at most', g.capture, NULL
          FROM clock AS k
          JOIN segment AS g ON g.id = k.segment
         WHERE k.joined_by = 'told'
         GROUP BY g.capture
        UNION ALL
        SELECT 'batch', printf('%d operation%s of batches in traces are not shown: a page may be granted or given back unseen', sum(i.n),
                               CASE sum(i.n) WHEN 1 THEN '' ELSE 's' END), o.capture, min(o.line)
          FROM grant_interval AS i
          JOIN grant_op AS o ON o.id = ifnull(i.map_op, i.end_op)
         WHERE i.state = 'unknown'
         GROUP BY o.capture
        UNION ALL
        SELECT 'loglevel', 'a release build of Xen ' || v.text || ' hides its INFO and DEBUG lines; boot with loglvl=all guest_loglvl=all',
               ifnull(v.capture, d.capture), CASE WHEN v.capture IS NULL THEN d.line ELSE v.line END
          FROM v_xen_version AS v
          JOIN v_fact AS d ON d.boot = v.boot AND d.name = 'xen.debug' AND d.value = 'n'
         WHERE CAST(substr(v.branch, 3) AS INTEGER) < 18
           AND NOT EXISTS (SELECT 1 FROM v_fact AS f WHERE f.boot = v.boot AND f.name = 'xen.cmdline' AND f.value LIKE '%loglvl=%')
           AND NOT EXISTS (SELECT 1 FROM v_fact AS f WHERE f.boot = v.boot AND f.name = 'xen.loglevel' AND (f.value LIKE 'All%' OR f.value LIKE '%info%'))
        UNION ALL
        SELECT 'loglevel', 'Xen was told to print little (loglvl, guest_loglvl): faults may be there that no line shows; boot with loglvl=all guest_loglvl=all',
               f.capture, f.line
          FROM v_fact AS f
         WHERE f.name = 'xen.cmdline' AND (f.value LIKE '%loglvl=none%' OR f.value LIKE '%loglvl=error%')
        UNION ALL
        SELECT 'newer', printf('%s %s is newer than what is known of releases (up to %s): whether it has a fault, or its fix, is not known',
                               CASE x.product WHEN 'xen' THEN 'Xen' ELSE 'Linux' END, x.version,
                               (SELECT max(k.date) FROM known_release AS k WHERE k.product = x.product)),
               x.capture, x.line
          FROM boot_release AS x
         WHERE x.beyond AND x.capture IS NOT NULL
        UNION ALL
        SELECT 'silent', 'Linux runs on Xen, and no line of Xen''s is here: its console is another one (xl dmesg), or it was told to print nothing',
               f.capture, f.line
          FROM v_fact AS f
         WHERE f.name = 'linux.on_xen'
           AND NOT EXISTS (SELECT 1 FROM segment AS g JOIN capture AS c ON c.id = g.capture WHERE g.boot = f.boot AND c.xen_lines > 0)
        UNION ALL
        SELECT 'torn', printf('%d line%s had another speaker''s line inside: both were read', c.torn,
                              CASE c.torn WHEN 1 THEN '' ELSE 's' END), c.id, NULL
          FROM capture AS c
         WHERE c.torn > 0
        UNION ALL
        SELECT 'broken', printf('%d line%s stood broken over several, as mail does, and %s put together again', c.wrapped,
                                CASE c.wrapped WHEN 1 THEN '' ELSE 's' END, CASE c.wrapped WHEN 1 THEN 'was' ELSE 'were' END), c.id, NULL
          FROM capture AS c
         WHERE c.wrapped > 0
        UNION ALL
        SELECT 'ring', 'Xen''s messages without its banner: the ring was overwritten before it was read, or the capture begins late', c.id, NULL
          FROM capture AS c
         WHERE c.xen_lines > 9 AND c.host_lines = 0
           AND NOT EXISTS (SELECT 1 FROM segment AS g JOIN fact AS f ON f.segment = g.id AND f.name = 'xen.version' WHERE g.capture = c.id)
        UNION ALL
        SELECT 'unmatched', printf('%d line%s that nothing recognises %s of evidence: see report unmatched', sum(u.n),
                                   CASE sum(u.n) WHEN 1 THEN '' ELSE 's' END, CASE sum(u.n) WHEN 1 THEN 'speaks' ELSE 'speak' END),
               u.capture, min(u.line)
          FROM unclaimed AS u
         WHERE u.reason IS NULL
         GROUP BY u.capture
        UNION ALL
        SELECT 'clipped', printf('%d line%s longer than the limit, cut there (--max-line)', c.clipped, CASE c.clipped WHEN 1 THEN ' is' ELSE 's are' END),
               c.id, NULL
          FROM capture AS c
         WHERE c.clipped > 0
        UNION ALL
        SELECT 'damaged', printf('%d unrecognised line%s with NUL, control bytes or broken text', c.damaged, CASE c.damaged WHEN 1 THEN '' ELSE 's' END),
               c.id, NULL
          FROM capture AS c
         WHERE c.damaged > 0
        UNION ALL
        SELECT 'incomplete', 'the capture could not be read to its end', c.id, NULL
          FROM capture AS c
         WHERE NOT c.complete
        UNION ALL
        SELECT 'tree', printf('%s: %s%s', t.path, t.says, CASE count(*) WHEN 1 THEN '' ELSE printf(', and %d more of the device tree', count(*) - 1) END),
               t.capture, min(t.line)
          FROM tree_problem AS t
         GROUP BY t.capture
        UNION ALL
        SELECT 'acpi', printf('byte %d of a table: %s%s', t.offset_in, t.says, CASE count(*) WHEN 1 THEN '' ELSE printf(', and %d more', count(*) - 1) END),
               t.capture, min(t.line)
          FROM acpi_problem AS t
         GROUP BY t.capture
        UNION ALL
        SELECT 'acpi', printf('the checksum of %s is wrong: it was read as it is', t.name), t.capture, t.line
          FROM acpi_table AS t
         WHERE t.checksum = 'wrong'
        UNION ALL
        SELECT 'boots', printf('%d power-ons in these captures: nothing is joined across them', count(*)), min(b.capture), NULL
          FROM boot AS b
        HAVING count(*) > 1) AS g
  JOIN v_place AS p ON p.capture = g.capture;

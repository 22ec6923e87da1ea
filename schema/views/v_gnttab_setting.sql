-- when named
-- What domains may do with grant tables: gnttab= of Xen's command line, where this release takes it, and else what the release does by itself.
-- max_ver 1 or 2; transitive, transfer: yes or no; NULL: not known.  how: option, default, lost (the option is given, and not known to this Xen),
-- unknown (nobody can tell whether this Xen takes the option).
CREATE VIEW v_gnttab_setting AS
WITH RECURSIVE
line(boot, rest, capture, line, word) AS (
  SELECT c.boot, ' ' || ifnull((SELECT b.value FROM known_fact AS b WHERE b.boot = c.boot AND b.name = 'xen.cmdline_builtin'), '') || ' ' || c.value || ' ',
         nullif(c.capture, 0), nullif(c.line, 0), 0
    FROM known_fact AS c
   WHERE c.name = 'xen.cmdline'
  UNION ALL
  SELECT l.boot, substr(l.rest, instr(l.rest, ' gnttab=') + 8), l.capture, l.line, l.word + 1
    FROM line AS l
   WHERE instr(l.rest, ' gnttab=') AND l.word < 100
),
item(boot, nr, rest, value) AS (
  SELECT l.boot, l.word * 1000, substr(l.rest, 1, instr(l.rest, ' ') - 1) || ',', NULL FROM line AS l WHERE l.word > 0
  UNION ALL
  SELECT i.boot, i.nr + 1, substr(i.rest, instr(i.rest, ',') + 1), substr(i.rest, 1, instr(i.rest, ',') - 1)
    FROM item AS i
   WHERE i.rest <> '' AND i.nr % 1000 < 100
),
-- The last word on each counts; what Xen does not take changes nothing.
said AS (
  SELECT w.boot, c.capture, c.line, w.text, max(i.ver) & 3 AS max_ver, max(i.transitive) & 1 AS transitive, max(i.transfer) & 1 AS transfer
    FROM (SELECT l.boot, group_concat('gnttab=' || substr(l.rest, 1, min(instr(l.rest, ' ') - 1, 60)), ' ') AS text FROM line AS l WHERE l.word > 0 GROUP BY l.boot) AS w
    JOIN (SELECT l.boot, l.capture, l.line FROM line AS l WHERE l.word = 0) AS c ON c.boot = w.boot
    JOIN (SELECT i.boot, CASE WHEN i.value GLOB 'max[-_]ver:[12]' THEN i.nr * 4 + substr(i.value, 9) END AS ver,
                 i.nr * 4 + CASE WHEN i.value IN ('transitive', 'transitive=1', 'transitive=yes', 'transitive=on', 'transitive=true', 'transitive=enable') THEN 1
                                 WHEN i.value IN ('no-transitive', 'transitive=0', 'transitive=no', 'transitive=off', 'transitive=false', 'transitive=disable')
                                 THEN 0 END AS transitive,
                 i.nr * 4 + CASE WHEN i.value IN ('transfer', 'transfer=1', 'transfer=yes', 'transfer=on', 'transfer=true', 'transfer=enable') THEN 1
                                 WHEN i.value IN ('no-transfer', 'transfer=0', 'transfer=no', 'transfer=off', 'transfer=false', 'transfer=disable')
                                 THEN 0 END AS transfer
            FROM item AS i) AS i ON i.boot = w.boot
   GROUP BY w.boot
),
machine AS (
  SELECT b.id AS boot, v.text AS version, v.capture, v.line,
         CASE WHEN a.value LIKE 'arm%' THEN 'arm' WHEN a.value LIKE 'x86%' THEN 'x86'
              WHEN EXISTS (SELECT 1 FROM known_fact AS f WHERE f.boot = b.id AND (f.name = 'dom0.kind' OR f.name GLOB 'xen.vtd.*' OR f.name GLOB 'xen.amd.*'))
              THEN 'x86' END AS arch,
         ifnull((SELECT CASE WHEN c.state IN ('affected', 'before') THEN 'lacks' WHEN c.state = 'fixed' THEN 'has' END || CASE WHEN c.suffix <> '' THEN '?' ELSE '' END
                   FROM v_xen_change AS c WHERE c.boot = b.id AND c.change = 'gnttab-option'), '?') AS option,
         ifnull((SELECT c.state IN ('affected', 'before') FROM v_xen_change AS c WHERE c.boot = b.id AND c.change = 'unknown-option-message'), 0) AS silent,
         (SELECT c.state FROM v_xen_change AS c WHERE c.boot = b.id AND c.change = 'arm-gnttab-v2') AS arm_v2,
         (SELECT c.state FROM v_xen_change AS c WHERE c.boot = b.id AND c.change = 'gnttab-transfer-option') AS has_transfer,
         EXISTS (SELECT 1 FROM fact AS f JOIN segment AS g ON g.id = f.segment
                  WHERE g.boot = b.id AND f.name = 'xen.unknown_option' AND f.value = 'gnttab' AND f.speaker = 'xen' AND f.trust <> 'guest') AS refused,
         EXISTS (SELECT 1 FROM fact AS f JOIN segment AS g ON g.id = f.segment
                  WHERE g.boot = b.id AND f.name = 'xen.bad_option' AND f.value = 'gnttab' AND f.speaker = 'xen' AND f.trust <> 'guest') AS bad
    FROM boot AS b
    LEFT JOIN v_xen_version AS v ON v.boot = b.id
    LEFT JOIN known_fact AS a ON a.boot = b.id AND a.name = 'arch'
   WHERE v.text IS NOT NULL OR EXISTS (SELECT 1 FROM said AS s WHERE s.boot = b.id)
),
judged AS (
  SELECT m.*, s.text, s.max_ver, s.transitive, s.transfer, ifnull(s.capture, m.capture) AS at_capture, CASE WHEN s.text IS NULL THEN m.line ELSE s.line END AS at_line,
         CASE WHEN s.text IS NULL THEN 'default'
              WHEN m.refused OR (m.option = 'lacks' AND m.silent) THEN 'lost'
              WHEN m.option IN ('has', 'has?') THEN 'option'
              ELSE 'unknown' END AS how,
         CASE m.arch WHEN 'x86' THEN 2 WHEN 'arm' THEN CASE m.arm_v2 WHEN 'fixed' THEN 1 WHEN 'affected' THEN 2 WHEN 'before' THEN 2 END END AS own_ver
    FROM machine AS m
    LEFT JOIN said AS s ON s.boot = m.boot
)
SELECT j.boot,
       CASE j.how WHEN 'option' THEN ifnull(j.max_ver, j.own_ver) WHEN 'unknown' THEN NULL ELSE j.own_ver END AS max_ver,
       CASE j.how WHEN 'option' THEN CASE ifnull(j.transitive, 1) WHEN 1 THEN 'yes' ELSE 'no' END
                  WHEN 'unknown' THEN NULL
                  ELSE CASE WHEN j.option LIKE '%?' AND j.option NOT LIKE 'has%' THEN NULL ELSE 'yes' END END AS transitive,
       CASE WHEN j.arch = 'arm' THEN 'no'
            WHEN j.how = 'option' AND j.has_transfer = 'fixed' AND j.transfer = 0 THEN 'no'
            WHEN j.how = 'unknown' OR (j.transfer = 0 AND ifnull(j.has_transfer, 'unknown') = 'unknown') THEN NULL
            WHEN j.arch = 'x86' THEN 'yes' END AS transfer,
       j.how,
       CASE j.how WHEN 'option' THEN printf('%s, %s Xen %s takes', j.text, CASE WHEN j.bad THEN 'not all of which' ELSE 'which' END, j.version)
                  WHEN 'lost' THEN printf('%s is given, and Xen %s does not know the option', j.text, ifnull(j.version, '(release not known)'))
                  WHEN 'unknown' THEN printf('%s is given; whether Xen %s takes it is not known', j.text, ifnull(j.version, '(release not known)'))
                  ELSE printf('Xen %s%s, no gnttab= on its command line', j.version, CASE j.arch WHEN 'arm' THEN ' on Arm' WHEN 'x86' THEN ' on x86' ELSE '' END) END
       || CASE WHEN j.how = 'default' AND NOT EXISTS (SELECT 1 FROM known_fact AS c WHERE c.boot = j.boot AND c.name = 'xen.cmdline')
               THEN ' that is here' ELSE '' END AS says,
       j.at_capture AS capture, j.at_line AS line
  FROM judged AS j;

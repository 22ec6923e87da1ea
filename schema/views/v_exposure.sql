-- when named
-- Faults that the releases of each boot are known to have, things they lack or do that causes are about, and what the tables do not tell of them.
-- kind: fault, lacks, has.  effect, of the options of Xen's command line: mitigates, exposes, lost (this release does not take the option), or NULL.
CREATE VIEW v_exposure AS
WITH RECURSIVE
line (boot, nr, word, rest) AS (
  SELECT f.boot, 0, '', f.value || ' ' FROM known_fact AS f WHERE f.name = 'xen.cmdline'
  UNION ALL
  SELECT l.boot, l.nr + 1000, substr(l.rest, 1, instr(l.rest, ' ') - 1), substr(l.rest, instr(l.rest, ' ') + 1)
    FROM line AS l
   WHERE l.rest <> '' AND l.nr < 400000),
word AS MATERIALIZED (
  SELECT l.boot, l.nr, iif(l.word GLOB 'no-*' AND instr(l.word, '=') = 0, substr(l.word, 4) || '=no', l.word) AS word FROM line AS l WHERE l.word <> ''),
item (boot, nr, option, value, rest) AS (
  SELECT w.boot, w.nr, o.option, NULL, substr(w.word, length(o.option) + 2) || ','
    FROM word AS w
    JOIN (SELECT DISTINCT option FROM change_option) AS o ON substr(w.word || '=', 1, length(o.option) + 1) = o.option || '='
  UNION ALL
  SELECT i.boot, i.nr + 1, i.option, substr(i.rest, 1, instr(i.rest, ',') - 1), substr(i.rest, instr(i.rest, ',') + 1)
    FROM item AS i
   WHERE i.rest <> '' AND i.nr % 1000 < 100),
-- x=off and the like are no-x.
meant AS (
  SELECT i.boot, i.nr, i.option, i.value,
         CASE substr(i.value, instr(i.value, '=') + 1)
              WHEN '0' THEN 'no' WHEN 'off' THEN 'no' WHEN 'false' THEN 'no' WHEN 'disable' THEN 'no' WHEN 'no' THEN 'no'
              WHEN '1' THEN 'yes' WHEN 'on' THEN 'yes' WHEN 'true' THEN 'yes' WHEN 'enable' THEN 'yes' WHEN 'yes' THEN 'yes' END AS flag,
         rtrim(substr(i.value, 1, instr(i.value, '=')), '=') AS name
    FROM item AS i
   WHERE i.value IS NOT NULL),
-- The last that is given decides.
given AS MATERIALIZED (
  SELECT m.boot, o.change, max(m.nr) AS nr, o.effect, o.requires, o.says, o.option || iif(m.value = '', '', '=' || substr(m.value, 1, 60)) AS text
    FROM meant AS m
    JOIN change_option AS o ON o.option = m.option
                           AND o.value IN ('*', CASE WHEN m.flag IS NULL THEN m.value
                                                     WHEN m.name = '' THEN m.flag
                                                     WHEN m.flag = 'no' THEN 'no-' || m.name
                                                     ELSE m.name END)
   GROUP BY m.boot, o.change),
exposed AS (
  SELECT b.boot, b.product, b.version, b.suffix, b.branch, b.beyond, b.change, c.kind, ifnull(c.exposed, c.kind) AS exposed, b.state, b.fix, b.good,
         b.capture, b.line, c.arch, c.cause, c.title, c.bites, x.number,
         EXISTS (SELECT 1 FROM known_fact AS f WHERE f.boot = b.boot AND f.name = 'xen.cmdline') AS told
    FROM boot_change AS b
    JOIN boot_release AS x ON x.product = b.product AND x.boot = b.boot
    JOIN known_change AS c ON c.change = b.change
    LEFT JOIN known_fact AS a ON a.boot = b.boot AND a.name = 'arch'
   WHERE b.state = CASE c.exposed WHEN 'has' THEN 'fixed' ELSE 'affected' END OR b.state = 'unknown'
   GROUP BY b.boot, b.change
  HAVING c.arch IS NULL OR a.value IS NULL OR a.value LIKE c.arch || '%')
SELECT e.boot, e.product, e.version, e.suffix, e.change, e.exposed AS kind, iif(e.state = 'unknown', 'unknown', 'affected') AS state,
       iif(e.state = 'unknown' OR e.exposed = 'has', NULL,
           ifnull(e.branch || '.' || e.good,
                  (SELECT n.branch || iif(n.first_bad IS NULL, iif(e.product = 'xen', '.0', ''), '.' || n.first_good)
                     FROM release_change AS n
                    WHERE n.change = e.change AND n.number > e.number AND (n.first_bad IS NULL OR n.first_good IS NOT NULL)
                    ORDER BY n.number
                    LIMIT 1))) AS fixed_in,
       e.state <> 'unknown' AND e.exposed <> 'has' AND e.good IS NULL AS never_here, iif(e.state = 'unknown', NULL, e.fix) AS fix,
       e.arch, e.cause, e.title, e.bites,
       CASE WHEN g.effect = 'undoes' THEN NULL
            WHEN g.requires IS NULL OR (SELECT r.state FROM boot_change AS r WHERE r.boot = e.boot AND r.change = g.requires) = 'fixed' THEN g.effect
            WHEN g.effect IS NOT NULL THEN 'lost' END AS effect,
       iif(g.effect = 'undoes', NULL, g.text) AS option, iif(g.effect = 'undoes', NULL, g.says) AS says,
       (SELECT o.option || iif(o.value IN ('', '*'), '', '=' || o.value) || ': ' || o.says
          FROM change_option AS o
         WHERE o.change = e.change AND o.effect = 'mitigates'
           AND (o.requires IS NULL OR (SELECT r.state FROM boot_change AS r WHERE r.boot = e.boot AND r.change = o.requires) = 'fixed')
         ORDER BY o.value GLOB 'no*' DESC, o.value
         LIMIT 1) AS advice,
       e.capture, e.line
  FROM exposed AS e
  LEFT JOIN given AS g ON g.boot = e.boot AND g.change = e.change
 -- What only an option makes a trouble is none where the command line is known and lacks it.
 WHERE e.exposed <> 'lacks' OR NOT e.told OR g.change IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM change_option AS o WHERE o.change = e.change AND o.effect = 'exposes');

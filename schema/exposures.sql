-- What faultline exposures prints: how far a text is put in, and the text, to be broken into lines; NULL: an empty line.
WITH
shown AS MATERIALIZED (SELECT e.*, row_number() OVER (ORDER BY e.product DESC, e.kind <> 'fault', e.kind DESC, e.change) AS nr FROM v_exposure AS e),
machine AS MATERIALIZED (SELECT x.*, iif(x.product = 'xen', 'Xen ', 'Linux ') || x.version AS name,
                                (SELECT ' on ' || f.value FROM known_fact AS f WHERE f.boot = x.boot AND f.name = 'arch') AS arch
                           FROM boot_release AS x),
latest AS MATERIALIZED (SELECT k.product, k.branch || '.' || k.patch AS release, k.date, max(k.number) AS number FROM known_release AS k GROUP BY k.product),
kinds (kind, place, one, many) AS (VALUES ('fault', 1, 'fault', 'faults'), ('lacks', 2, 'thing that it lacks', 'things that it lacks'),
                                          ('has', 3, 'thing to know of', 'things to know of')),
text (part, nr, step, indent, text) AS (
  SELECT 10 - (m.product = 'xen'), 0, 0, 0,
         printf('%s%s: %s', m.name, ifnull(m.arch, ''),
                CASE WHEN m.beyond THEN 'newer than the tables of releases'
                     ELSE ifnull((SELECT group_concat(x.text, ', ')
                                    FROM (SELECT count(*) || ' ' || iif(count(*) = 1, k.one, k.many) AS text
                                            FROM shown AS s JOIN kinds AS k ON k.kind = s.kind
                                           WHERE s.product = m.product AND s.state = 'affected'
                                           GROUP BY k.kind ORDER BY k.place) AS x), 'no known fault') END)
    FROM machine AS m
  UNION ALL
  SELECT 10 - (m.product = 'xen'), 0, 1, 2, printf('The tables end with %s of %s. A fix may have come since, or another fault: what is listed may be there or not.',
                                                   l.release, l.date)
    FROM machine AS m
    JOIN latest AS l ON l.product = m.product
   WHERE m.beyond
  UNION ALL
  SELECT 10 - (m.product = 'xen'), 0, 2, 2,
         CASE WHEN m.early THEN 'A candidate or a snapshot: what came and went for that very release is not known.'
              ELSE printf('"%s" is a vendor''s build: fixes may be in it, or left out, whatever its number says.', m.suffix) END
    FROM machine AS m
   WHERE m.suffix <> ''
  UNION ALL
  SELECT 10 - (m.product = 'xen'), 0, 3, 2, 'Without its last number it is not known which of the point releases it is.'
    FROM machine AS m
   WHERE m.patch IS NULL AND NOT m.early AND NOT m.beyond
  UNION ALL
  SELECT 20, s.nr, 0, 0, NULL FROM shown AS s WHERE s.state = 'affected'
  UNION ALL
  SELECT 20, s.nr, 1, 0,
         printf('%s  [%s%s%s]%s', s.change, s.product, ' ' || s.arch, CASE s.kind WHEN 'fault' THEN '' WHEN 'lacks' THEN ', lacks' ELSE ', has' END,
                CASE s.effect WHEN 'mitigates' THEN '  held off' ELSE '' END)
    FROM shown AS s
   WHERE s.state = 'affected'
  UNION ALL
  SELECT 20, s.nr, 2, 2, CASE s.kind WHEN 'lacks' THEN 'Not in this release: ' WHEN 'has' THEN 'In this release: ' ELSE '' END || s.title
    FROM shown AS s
   WHERE s.state = 'affected'
  UNION ALL
  SELECT 20, s.nr, 3, 2, 'Needs: ' || s.bites FROM shown AS s WHERE s.state = 'affected'
  UNION ALL
  SELECT 20, s.nr, 4, 2,
         CASE WHEN s.kind = 'lacks' THEN 'From '
              WHEN s.never_here THEN 'Never fixed on this branch; fixed in ' ELSE 'Fixed in ' END
         || s.fixed_in || CASE WHEN s.kind = 'lacks' THEN ' on' ELSE '' END || ifnull(' (' || replace(s.fix, '+', ', ') || ')', '')
    FROM shown AS s
   WHERE s.state = 'affected' AND s.fixed_in IS NOT NULL
  UNION ALL
  SELECT 20, s.nr, 5, 2, 'No release that the tables know has the fix' FROM shown AS s WHERE s.state = 'affected' AND s.fixed_in IS NULL AND s.kind <> 'has'
  UNION ALL
  SELECT 20, s.nr, 6, 2,
         CASE s.effect WHEN 'mitigates' THEN printf('Held off by %s: %s', s.option, s.says)
                       WHEN 'exposes' THEN printf('On the command line: %s %s', s.option, s.says)
                       WHEN 'lost' THEN printf('%s has no effect: this release does not take it', s.option)
                       ELSE 'Would be held off by ' || s.advice END
    FROM shown AS s
   WHERE s.state = 'affected' AND (s.effect IS NOT NULL OR s.advice IS NOT NULL)
  UNION ALL
  SELECT 20, s.nr, 7, 2, printf('Cause%s: %s', iif(instr(s.cause, ' '), 's', ''), replace(s.cause, ' ', ', ')) FROM shown AS s WHERE s.state = 'affected'
  UNION ALL
  SELECT 30, 0, 0, 0, NULL WHERE EXISTS (SELECT 1 FROM shown AS s WHERE s.state = 'unknown')
  UNION ALL
  SELECT 30, 0, 1 + (m.product = 'linux'), 0,
         printf('Not known of %s: %s', m.name, (SELECT group_concat(s.change, ', ') FROM (SELECT change FROM shown WHERE state = 'unknown' AND product = m.product ORDER BY nr) AS s))
    FROM machine AS m
   WHERE EXISTS (SELECT 1 FROM shown AS s WHERE s.state = 'unknown' AND s.product = m.product))
SELECT t.indent, t.text FROM text AS t ORDER BY t.part, t.nr, t.step;

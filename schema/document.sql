-- The document faultline.report/1 (docs/json.md): one row, one column.
WITH
clue (verdict, body) AS (
  SELECT c.verdict, json_group_array(json_object('clue', c.clue, 'role', c.role, 'says', c.says, 'n', c.n,
                                                 'capture', p.nr, 'line', c.line, 'text', c.text, 'trust', c.trust))
    FROM (SELECT * FROM v_clue ORDER BY verdict, nr) AS c
    LEFT JOIN v_place AS p ON p.capture = c.capture
   GROUP BY c.verdict),
missing (verdict, body) AS (
  SELECT m.verdict, json_group_array(json_object('clue', m.clue, 'says', m.says, 'capture_next', m.capture_next))
    FROM (SELECT * FROM verdict_missing ORDER BY verdict, place) AS m
   GROUP BY m.verdict),
caps (verdict, body) AS (
  SELECT c.verdict, json_group_array(json_object('kind', c.kind, 'clue', nullif(c.clue, ''), 'would', c.would, 'says', c.says, 'capture', p.nr, 'line', c.line))
    FROM (SELECT * FROM verdict_cap ORDER BY verdict, place) AS c
    LEFT JOIN v_place AS p ON p.capture = c.capture
   GROUP BY c.verdict),
apart (verdict, body) AS (
  SELECT a.verdict, json_object('cause', a.of, 'clue', a.clue, 'says', a.says, 'capture_next', a.capture_next)
    FROM v_apart AS a
   WHERE a.says IS NOT NULL),
consequences (incident, body) AS (
  SELECT c.incident, json_group_array(json_object('message', c.message, 'capture', p.nr, 'line', c.line))
    FROM (SELECT *, row_number() OVER (PARTITION BY incident ORDER BY capture, line) AS nr FROM consequence WHERE same) AS c
    JOIN v_place AS p ON p.capture = c.capture
   WHERE c.nr <= 16
   GROUP BY c.incident),
told (id, about, subject, explains, place, kind, body) AS (
  SELECT v.id, v.about, v.subject, v.explains, v.place, v.kind,
         json_object('cause', v.cause, 'grade', v.grade, 'title', v.title, 'explain', replace(v.explain, char(10), ' '),
                     'clues', json(ifnull(clue.body, '[]')), 'missing', json(ifnull(missing.body, '[]')),
                     'consequences', json(CASE WHEN v.about = 'incident' THEN ifnull(q.body, '[]') ELSE '[]' END),
                     'remedy', replace(v.remedy, char(10), ' '),
                     'refs', json('["' || replace(v.refs, ', ', '","') || '"]'),
                     'would', v.would, 'caps', json(ifnull(caps.body, '[]')), 'apart', json(ifnull(apart.body, 'null')),
                     'assumed', json(CASE WHEN v.assumed THEN 'true' ELSE 'false' END))
    FROM v_verdict AS v
    LEFT JOIN clue ON clue.verdict = v.id
    LEFT JOIN missing ON missing.verdict = v.id
    LEFT JOIN caps ON caps.verdict = v.id
    LEFT JOIN apart ON apart.verdict = v.id
    LEFT JOIN consequences AS q ON v.about = 'incident' AND q.incident = v.subject
   WHERE v.grade_rank < 9),
verdicts (subject, body) AS (
  SELECT t.subject, json_group_array(json(t.body))
    FROM (SELECT * FROM told WHERE explains ORDER BY subject, place) AS t
   GROUP BY t.subject),
ruled (subject, body) AS (
  SELECT v.subject, json_group_array(json_object('cause', v.cause, 'says', v.says,
                                                 'assumed', json(CASE WHEN v.assumed THEN 'true' ELSE 'false' END)))
    FROM (SELECT * FROM v_verdict WHERE explains AND grade_rank = 9 ORDER BY subject, cause) AS v
   GROUP BY v.subject),
iovas (incident, body) AS (
  SELECT f.incident, json_group_array(printf('0x%x', f.iova))
    FROM (SELECT * FROM incident_iova ORDER BY incident, place) AS f
   GROUP BY f.incident),
incidents (body) AS (
  SELECT json_group_array(json_object(
           'id', i.id, 'kind', i.kind, 'boot', i.boot, 'device', i.device, 'access', i.access, 'stream', i.stream,
           'domain', i.domain, 'count', i.n,
           'iova', json_object('first', CASE WHEN i.first_iova IS NULL THEN NULL ELSE printf('0x%x', i.first_iova) END,
                               'pages', i.pages, 'list', json(ifnull(iovas.body, '[]'))),
           'first', json_object('capture', p.nr, 'line', i.first_line),
           'last', json_object('capture', l.nr, 'line', i.last_line),
           'verdicts', json(ifnull(verdicts.body, '[]')),
           'ruled_out', json(ifnull(ruled.body, '[]')),
           'follows', (SELECT f.follows FROM incident_follow AS f WHERE f.incident = i.id),
           'cannot_say', (SELECT CASE WHEN i.best <= 2 OR i.closed IS NOT NULL THEN NULL
                                      ELSE json_object('says', CASE WHEN i.best = 3 THEN 'no cause is more than possible'
                                                                    ELSE 'no cause in the catalogue explains this' END,
                                                       'cause', 'insufficient-evidence',
                                                       'missing', (SELECT json_group_array(json_object('clue', s.clue, 'says', s.says, 'capture_next', s.capture_next))
                                                                     FROM (SELECT * FROM cannot_say WHERE incident = i.id ORDER BY place) AS s)) END)))
    FROM (SELECT * FROM v_incident ORDER BY best, id) AS i
    LEFT JOIN v_place AS p ON p.capture = i.first_capture
    LEFT JOIN v_place AS l ON l.capture = i.last_capture
    LEFT JOIN verdicts ON verdicts.subject = i.id
    LEFT JOIN ruled ON ruled.subject = i.id
    LEFT JOIN iovas ON iovas.incident = i.id),
findings (body) AS (
  SELECT json_group_array(json(json_insert(t.body, '$.kind', t.kind, '$.boot', t.boot, '$.incident', t.incident)))
    FROM (SELECT t.*, ifnull(i.boot, t.subject) AS boot, i.id AS incident
            FROM told AS t
            LEFT JOIN incident AS i ON t.about = 'incident' AND i.id = t.subject
           WHERE NOT t.explains
           ORDER BY ifnull(i.boot, t.subject), i.id, t.place) AS t),
captures (body) AS (
  SELECT json_group_array(json_object('name', c.name, 'digest', 'xxh3-128:' || c.digest, 'sha256', NULL, 'bytes', c.bytes,
           'lines', c.lines, 'matched', c.matched, 'unmatched', c.unmatched, 'damaged', c.damaged, 'replayed', c.replayed))
    FROM (SELECT * FROM capture ORDER BY id) AS c),
boots (body) AS (
  SELECT json_group_array(json_object(
           'id', b.id,
           'captures', (SELECT json_group_array(x.nr) FROM (SELECT DISTINCT p.nr FROM segment AS g JOIN v_place AS p ON p.capture = g.capture
                                                             WHERE g.boot = b.id ORDER BY p.nr) AS x),
           'first', json_object('capture', p.nr, 'line', b.line),
           'xen', (SELECT f.value FROM v_fact AS f WHERE f.boot = b.id AND f.name = 'xen.version'),
           'xen_debug', json((SELECT CASE f.value WHEN 'y' THEN 'true' ELSE 'false' END FROM v_fact AS f WHERE f.boot = b.id AND f.name = 'xen.debug')),
           'host_linux', (SELECT f.value FROM v_fact AS f WHERE f.boot = b.id AND f.name = 'linux.version'),
           'arch', (SELECT f.value FROM v_fact AS f WHERE f.boot = b.id AND f.name = 'arch'),
           'board', (SELECT f.value FROM v_fact AS f WHERE f.boot = b.id AND f.name = 'board'),
           'kernels', json(ifnull((SELECT json_group_array(json_object('speaker', k.speaker, 'version', k.version, 'capture', kp.nr, 'line', k.line))
                                     FROM kernel AS k
                                     JOIN segment AS g ON g.id = k.segment
                                     JOIN v_place AS kp ON kp.capture = k.capture
                                    WHERE g.boot = b.id), '[]'))))
    FROM (SELECT * FROM boot ORDER BY id) AS b
    JOIN v_place AS p ON p.capture = b.capture),
facts (body) AS (
  SELECT json_group_array(json_object('boot', f.boot, 'name', f.name, 'value', f.value, 'capture', p.nr,
                                      'line', CASE WHEN f.told THEN NULL ELSE f.line END, 'told', json(CASE WHEN f.told THEN 'true' ELSE 'false' END),
                                      'assumed', json(CASE WHEN f.trust = 'assumed' THEN 'true' ELSE 'false' END)))
    FROM (SELECT * FROM v_fact ORDER BY boot, name) AS f
    LEFT JOIN v_place AS p ON p.capture = f.capture),
assumed (body) AS (
  SELECT json_group_array(json_object('boot', a.boot, 'name', a.name, 'value', a.value, 'instead', a.instead, 'capture', p.nr, 'line', a.line))
    FROM (SELECT * FROM v_assumed ORDER BY boot, name) AS a
    LEFT JOIN v_place AS p ON p.capture = a.capture),
gaps (body) AS (
  SELECT json_group_array(json_object('kind', g.kind, 'says', g.says, 'capture', p.nr, 'line', g.line))
    FROM (SELECT * FROM v_gap ORDER BY capture, line, kind) AS g
    LEFT JOIN v_place AS p ON p.capture = g.capture)
SELECT json_object('format', 'faultline.report/1', 'version', (SELECT value FROM meta WHERE name = 'version'),
                   'captures', json(captures.body), 'boots', json(boots.body), 'facts', json(facts.body),
                   'incidents', json(incidents.body), 'findings', json(findings.body), 'gaps', json(gaps.body),
                   'assumed', json(assumed.body)) AS json
  FROM captures, boots, facts, incidents, findings, gaps, assumed;

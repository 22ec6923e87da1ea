-- Incidents with a headline in words, and the rank of the best verdict that explains them.
CREATE VIEW v_incident AS
SELECT i.*,
       (SELECT ifnull(min(v.grade_rank), 8) FROM verdict AS v
         WHERE v.about = 'incident' AND v.subject = i.id AND v.kind IN ('root', 'state') AND v.grade_rank < 9) AS best,
       (SELECT c.closes FROM verdict AS v JOIN cause AS c ON c.id = v.cause
         WHERE v.about = 'incident' AND v.subject = i.id AND v.grade_rank = 1 AND c.closes IS NOT NULL LIMIT 1) AS closed,
       i.device || ': '
       || CASE WHEN k.kind IS NOT NULL THEN i.n || ' ' || CASE i.n WHEN 1 THEN k.one ELSE k.many END
          ELSE i.n || ' ' || CASE i.kind WHEN 'stream-fault' THEN 'stream' ELSE i.kind END || CASE i.n WHEN 1 THEN ' fault' ELSE ' faults' END
               || CASE WHEN i.access IS NULL THEN '' ELSE ', ' || i.access END
               || CASE WHEN i.domain IS NULL THEN '' ELSE printf(', domain %d', i.domain) END
               || CASE WHEN i.first_iova IS NULL THEN '' ELSE printf(', iova 0x%x', i.first_iova) END
               || CASE WHEN i.pages > 1 THEN printf(' and %d more page%s', i.pages - 1, CASE i.pages WHEN 2 THEN '' ELSE 's' END) ELSE '' END
          END
       || ' (' || p.short || ':' || i.first_line
       || CASE WHEN i.n > 1 THEN ' to ' || CASE WHEN i.last_capture = i.first_capture THEN '' ELSE l.short || ':' END || i.last_line ELSE '' END
       || ')' AS headline
  FROM incident AS i
  LEFT JOIN incident_kind AS k ON k.kind = i.kind
  LEFT JOIN v_place AS p ON p.capture = i.first_capture
  LEFT JOIN v_place AS l ON l.capture = i.last_capture;

-- Incidents whose best explanation is below likely: what is missing, from the verdicts, or by kind where no cause is left.
-- when SELECT 1 FROM incident
INSERT INTO cannot_say (incident, place, clue, says, capture_next)
SELECT x.incident, row_number() OVER (PARTITION BY x.incident ORDER BY x.rank, x.place, x.clue), x.clue, x.says, x.capture_next
  FROM (SELECT v.subject AS incident, min(v.place) AS rank, min(m.place) AS place, m.clue, m.says, m.capture_next
          FROM verdict AS v
          JOIN verdict_missing AS m ON m.verdict = v.id
         WHERE v.about = 'incident' AND v.kind IN ('root', 'state')
           AND NOT EXISTS (SELECT 1 FROM verdict AS b WHERE b.about = 'incident' AND b.subject = v.subject AND b.kind IN ('root', 'state')
                              AND b.grade_rank <= 2)
         GROUP BY v.subject, m.capture_next) AS x;

INSERT INTO cannot_say (incident, place, clue, says, capture_next)
SELECT i.id, 100 + h.place, h.clue, h.says, h.capture_next
  FROM incident AS i
  JOIN capture_hint AS h ON i.impl LIKE h.impl
   AND ifnull((SELECT c.driven_by FROM fault_case AS c WHERE c.incident = i.id LIMIT 1),
              (SELECT CASE o.what WHEN 'linux-faults' THEN 'linux' END FROM observed AS o WHERE o.boot = i.boot AND o.what = 'linux-faults')) IS NOT
       CASE h.driven_by WHEN 'xen' THEN 'linux' WHEN 'linux' THEN 'xen' ELSE '' END
   AND (h.unless IS NULL OR NOT EXISTS (SELECT 1 FROM fault_case AS c WHERE c.incident = i.id)
        OR EXISTS (SELECT 1 FROM fault_case AS c WHERE c.incident = i.id AND c.frame_class IS NOT h.unless AND c.kind <> h.unless))
   AND (h.driven_by <> 'linux' OR EXISTS (SELECT 1 FROM fault_case AS c WHERE c.incident = i.id AND c.driven_by = 'linux'))
   -- A timeout where nothing tells of Xen: its kernel is nobody's dom0, as far as one can see.
   AND NOT (h.driven_by = 'xen' AND i.kind = 'stuck' AND NOT EXISTS (SELECT 1 FROM segment AS g WHERE g.xen) AND NOT EXISTS (SELECT 1 FROM backend)
            AND NOT EXISTS (SELECT 1 FROM known_fact AS k WHERE k.boot = i.boot AND k.name LIKE 'xen.%'))
  LEFT JOIN incident_kind AS k ON k.kind = i.kind
 WHERE ifnull(k.dma, 1)
   AND NOT EXISTS (SELECT 1 FROM incident_follow AS f WHERE f.incident = i.id)
   AND NOT EXISTS (SELECT 1 FROM verdict AS o JOIN cause AS c ON c.id = o.cause AND c.closes IS NOT NULL
                    WHERE o.about = 'incident' AND o.subject = i.id AND o.grade_rank = 1)
   AND NOT EXISTS (SELECT 1 FROM verdict AS b WHERE b.about = 'incident' AND b.subject = i.id AND b.kind IN ('root', 'state') AND b.grade_rank <= 3)
   AND NOT EXISTS (SELECT 1 FROM observed AS o WHERE o.boot = i.boot AND o.what = h.observed)
   AND NOT EXISTS (SELECT 1 FROM cannot_say AS c WHERE c.incident = i.id AND c.clue = h.clue);

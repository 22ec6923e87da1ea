-- when named
-- What the merge pass found for a case of faults, in words.
CREATE VIEW v_case_join AS
SELECT c.incident, c.id AS case_id,
       printf('page 0x%x', c.page)
       || CASE WHEN c.frame_class IS NULL THEN ': class of the frame not known' ELSE ': ' || c.frame_class END
       || CASE WHEN c.grant_state IS NULL THEN '; no grant of it is known'
               ELSE '; grant ' || c.grant_state || ', ' || c.relation || ', by ' || c.grant_why
                    || ' at ' || p.short || ':' || c.grant_line
                    || CASE WHEN c.end_line IS NULL THEN '' ELSE '; ' || c.end_what || ' at ' || e.short || ':' || c.end_line END
                    || CASE WHEN c.told THEN '; by a clock that the user told' ELSE '' END END
       || CASE WHEN c.unshown IS NULL THEN ''
               ELSE printf('; %d %s%s of batches that no line shows may be of it', c.unshown,
                           CASE c.grant_state WHEN 'live' THEN 'unmap' ELSE 'map' END, CASE c.unshown WHEN 1 THEN '' ELSE 's' END) END AS says
  FROM fault_case AS c
  LEFT JOIN v_place AS p ON p.capture = c.grant_capture
  LEFT JOIN v_place AS e ON e.capture = c.end_capture
 WHERE c.page IS NOT NULL;

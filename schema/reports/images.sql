-- report   images
-- title    Images that were read: what each is, and whether it is what ran

SELECT i.name, i.kind, i.form, i.machine, ifnull(i.build_id, i.release) AS "build-id or release",
       CASE m.state WHEN 'same' THEN 'it ran' WHEN 'other' THEN 'not what ran' WHEN 'unproven' THEN 'cannot say' END AS "in this boot", m.how AS because
  FROM v_image AS i
  LEFT JOIN v_image_match AS m ON m.capture = i.capture
 ORDER BY i.capture, m.boot;

-- report   identity
-- title    Names of devices: which are of one device, what it is behind, and the line that says so

SELECT i.boot, i.name,
       CASE i.how WHEN 'is' THEN 'is' WHEN 'behind' THEN 'is behind' WHEN 'in' THEN 'is in' WHEN 'sends as' THEN 'sends as' ELSE 'is behind no IOMMU' END AS "it",
       i.other || CASE WHEN i.stream IS NULL THEN '' ELSE printf(' stream 0x%x', i.stream) END
               || CASE WHEN ifnull(i.count, 1) > 1 THEN printf(' to 0x%x', i.stream + i.count - 1) ELSE '' END
               || CASE WHEN ifnull(i.mask, 0) THEN printf(' but for bits 0x%x', i.mask) ELSE '' END AS what,
       p.short || ':' || i.line AS line
  FROM identity AS i
  LEFT JOIN v_place AS p ON p.capture = i.capture
 ORDER BY i.boot, i.name, i.how, i.other, i.stream;

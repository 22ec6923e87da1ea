-- cause     unrelated-coincidence
-- title     A refused access of another device came at the same time
-- explain   Both happened within a second, but what the lines say of the two devices does not go together: another PCI address, another IOMMU or stream, or
--        |  another domain. Neither is a reason for the other on that ground.
-- remedy    Look into the two apart.
-- refs      faultline docs/design.md
-- about     incident
-- kind      noise
-- when      SELECT 1 FROM consequence WHERE NOT same
-- trigger   same-time      a device failed at DMA, and an IOMMU refused an access, within a second
-- decides   other-device   they are not of one device | kind: address

SELECT i.id AS subject, NULL AS "case", x.clue,
       CASE x.clue WHEN 'same-time' THEN printf('%s reported failed DMA', q.dev)
                   ELSE printf('the access was one of %s%s', f.device, CASE WHEN f.domain > 0 THEN printf(', for d%d', f.domain) ELSE '' END) END AS says,
       CASE x.clue WHEN 'same-time' THEN q.capture ELSE f.first_capture END AS capture, CASE x.clue WHEN 'same-time' THEN q.line ELSE f.first_line END AS line, i.n AS n
  FROM incident AS i
  JOIN (SELECT a.boot, q.dev, q.capture, min(q.line) AS line, min(q.incident) AS incident
          FROM consequence AS q
          JOIN incident AS a ON a.id = q.incident
         WHERE NOT q.same
         GROUP BY a.boot, q.dev) AS q ON q.boot = i.boot AND q.dev = i.device
  JOIN incident AS f ON f.id = q.incident
  JOIN (SELECT 'same-time' AS clue UNION ALL SELECT 'other-device') AS x
 WHERE i.kind = 'device-error';

-- cause     macb-rx-timing
-- title     Bad timing between network controller and PHY damages what is received
-- explain   The generic PHY driver does not set the delays that RGMII needs, so frames arrive damaged at 1 Gb/s. The controller loses its place in what it
--        |  receives, and reports an error of its DMA as well. Memory and mappings have no part in it.
-- remedy    Build the driver of the PHY into the kernel, and give the right delays in the device tree (phy-mode = "rgmii-id", or the PHY's own properties). To
--        |  test, set the link to 100 Mb/s: the errors end.
-- refs      linux drivers/net/ethernet/cadence/macb_main.c gem_rx(), macb_interrupt()
-- about     incident
-- kind      root
-- refines   nic-bus-error-no-iommu-fault
-- when      SELECT 1 FROM device_error WHERE what = 'hresp' AND EXISTS (SELECT 1 FROM device_event WHERE what = 'bad-descriptor')
-- trigger   bad-frame     what is received makes no whole frame
-- needs     generic-phy   the generic driver serves the PHY | ask: which driver serves the PHY | capture: dmesg from boot on (the lines with PHY)
-- supports  with-hresp    the controller reports failed DMA as well
-- excludes  own-driver    the PHY has a driver of its own
-- excludes  slow-link     the link runs at 10 or 100 Mb/s

SELECT i.id AS subject, NULL AS "case", x.clue, CASE x.clue WHEN 'bad-frame' THEN printf('%s: not a whole frame', b.dev) ELSE printf('%s reported failed DMA', i.device) END AS says,
       CASE x.clue WHEN 'bad-frame' THEN b.capture ELSE i.first_capture END AS capture, CASE x.clue WHEN 'bad-frame' THEN b.line ELSE i.first_line END AS line, i.n AS n
  FROM incident AS i
  JOIN device_error AS d ON d.capture = i.first_capture AND d.line = i.first_line AND d.what = 'hresp'
  JOIN (SELECT g.boot, e.dev, e.capture, min(e.line) AS line FROM device_event AS e JOIN segment AS g ON g.id = e.segment
         WHERE e.what = 'bad-descriptor' AND e.trust <> 'guest' GROUP BY g.boot, e.dev) AS b ON b.boot = i.boot AND b.dev = i.device
  JOIN (SELECT 'bad-frame' AS clue UNION ALL SELECT 'with-hresp') AS x
 WHERE i.kind = 'device-error'

UNION ALL
SELECT i.id, NULL, CASE p.name WHEN 'Generic PHY' THEN 'generic-phy' ELSE 'own-driver' END, printf('%s has the driver %s', p.phy, p.name), p.capture, p.line, i.n
  FROM incident AS i
  JOIN (SELECT g.boot, e.dev, e.phy, e.name, e.capture, max(e.line) AS line FROM phy AS e JOIN segment AS g ON g.id = e.segment
         WHERE e.trust <> 'guest' AND e.name IS NOT NULL GROUP BY g.boot, e.dev) AS p ON p.boot = i.boot AND p.dev = i.device
 WHERE i.kind = 'device-error'

UNION ALL
SELECT i.id, NULL, 'slow-link', ifnull(json_extract(u.fields, '$.speed'), json_extract(u.fields, '$.mb_per_s') || ' Mb/s'), u.capture, u.line, i.n
  FROM incident AS i
  JOIN note AS u ON u.capture = i.first_capture AND u.line < i.first_line AND json_extract(u.fields, '$.dev') = i.device
  JOIN message AS m ON m.id = u.message AND m.name IN ('linux.net.link-up', 'linux.macb.link-up')
 WHERE i.kind = 'device-error' AND u.trust <> 'guest' AND (json_extract(u.fields, '$.speed') IN ('10Mbps', '100Mbps') OR json_extract(u.fields, '$.mb_per_s') <= 100)
   AND NOT EXISTS (SELECT 1 FROM note AS v WHERE v.capture = u.capture AND v.message = u.message AND v.line > u.line AND v.line < i.first_line
                                             AND json_extract(v.fields, '$.dev') = i.device);

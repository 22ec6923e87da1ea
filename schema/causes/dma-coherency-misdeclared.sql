-- cause     dma-coherency-misdeclared
-- title     The device tree may be wrong about whether a device sees the processors' caches
-- explain   With dma-coherent the kernel neither cleans nor invalidates caches for the device. Where the bus does not keep them coherent, the device reads old
--        |  descriptors, and the kernel reads old data: rings run out of step, frames are cut, and a stale address makes a bus error. The opposite
--        |  mistake does harm as well, but more rarely.
-- remedy    Compare the property with the manual of the chip (which port of the interconnect the device is on, and whether it is set up as coherent), and
--        |  test without it.
-- refs      linux Documentation/devicetree/bindings/dma-coherent (devicetree specification), linux drivers/of/address.c of_dma_is_coherent()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM tree_node WHERE marks LIKE '%dma-coherent%' AND EXISTS (SELECT 1 FROM incident WHERE kind = 'device-error')
-- trigger   out-of-step    the device fails at DMA, no IOMMU refused it, and a descriptor of its rings is not as its driver wrote it
-- needs     coherent       the device tree calls it coherent | ask: whether the device tree has dma-coherent for it | capture: the device tree that was booted (/sys/firmware/fdt)

SELECT i.id AS subject, NULL AS "case", x.clue,
       CASE x.clue WHEN 'out-of-step' THEN printf('%s reported failed DMA', i.device) ELSE printf('%s has dma-coherent', t.path) END AS says,
       CASE x.clue WHEN 'out-of-step' THEN i.first_capture ELSE t.capture END AS capture, CASE x.clue WHEN 'out-of-step' THEN i.first_line ELSE t.line END AS line, i.n AS n
  FROM incident AS i
  JOIN (SELECT u.boot, n.dev, n.path, n.capture, n.line
          FROM tree_use AS u
          JOIN tree_node AS n ON n.capture = u.capture AND n.kind = 'device' AND n.marks LIKE '%dma-coherent%'
         WHERE NOT u.other) AS t ON t.boot = i.boot AND t.dev = i.device
  JOIN (SELECT 'out-of-step' AS clue UNION ALL SELECT 'coherent') AS x
 WHERE i.kind = 'device-error'
   AND EXISTS (SELECT 1 FROM device_event AS e JOIN segment AS g ON g.id = e.segment WHERE g.boot = i.boot AND e.dev = i.device AND e.what = 'bad-descriptor' AND e.trust <> 'guest');

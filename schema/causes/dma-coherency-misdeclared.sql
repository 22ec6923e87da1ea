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
-- when      SELECT 1 FROM device_error WHERE what = 'hresp' AND EXISTS (SELECT 1 FROM device_event WHERE what = 'bad-descriptor')
-- trigger   out-of-step   the device fails at DMA, no IOMMU refused it, and a descriptor of its rings is not as its driver wrote it
-- needs     coherent      the device tree calls it coherent | ask: whether the device tree has dma-coherent for it | capture: the device tree that was booted (/sys/firmware/fdt)
-- excludes  not-coherent  the device tree does not call it coherent

SELECT i.id AS subject, NULL AS "case", 'out-of-step' AS clue, printf('%s: a descriptor is not as it should be, and failed DMA', i.device) AS says, b.capture, b.line, i.n AS n
  FROM incident AS i
  JOIN (SELECT g.boot, e.dev, e.capture, min(e.line) AS line FROM device_event AS e JOIN segment AS g ON g.id = e.segment
         WHERE e.what = 'bad-descriptor' AND e.trust <> 'guest' GROUP BY g.boot, e.dev) AS b ON b.boot = i.boot AND b.dev = i.device
 WHERE i.kind = 'device-error'

UNION ALL
SELECT i.id, NULL, CASE WHEN t.marks LIKE '%dma-coherent%' THEN 'coherent' ELSE 'not-coherent' END,
       printf('%s %s dma-coherent', t.path, CASE WHEN t.marks LIKE '%dma-coherent%' THEN 'has' ELSE 'is not marked' END), t.capture, t.line, i.n
  FROM incident AS i
  JOIN (SELECT u.boot, n.dev, n.path, n.marks, n.capture, n.line
          FROM tree_use AS u
          JOIN tree_node AS n ON n.capture = u.capture AND n.kind = 'device'
         WHERE NOT u.other) AS t ON t.boot = i.boot AND t.dev = i.device
 WHERE i.kind = 'device-error';

-- cause     nic-bus-error-no-iommu-fault
-- title     A network device reports failed DMA, and no IOMMU refused anything
-- explain   The Cadence GEM reports an error response of the bus on its own DMA. An IOMMU is one possible source, and it is
--        |  silent here: look at the interconnect, the memory, the ring addresses and the clocks. The class is certain, its root stays open.
-- remedy    Check ring base registers, memory errors (EDAC), clocks and power domains of the device; compare with a dma-coherent property that is wrong.
-- refs      linux drivers/net/ethernet/cadence/macb_main.c macb_interrupt()
-- about     incident
-- kind      state
-- when      SELECT 1 FROM incident WHERE kind = 'device-error'
-- trigger   device-error        a network device reported failed DMA
-- needs     faults-visible      the captures would show an IOMMU's fault | ask: an IOMMU's fault, had there been one | capture: Xen's console from boot on, with loglvl=all guest_loglvl=all
-- decides   no-fault-seen       no IOMMU reported a fault near it | ask: when each fault of an IOMMU happened | capture: console_timestamps=boot on Xen's command line, and both consoles in one capture | kind: order
-- excludes  fault-nearby        an IOMMU reported a fault at the same time, though of another domain or device
-- caps      evidence-lost       messages were suppressed or lost: a fault may be among them | of: no-fault-seen

SELECT i.id AS subject, NULL AS "case", 'device-error' AS clue, printf('%s reported failed DMA', d.dev) AS says, i.first_capture AS capture, i.first_line AS line, i.n AS n
  FROM incident AS i
  JOIN device_error AS d ON d.capture = i.first_capture AND d.line = i.first_line AND d.class = 'nic' AND d.what = 'hresp'
 WHERE i.kind = 'device-error'

UNION ALL
SELECT i.id, NULL, 'faults-visible', 'Xen''s console is captured from its banner on, and shows errors', o.place >> 40, o.place & 0xffffffffff, i.n
  FROM incident AS i
  JOIN (SELECT o.boot, min(o.capture << 40 | o.line) AS place FROM v_observed AS o WHERE o.what = 'xen-faults' GROUP BY o.boot) AS o ON o.boot = i.boot
 WHERE i.kind = 'device-error'

UNION ALL
SELECT i.id, NULL, 'faults-visible', 'the kernel runs without Xen, and its log is captured from its banner on', o.capture, o.line, i.n
  FROM incident AS i
  JOIN v_observed AS o ON o.boot = i.boot AND o.what = 'linux-faults'
 WHERE i.kind = 'device-error'

UNION ALL
SELECT i.id, NULL, 'no-fault-seen', 'no fault of any IOMMU within 1 s', i.first_capture, i.first_line, i.n
  FROM incident AS i
 WHERE i.kind = 'device-error'
   AND i.boot IN (SELECT o.boot FROM v_observed AS o WHERE o.what IN ('xen-faults', 'linux-faults'))
   -- A fault that nobody can date may be the one.
   AND i.boot NOT IN (SELECT f.boot FROM v_fault AS f WHERE f.base_lo IS NULL OR f.base_hi IS NULL)

UNION ALL
SELECT i.id, NULL, 'evidence-lost', l.says, l.capture, l.line, i.n
  FROM incident AS i
  JOIN v_lost AS l ON l.boot = i.boot
 WHERE i.kind = 'device-error'

UNION ALL
SELECT i.id, NULL, 'fault-nearby', printf('%s refused iova %#x at the same time', c.device, c.iova), c.capture, c.line, i.n
  FROM incident AS i
  JOIN (SELECT q.dev, a.boot, min(c.id) AS first
          FROM consequence AS q
          JOIN incident AS a ON a.id = q.incident
          JOIN fault_case AS c ON c.incident = q.incident
         WHERE NOT q.same
         GROUP BY q.dev, a.boot) AS x ON x.dev = i.device AND x.boot = i.boot
  JOIN fault_case AS c ON c.id = x.first
 WHERE i.kind = 'device-error';

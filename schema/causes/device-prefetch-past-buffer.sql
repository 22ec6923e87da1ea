-- cause     device-prefetch-past-buffer
-- title     A device read past the end of a buffer that was mapped for it
-- explain   Some controllers fetch more than they were told: descriptors behind the last one, the next piece of a picture, what comes after a ring. Without an
--        |  IOMMU nobody notices. With one, the read of the page behind the buffer is refused; the data are as they should be.
-- remedy    Update the kernel (a quirk that leaves a page free behind the buffer, or chains rings otherwise) or the device's firmware.
-- refs      linux drivers/usb/host/xhci-pci.c, include/trace/events/dma.h
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case, dma_map WHERE driven_by = 'linux'
-- trigger   read-at-end   Linux's IOMMU refused a read at the very end of a buffer that had been mapped for the device
-- needs     still-mapped  the buffer was mapped at that time | ask: whether the buffer was mapped at that time | capture: a trace of the mappings with its anchors in the kernel's log: faultline capture-kit grants | kind: time
-- supports  first-byte    it is the first byte behind the buffer, on a page of its own | kind: address
-- excludes  own-mapping   a trace shows the address itself mapped, or unmapped, before: it was a buffer of its own

SELECT c.incident AS subject, c.id AS "case", x.clue,
       CASE x.clue WHEN 'still-mapped' THEN 'no line of the trace unmaps it before the read'
                   ELSE printf('%#x to %#x was mapped for %s, %#x was read', d.dma, d.dma + d.size - 1, c.device, c.iova) END AS says,
       CASE x.clue WHEN 'read-at-end' THEN c.capture ELSE d.capture END AS capture, CASE x.clue WHEN 'read-at-end' THEN c.line ELSE d.line END AS line, c.n
  FROM fault_case AS c
  JOIN v_base AS k ON k.boot = c.boot
  JOIN dma_map AS d ON d.clock = k.clock AND d.what = 'map' AND d.dev = c.device AND d.trust <> 'guest' AND d.dma + d.size = c.iova AND d.t_lo + k.offset_lo <= c.base_hi
  JOIN (SELECT 'read-at-end' AS clue UNION ALL SELECT 'still-mapped' UNION ALL SELECT 'first-byte') AS x
    ON x.clue <> 'still-mapped'
       OR (d.t_hi + k.offset_hi <= c.base_lo
           AND NOT EXISTS (SELECT 1 FROM dma_map AS u WHERE u.clock = d.clock AND u.what = 'unmap' AND u.dev = d.dev AND u.dma = d.dma AND u.line > d.line
                              AND u.t_lo + k.offset_lo <= c.base_hi))
 WHERE c.driven_by = 'linux' AND ifnull(c.access, 'read') = 'read' AND c.iova & 0xfff = 0 AND c.kind IN ('translation', 'no-access', 'unknown')
 GROUP BY c.id, x.clue

UNION ALL
SELECT c.incident, c.id, 'own-mapping', printf('%s: iova %#x was %sped', c.device, c.iova, d.what), d.capture, d.line, c.n
  FROM fault_case AS c
  JOIN v_base AS k ON k.boot = c.boot
  JOIN dma_map AS d ON d.clock = k.clock AND d.what IN ('map', 'unmap') AND d.dev = c.device AND d.trust <> 'guest' AND c.iova >= d.dma AND c.iova - d.dma < d.size
                   AND d.t_hi + k.offset_hi <= c.base_lo
 WHERE c.driven_by = 'linux'
 GROUP BY c.id;

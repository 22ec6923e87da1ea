-- cause     grant-dma-address-leaked
-- title     A grant in the shape of an address reached a real device
-- explain   For virtio devices of other domains, Linux makes a DMA address of a grant: its number as the page, and the highest bit set. Only a
--        |  virtio back end understands that. A device that is no such one was given such an address, and an IOMMU refused it.
-- remedy    Take the binding "xen,grant-dma" away from devices that are real, and xen-grant-dma-ops from what is not virtio (CONFIG_XEN_VIRTIO_FORCE_GRANT).
-- refs      linux drivers/xen/grant-dma-ops.c xen_grant_dma_map_page(), XEN_GRANT_DMA_ADDR_OFF
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE iova < 0
-- trigger   high-bit       the highest bit of the address is set, and below it stands a small number
-- supports  live-ref       a grant of that number is in use | kind: address
-- excludes  interrupts     the address is where interrupts are taken

SELECT c.incident AS subject, c.id AS "case", 'high-bit' AS clue, printf('%s was refused %#x, which would be grant %#x', c.device, c.iova, (c.iova & 0x7fffffffffffffff) >> 12) AS says,
       c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.iova < 0 AND (c.iova & 0x7fffffffffffffff) >> 12 BETWEEN 1 AND 1 << 20

UNION ALL
SELECT c.incident, c.id, 'live-ref', printf('grant %#x of d%d is in use', s.ref, s.domain), s.capture, min(s.line), 1
  FROM fault_case AS c
  JOIN segment AS g ON g.boot = c.boot
  JOIN grant_snapshot AS s ON s.segment = g.id AND s.ref = (c.iova & 0x7fffffffffffffff) >> 12 AND s.trust <> 'guest' AND s.speaker = 'xen'
 WHERE c.iova < 0
 GROUP BY c.id

UNION ALL
SELECT c.incident, c.id, 'interrupts', p.says, p.capture, p.line, 1
  FROM fault_case AS c
  JOIN fault_place AS p ON p."case" = c.id AND p.class = 'interrupts'
 WHERE c.iova < 0;

-- report   bounces
-- title    Bounced DMA mappings by device

SELECT b.dev AS device, b.how, printf('0x%x', b.dma_mask) AS "DMA mask", count(*) AS bounces, sum(b.size) AS bytes,
       p.short || ':' || min(b.line) AS first
  FROM dma_bounce AS b
  JOIN v_place AS p ON p.capture = b.capture
 WHERE b.trust <> 'guest'
 GROUP BY b.capture, b.dev, b.how, b.dma_mask
 ORDER BY bounces DESC, b.dev;

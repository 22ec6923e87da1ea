-- Read by the merge pass in this order of columns: bounces in a boot whose addresses mean machine frames.
CREATE VIEW v_join_bounce AS
SELECT g.boot, b.dev, b.dev_addr, b.capture, b.line
  FROM dma_bounce AS b
  JOIN segment AS g ON g.id = b.segment
 WHERE b.trust <> 'guest'
   AND g.boot IN (SELECT m.boot FROM v_model AS m WHERE m.model = 'M1');

-- when named
-- Options of a .config that have to do with DMA and Xen, and what each means.
CREATE VIEW v_kernel_config AS
SELECT c.capture, c.line, g.boot, c.option, c.value, m.means, m.source
  FROM kernel_config AS c
  JOIN segment AS g ON g.id = c.segment
  JOIN option_meaning AS m ON m.option = c.option AND c.value LIKE m.value AND (c.value <> 'n' OR m.value = 'n')
 WHERE c.trust <> 'guest' AND c.what IS NULL;

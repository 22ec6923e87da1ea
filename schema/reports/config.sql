-- report   config
-- title    Options of the kernel that have to do with DMA under Xen, and what each means

SELECT c.option, c.value, c.means, p.short || ':' || c.line AS line
  FROM v_kernel_config AS c
  JOIN v_place AS p ON p.capture = c.capture
 ORDER BY c.capture, c.line;

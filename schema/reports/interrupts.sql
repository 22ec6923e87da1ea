-- report   interrupts
-- title    Interrupts as /proc/interrupts counts them, the most frequent first

SELECT i.irq, i.count, i.chip, i.bdf, i.handlers, p.short || ':' || i.line AS line
  FROM v_interrupt AS i
  JOIN v_place AS p ON p.capture = i.capture
 ORDER BY i.count DESC, i.capture, i.line;

-- when named
-- Lines of /proc/interrupts: how often all processors together took each interrupt, and the PCI device where the line names it.
CREATE VIEW v_interrupt AS
SELECT i.capture, i.line, g.boot, i.irq_label AS irq,
       -- "1     22 3" to [1,22,3]
       (SELECT CAST(total(c.value) AS INTEGER)
          FROM json_each('[' || replace(replace(replace(i.counts, ' ', '<>'), '><', ''), '<>', ',') || ']') AS c) AS count,
       i.chip, i.hwirq, i.flow, i.handlers,
       CASE WHEN i.chip GLOB '*PCI-MSI*-????:??:??.?' THEN substr(i.chip, -12) END AS bdf
  FROM interrupt AS i
  JOIN segment AS g ON g.id = i.segment
 WHERE i.trust <> 'guest';

-- Memory ranges of each boot that a trusted line states; last is one past the end. What no machine can have is left out, and /proc/iomem,
-- whose addresses are machine addresses for some kernels only.
CREATE VIEW v_range AS
SELECT g.boot, m.kind, m.domain, m.usage, m.start AS first, m."end" + m.inclusive AS last, m.capture, m.line
  FROM memory_range AS m
  JOIN segment AS g ON g.id = m.segment
 WHERE m.start >= 0 AND m."end" >= m.start AND m."end" < 1 << 52
   AND m.trust <> 'guest' AND m.speaker IN ('xen', 'host', 'unknown', 'file') AND m.kind <> 'iomem';

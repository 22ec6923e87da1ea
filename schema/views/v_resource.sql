-- when named
-- Ranges of /proc/iomem; last is one past the end.  space: what its addresses are if the file is dom0's.  A PV dom0 on x86 counts its
-- memory on its own (pseudo-physical) and sees all else where the machine has it; a 1:1 mapped dom0 on Arm, and Linux without Xen, see both there.
CREATE VIEW v_resource AS
SELECT r.capture, r.line, g.boot, r.depth, r.start AS first, r."end" + 1 AS last, r.usage, r.bdf,
       CASE WHEN m.model = 'M3' AND r.is_ram THEN 'pseudo-physical'
            WHEN m.model IN ('M1', 'M3', 'M5', 'M6') THEN 'machine'
            ELSE 'unknown' END AS space
  FROM (SELECT m.*,
               CASE WHEN m.usage GLOB '????:[0-9a-f][0-9a-f]:[0-9a-f][0-9a-f].[0-7]' THEN m.usage END AS bdf,
               m.usage LIKE 'System RAM%' OR m.usage LIKE 'Kernel %' OR m.usage LIKE 'Crash kernel%' AS is_ram
          FROM memory_range AS m
         WHERE m.kind = 'iomem' AND m.start >= 0 AND m."end" >= m.start AND m."end" < 1 << 52) AS r
  JOIN segment AS g ON g.id = r.segment
  LEFT JOIN boot_model AS m ON m.boot = g.boot;

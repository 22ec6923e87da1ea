-- cause     firmware-rmrr-unreserved
-- title     The firmware names memory for a device's own DMA and does not reserve it
-- explain   The firmware's table says that a device uses this range on its own (RMRR), but the memory map does not keep the system from it, or
--        |  the table names a device that is not there. Linux and Xen cope, with a guess; both may use that memory for something else. It is
--        |  a defect of the firmware, and no failed DMA.
-- remedy    Update the firmware. If a fault lies in that range, it counts as evidence there.
-- refs      linux drivers/iommu/intel/iommu.c rmrr_sanity_check(), xen drivers/passthrough/vtd/dmar.c
-- about     boot
-- kind      exposure
-- when      SELECT 1 FROM message WHERE name IN ('linux.dmar.reserved-range-broken', 'linux.dmar.reserved-device-broken', 'xen.dmar.rmrr-not-reserved')
-- trigger   said    Linux or Xen says so of a range or of a device
-- decides   broken  the message is about nothing else | kind: message

SELECT g.boot AS subject, 0 AS "case", c.clue, CASE m.name WHEN 'linux.dmar.reserved-device-broken' THEN 'it names a device that is elsewhere'
       ELSE printf('%#x to %#x', json_extract(n.fields, '$.start'), json_extract(n.fields, '$.end')) END AS says, n.capture, n.line, x.n
  FROM (SELECT min(n.id) AS first, count(*) AS n
          FROM note AS n
          JOIN message AS m ON m.id = n.message AND m.name IN ('linux.dmar.reserved-range-broken', 'linux.dmar.reserved-device-broken')
          JOIN segment AS g ON g.id = n.segment AND g.boot IS NOT NULL
         WHERE n.trust <> 'guest'
         GROUP BY g.boot) AS x
  JOIN note AS n ON n.id = x.first
  JOIN message AS m ON m.id = n.message
  JOIN segment AS g ON g.id = n.segment
  JOIN (SELECT 'said' AS clue UNION ALL SELECT 'broken') AS c

UNION ALL
SELECT g.boot, 0, c.clue, printf('%#x to %#x', r.start, r."end"), r.capture, r.line, x.n
  FROM (SELECT min(r.id) AS first, count(*) AS n
          FROM memory_range AS r
          JOIN segment AS g ON g.id = r.segment AND g.boot IS NOT NULL
         WHERE r.kind = 'rmrr' AND r.usage = 'not reserved' AND r.trust <> 'guest'
         GROUP BY g.boot) AS x
  JOIN memory_range AS r ON r.id = x.first
  JOIN segment AS g ON g.id = r.segment
  JOIN (SELECT 'said' AS clue UNION ALL SELECT 'broken') AS c;

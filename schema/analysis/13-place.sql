-- What is known to be at the address of a case of faults: ranges of memory, registers of devices, and numbers that say something by themselves.
DELETE FROM fault_place;

-- when SELECT 1 FROM fault_case WHERE iova IS NOT NULL
INSERT INTO fault_place ("case", class, whose, first, last, says, capture, line)
SELECT c.id, 'null', NULL, 0, 4096, 'in the page of address 0', c.capture, c.line
  FROM fault_case AS c
 WHERE c.page = 0
UNION ALL
SELECT c.id, 'low', NULL, 0, 1 << 20, 'below 1 MiB', c.capture, c.line
  FROM fault_case AS c
 WHERE c.page BETWEEN 1 AND 255
UNION ALL
SELECT c.id, 'interrupts', NULL, 0xfee00000, 0xfef00000, 'where processors of x86 take interrupts', c.capture, c.line
  FROM fault_case AS c
 WHERE c.page BETWEEN 0xfee00 AND 0xfeeff AND c.impl IN ('vtd', 'amd')
UNION ALL
SELECT c.id, 'interrupts', NULL, -9126805504, -8589934593, 'where AMD-Vi takes interrupts, replies and configuration for addresses', c.capture, c.line
  FROM fault_case AS c
 WHERE c.iova BETWEEN -9126805504 AND -8589934593 AND c.impl = 'amd'
UNION ALL
SELECT c.id, 'doorbell', NULL, c.iova, c.iova + 4, 'where an interrupt translator of Arm (GIC ITS) takes messages in its 64 KiB', c.capture, c.line
  FROM fault_case AS c
 WHERE c.iova & 0xffff = 0x40 AND c.access = 'write' AND c.impl NOT IN ('vtd', 'amd')
UNION ALL
SELECT c.id, 'negative', NULL, NULL, NULL, 'the top bit of the address is set', c.capture, c.line
  FROM fault_case AS c
 WHERE c.iova < 0
UNION ALL
SELECT c.id, 'beyond', NULL, x.last, NULL, printf('behind the last memory of the machine (%#x)', x.last - 1), x.capture, x.line
  FROM fault_case AS c
  JOIN (SELECT r.boot, max(r.last) AS last, r.capture, r.line
          FROM v_range AS r
         WHERE r.kind = 'host-ram' OR r.kind = 'e820' AND r.usage = 'usable'
         GROUP BY r.boot) AS x ON x.boot = c.boot
 WHERE c.iova >= x.last OR c.iova < 0;

-- Xen tells where an interrupt translator begins; it is two frames of 64 KiB.
-- when SELECT 1 FROM fault_case, message WHERE iova IS NOT NULL AND message.name = 'xen.boot.its'
INSERT INTO fault_place ("case", class, whose, first, last, says, capture, line)
SELECT c.id, 'its', NULL, x.base, x.base + 0x20000, printf('in registers of the interrupt translator at %#x', x.base), x.capture, x.line
  FROM (SELECT g.boot, json_extract(t.fields, '$.base') AS base, t.capture, t.line
          FROM message AS m
         CROSS JOIN note AS t ON t.message = m.id
          JOIN segment AS g ON g.id = t.segment
         WHERE m.name = 'xen.boot.its' AND t.trust <> 'guest' AND t.speaker = 'xen') AS x
  JOIN fault_case AS c ON c.boot = x.boot AND c.iova >= x.base AND c.iova - x.base < 0x20000
 WHERE x.base > 0;

-- Ranges of memory, and registers of PCI devices (BARs), of lspci, /proc/iomem and the messages of kernels.  Each is cut into aligned blocks of 2^bits bytes, so
-- that what is around an address is found by its blocks, however many ranges there are; of each class the 8 narrowest are kept.
-- when SELECT 1 WHERE (EXISTS (SELECT 1 FROM fault_case WHERE iova IS NOT NULL) OR EXISTS (SELECT 1 FROM pci_error)) AND (EXISTS (SELECT 1 FROM memory_range) OR EXISTS (SELECT 1 FROM pci_region) OR EXISTS (SELECT 1 FROM pci_bar))
CREATE TEMP TABLE IF NOT EXISTS place_range (
  id INTEGER PRIMARY KEY, boot INTEGER, class TEXT, whose TEXT, first INTEGER, last INTEGER, says TEXT, capture INTEGER, line INTEGER);
CREATE TEMP TABLE IF NOT EXISTS place_block (
  boot INTEGER, bits INTEGER, block INTEGER, class TEXT, nr INTEGER, range INTEGER, PRIMARY KEY (boot, bits, block, class, nr)) WITHOUT ROWID;
DELETE FROM place_range;
DELETE FROM place_block;
INSERT INTO place_range (boot, class, whose, first, last, says, capture, line)
SELECT x.boot, x.class, x.whose, x.first, x.last, x.says, min(x.capture << 40 | x.line) >> 40, min(x.capture << 40 | x.line) & 0xffffffffff
  FROM (SELECT r.boot, CASE WHEN r.kind = 'host-ram' OR r.kind = 'e820' AND r.usage = 'usable' THEN 'ram' WHEN r.kind = 'e820' THEN 'reserved' ELSE r.kind END AS class,
               CASE WHEN r.domain IS NOT NULL THEN 'd' || r.domain END AS whose, r.first, r.last,
               printf('in %#x to %#x (%s)', r.first, r.last - 1, ifnull(r.usage, r.kind)) AS says, r.capture, r.line
          FROM v_range AS r
         WHERE r.last > r.first) AS x
 GROUP BY x.boot, x.class, x.whose, x.first, x.last, x.says;

-- when SELECT 1 WHERE (EXISTS (SELECT 1 FROM fault_case WHERE iova IS NOT NULL) OR EXISTS (SELECT 1 FROM pci_error)) AND (EXISTS (SELECT 1 FROM pci_region) OR EXISTS (SELECT 1 FROM pci_bar) OR EXISTS (SELECT 1 FROM memory_range WHERE kind = 'iomem'))
INSERT INTO place_range (boot, class, whose, first, last, says, capture, line)
SELECT x.boot, 'bar', x.bdf, x.first, x.last, printf('in registers of %s (%#x to %#x)', x.bdf, x.first, x.last - 1), x.at >> 40, x.at & 0xffffffffff
  FROM (SELECT r.boot, r.bdf, r.first, r.last, min(r.capture << 40 | r.line) AS at
          FROM v_pci_region AS r
         WHERE r.last > r.first AND r.first >= 0
         GROUP BY r.boot, r.bdf, r.first, r.last) AS x;

-- when SELECT 1 WHERE (EXISTS (SELECT 1 FROM fault_case WHERE iova IS NOT NULL) OR EXISTS (SELECT 1 FROM pci_error)) AND (EXISTS (SELECT 1 FROM memory_range) OR EXISTS (SELECT 1 FROM pci_region) OR EXISTS (SELECT 1 FROM pci_bar))
INSERT INTO place_block (boot, bits, block, class, nr, range)
WITH RECURSIVE cut(range, bits, a, b) AS (
  SELECT r.id, r.bits, r.first >> r.bits, r.last >> r.bits
    FROM (SELECT r.id, r.first, r.last, CASE WHEN (r.first | r.last) & 0xfff THEN 0 ELSE 12 END AS bits FROM place_range AS r WHERE r.boot IS NOT NULL) AS r
  UNION ALL
  -- From below: what does not fill a block of twice the size is one by itself.
  SELECT c.range, c.bits + 1, (c.a + 1) >> 1, c.b >> 1 FROM cut AS c WHERE (c.a + 1) >> 1 < c.b >> 1
)
SELECT y.boot, y.bits, y.block, y.class, y.nr, y.range
  FROM (SELECT r.boot, x.bits, x.block, r.class, x.range,
               row_number() OVER (PARTITION BY r.boot, x.bits, x.block, r.class ORDER BY r.last - r.first, r.capture, r.line, r.id) AS nr
          FROM (SELECT c.range, c.bits, c.a AS block FROM cut AS c WHERE c.a & 1
                UNION ALL
                SELECT c.range, c.bits, c.b - 1 FROM cut AS c WHERE c.b & 1) AS x
          JOIN place_range AS r ON r.id = x.range) AS y
 WHERE y.nr <= 8;
INSERT INTO fault_place ("case", class, whose, first, last, says, capture, line)
SELECT y."case", r.class, r.whose, r.first, r.last, r.says, r.capture, r.line
  FROM (SELECT c.id AS "case", r.id AS range, row_number() OVER (PARTITION BY c.id, r.class ORDER BY r.last - r.first, r.capture, r.line, r.id) AS nr
          FROM fault_case AS c
         CROSS JOIN (SELECT DISTINCT p.bits FROM place_block AS p) AS b
         CROSS JOIN place_block AS p ON p.boot = c.boot AND p.bits = b.bits AND p.block = c.iova >> b.bits
         CROSS JOIN place_range AS r ON r.id = p.range
         WHERE c.iova >= 0
           -- What Linux's allocator gave out is in no registers, whatever its number; only VFIO gives out addresses that are some.
           AND NOT (p.class = 'bar' AND c.driven_by = 'linux' AND c.boot IN (SELECT m.boot FROM boot_model AS m WHERE m.model = 'M5')
                    AND c.boot NOT IN (SELECT b.boot FROM v_vfio_bound AS b WHERE b.vfio)
                    AND c.boot NOT IN (SELECT g.boot FROM vfio_state AS s JOIN segment AS g ON g.id = s.segment))) AS y
  JOIN place_range AS r ON r.id = y.range
 WHERE y.nr <= 8;

-- when SELECT 1 FROM fault_case, memory_range WHERE iova IS NOT NULL AND memory_range.kind = 'rmrr'
UPDATE incident_iova
   SET reserved = 1
 WHERE iova >= 0
   AND EXISTS (SELECT 1
                 FROM incident AS i
                CROSS JOIN (SELECT DISTINCT p.bits FROM place_block AS p WHERE p.class = 'rmrr') AS b
                CROSS JOIN place_block AS p ON p.boot = i.boot AND p.bits = b.bits AND p.block = incident_iova.iova >> b.bits AND p.class = 'rmrr'
                WHERE i.id = incident_iova.incident);

-- Behind a bus that gives memory other addresses: nothing is at that number.
-- when SELECT 1 FROM fault_case, tree_node WHERE iova IS NOT NULL AND marks LIKE '%dma-moved%'
DELETE FROM fault_place
 WHERE class NOT IN ('null', 'negative')
   AND "case" IN (SELECT c.id FROM fault_case AS c WHERE c.fault IN (SELECT m.fault FROM v_moved AS m));
INSERT INTO fault_place ("case", class, whose, first, last, says, capture, line)
SELECT c.id, 'moved', NULL, NULL, NULL, printf('the device tree moves the addresses of %s (dma-ranges): which page it is is not known', m.path), m.capture, min(m.line)
  FROM v_moved AS m
  JOIN fault_case AS c ON c.fault = m.fault AND c.iova IS NOT NULL
 GROUP BY c.id;

-- How many of the addresses of the incident lie there, of those that are kept (16 at most).
-- when SELECT 1 FROM fault_place WHERE last IS NOT NULL
UPDATE fault_place
   SET hits = (SELECT count(*) FROM incident_iova AS a JOIN fault_case AS c ON c.incident = a.incident
                WHERE c.id = fault_place."case" AND a.iova >= fault_place.first AND a.iova < fault_place.last),
       tries = (SELECT count(*) FROM incident_iova AS a JOIN fault_case AS c ON c.incident = a.incident WHERE c.id = fault_place."case")
 WHERE last IS NOT NULL;

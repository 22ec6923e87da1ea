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
SELECT c.id, CASE WHEN r.kind = 'host-ram' OR r.kind = 'e820' AND r.usage = 'usable' THEN 'ram' WHEN r.kind = 'e820' THEN 'reserved' ELSE r.kind END,
       CASE WHEN r.domain IS NOT NULL THEN 'd' || r.domain END, r.first, r.last,
       printf('in %#x to %#x (%s)', r.first, r.last - 1, ifnull(r.usage, r.kind)), r.capture, r.line
  FROM fault_case AS c
  JOIN v_range AS r ON r.boot = c.boot AND c.iova >= r.first AND c.iova < r.last
 WHERE c.iova >= 0
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

-- Registers of PCI devices (BARs), of lspci, /proc/iomem and the messages of kernels.
-- when SELECT 1 FROM fault_case WHERE iova IS NOT NULL AND (EXISTS (SELECT 1 FROM pci_region) OR EXISTS (SELECT 1 FROM pci_bar) OR EXISTS (SELECT 1 FROM memory_range WHERE kind = 'iomem'))
INSERT INTO fault_place ("case", class, whose, first, last, says, capture, line)
SELECT c.id, 'bar', r.bdf, r.first, r.last, printf('in registers of %s (%#x to %#x)', r.bdf, r.first, r.last - 1), r.capture, r.line
  FROM fault_case AS c
  JOIN v_pci_region AS r ON r.boot = c.boot AND c.iova >= r.first AND c.iova < r.last
 WHERE c.iova >= 0
   -- What Linux's allocator gave out is in no registers, whatever its number; only VFIO gives out addresses that are some.
   AND NOT (c.driven_by = 'linux' AND c.boot IN (SELECT m.boot FROM boot_model AS m WHERE m.model = 'M5')
            AND c.boot NOT IN (SELECT b.boot FROM v_vfio_bound AS b WHERE b.vfio)
            AND c.boot NOT IN (SELECT g.boot FROM vfio_state AS s JOIN segment AS g ON g.id = s.segment));

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

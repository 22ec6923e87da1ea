-- cause     x86-reserved-region-unmapped
-- title     A device used memory of the firmware that no RMRR or IVMD names
-- explain   Firmware goes on to use the device behind the system's back (USB keyboards, remote consoles, RAID, graphics), in memory that it
--        |  reserved and did not list for devices, so that Xen entered nothing for it.
-- remedy    Update the firmware, or switch off its use of the device (USB legacy support, for one); name the range with rmrr= (Intel) or ivmd=
--        |  (AMD, Xen 4.16) on Xen's command line; dom0-iommu=map-inclusive is the last resort.
-- refs      xen/drivers/passthrough/x86/iommu.c arch_iommu_hwdom_init(), xen/drivers/passthrough/vtd/dmar.c register_one_rmrr(), b7e8dee07c, 042678762941, 431685e8de, c7146535d1b2
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'xen' AND impl IN ('vtd', 'amd')
-- trigger   reserved-page    a device used an address that is reserved, or below 1 MiB | kind: address
-- decides   range-dropped    Xen dropped firmware's range for devices that has the address | ask: whether firmware lists the range for the device, and Xen dropped it | capture: the console log from "Xen version" on, with iommu=debug on Xen's command line, and acpidump (DMAR or IVRS) | kind: address
-- supports  again-and-again  the same few addresses come again and again | kind: address
-- supports  firmware-device  the device is of a kind that firmware uses: USB, RAID, graphics | kind: address
-- excludes  first-pages      the address is in the first 64 KiB, where addresses end that were never set
-- excludes  registers        interrupts or registers of a device are at the address
-- excludes  in-memory        the address is memory of the system
-- excludes  named            firmware names the range, and Xen took it
-- excludes  all-mapped       Xen was told to enter all that lies below 4 GiB
-- excludes  of-a-guest       the device belonged to a guest, and the address is one of the guest
-- excludes  no-context       the IOMMU has no tables for the device at all

SELECT c.incident AS subject, c.id AS "case", 'reserved-page' AS clue, printf('%s of %#x, %s', ifnull(c.access, 'an access'), c.iova, p.says) AS says,
       p.capture, p.line, c.n
  FROM fault_case AS c
  JOIN fault_place AS p ON p."case" = c.id AND p.class IN ('reserved', 'low', 'rmrr-ignored')
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd') AND c.kind IN ('no-access', 'translation', 'unknown-stream', 'bad-context')

UNION ALL
SELECT c.incident, c.id, 'range-dropped', p.says, p.capture, p.line, c.n
  FROM fault_case AS c
  JOIN fault_place AS p ON p."case" = c.id AND p.class = 'rmrr-ignored'
 WHERE c.driven_by = 'xen' AND c.kind IN ('no-access', 'translation')

UNION ALL
SELECT c.incident, c.id, 'again-and-again', printf('%d faults at %d page%s', i.n, i.pages, CASE i.pages WHEN 1 THEN '' ELSE 's' END), c.capture, c.line, c.n
  FROM fault_case AS c
  JOIN incident AS i ON i.id = c.incident AND i.n >= 3 AND i.pages <= 4 AND i.n >= 2 * i.pages
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd') AND c.kind IN ('no-access', 'translation')

UNION ALL
SELECT c.incident, c.id, 'firmware-device', printf('%s has class %04x', c.device, d.class_code), d.capture, d.line, c.n
  FROM fault_case AS c
  JOIN v_pci_function AS d ON d.boot = c.boot AND d.bdf = c.device AND (d.class_code IN (0x0c03, 0x0104, 0x0c07) OR d.class_code >> 8 = 3)
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd') AND c.kind IN ('no-access', 'translation')

UNION ALL
SELECT c.incident, c.id, CASE WHEN p.class = 'ram' THEN 'in-memory' WHEN p.class IN ('interrupts', 'bar') THEN 'registers' ELSE 'named' END, p.says, p.capture, p.line, c.n
  FROM fault_case AS c
  JOIN fault_place AS p ON p."case" = c.id AND p.class IN ('ram', 'rmrr', 'ivmd', 'interrupts', 'bar')
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd')

UNION ALL
SELECT c.incident, c.id, 'no-context', c.kind, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd') AND c.kind IN ('unknown-stream', 'bad-context')

UNION ALL
SELECT c.incident, c.id, 'first-pages', printf('iova %#x', c.iova), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd') AND c.page < 16

UNION ALL
SELECT c.incident, c.id, 'of-a-guest', printf('the tables are those of d%d', c.domain), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.impl = 'amd' AND c.domain BETWEEN 1 AND 32752

UNION ALL
SELECT c.incident, c.id, 'of-a-guest', printf('%s was given to d%d', a.bdf, a.domain), a.capture, a.line, c.n
  FROM fault_case AS c
  JOIN (SELECT c.id AS "case", max(a.id) AS last
          FROM fault_case AS c
          JOIN assignment AS a ON a.capture = c.capture AND a.line < c.line AND a.bdf = c.device AND a.what IN ('mapped', 'assigned') AND a.by = 'xen' AND a.trust <> 'guest'
         WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd')
         GROUP BY c.id) AS x ON x."case" = c.id
  JOIN assignment AS a ON a.id = x.last AND a.domain BETWEEN 1 AND 32752

UNION ALL
SELECT c.incident, c.id, 'all-mapped', 'map-inclusive on Xen''s command line', f.capture, f.line, c.n
  FROM fault_case AS c
  JOIN known_fact AS f ON f.boot = c.boot AND f.name = 'xen.cmdline'
   AND (f.value GLOB '*iommu_inclusive_mapping=1*' OR f.value GLOB '*[=,]map-inclusive*' AND f.value NOT GLOB '*map-inclusive=[0fno]*')
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd') AND ifnull(c.domain, 0) = 0 AND c.page < 0x100000;

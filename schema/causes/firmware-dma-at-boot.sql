-- cause     firmware-dma-at-boot
-- title     A device still did what firmware, or the kernel before, had told it
-- explain   The device was left running by firmware, a boot loader or the kernel before. From the moment that the IOMMU works on, its accesses are
--        |  refused, until its driver takes over and resets it. Nothing is lost by that.
-- remedy    Switch off firmware's use of the device (USB legacy support, network boot); else it is harmless. A display that firmware lit on Arm needs
--        |  its memory named in the IORT (RMR).
-- refs      linux drivers/iommu/arm/arm-smmu/arm-smmu.c arm_smmu_rmr_install_bypass_smr(), xen/drivers/passthrough/vtd/iommu.c iommu_enable_translation()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE impl IN ('vtd', 'amd') OR device IN (SELECT dev FROM device) OR device IN (SELECT bdf FROM pci_event) OR EXISTS (SELECT 1 FROM message WHERE name = 'linux.smmu.preserved')
-- trigger   early            the accesses were refused early in the start of the system, or of a stream that firmware had in use | kind: time
-- needs     before-driver    they came before a driver had the device, all of them | ask: when the device's driver took it over, or which streams firmware had in use | capture: dom0's dmesg from its start on; on Arm with ACPI the IORT too (acpidump) | kind: order
-- supports  none-after       none came afterwards | kind: order
-- supports  firmware-stream  firmware says that it uses this stream | kind: address
-- excludes  goes-on          they went on after a driver had the device
-- excludes  taken-away       Xen had taken the device from its domain before

SELECT c.incident AS subject, c.id AS "case", 'early' AS clue, printf('%s: refused within 10 s of the start', c.device) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
  -- Linux puts the driver's name before its own report.
  JOIN iommu_fault AS f ON f.id = c.fault AND ifnull(f.driver, 'pci') = 'pci'
  JOIN clock AS k ON k.id = f.clock AND k.kind IN ('host', 'xen-boot')
  JOIN iommu_fault AS l ON l.id = c.last_fault AND l.clock = f.clock
 WHERE l.t_hi < 10000000000 AND c.impl IN ('vtd', 'amd') AND c.kind NOT IN ('permission', 'interrupt', 'table', 'external-abort')
   -- A short excerpt has no banner; the stamps of the first second are told all the same.
   AND (l.t_hi < 1000000000 OR EXISTS (SELECT 1 FROM known_fact AS f WHERE f.boot = c.boot AND f.name IN ('xen.version', 'linux.version')))

UNION ALL
SELECT c.incident, c.id, x.clue,
       CASE x.clue WHEN 'early' THEN printf('%s was refused before a driver had it', c.device)
                   WHEN 'goes-on' THEN printf('refused at line %d, and %s had the device before', i.last_line, d.driver)
                   WHEN 'none-after' THEN 'the capture goes on to here, and no access of it was refused'
                   ELSE printf('%s took over %s', d.driver, d.dev) END,
       CASE x.clue WHEN 'goes-on' THEN i.last_capture ELSE d.capture END,
       CASE x.clue WHEN 'goes-on' THEN i.last_line WHEN 'none-after' THEN f.line ELSE d.line END, c.n
  FROM fault_case AS c
  JOIN incident AS i ON i.id = c.incident
  JOIN (SELECT d.boot, d.dev, d.driver, d.capture, min(d.line) AS line
          FROM (SELECT g.boot, d.dev, d.driver, d.capture, d.line
                  FROM device AS d
                  JOIN segment AS g ON g.id = d.segment
                 WHERE d.trust <> 'guest' AND d.speaker IN ('host', 'unknown') AND NOT d.replayed
                UNION ALL
                -- The core of PCI enables devices for its own ends, too.
                SELECT g.boot, e.bdf, e.driver, e.capture, e.line
                  FROM pci_event AS e
                  JOIN segment AS g ON g.id = e.segment
                 WHERE e.what = 'enabled' AND e.driver NOT IN ('pci', 'pcieport', 'pciback') AND e.trust <> 'guest' AND e.speaker IN ('host', 'unknown')
                   AND NOT e.replayed) AS d
         GROUP BY d.boot, d.dev, d.capture) AS d ON d.boot = c.boot AND d.dev = c.device AND d.capture = i.last_capture AND d.capture = i.first_capture
  JOIN (SELECT t.capture, max(t.line) AS line FROM line_text AS t GROUP BY t.capture) AS f ON f.capture = d.capture
  JOIN (SELECT 'early' AS clue UNION ALL SELECT 'before-driver' UNION ALL SELECT 'none-after' UNION ALL SELECT 'goes-on') AS x
    ON CASE x.clue WHEN 'goes-on' THEN i.last_line > d.line
                   WHEN 'early' THEN i.first_line < d.line
                   WHEN 'none-after' THEN i.last_line < d.line AND f.line > d.line
                   ELSE i.last_line < d.line END
 -- Of one that is driven from the first line on, nothing is said.
 WHERE c.impl IN ('vtd', 'amd', 'smmuv2', 'smmuv3', 'smmuv2-global')

UNION ALL
SELECT c.incident, c.id, 'taken-away', printf('%s was taken from d%d', a.bdf, ifnull(a.domain, 0)), a.capture, a.line, c.n
  FROM fault_case AS c
  JOIN (SELECT c.id AS "case", min(a.id) AS first
          FROM fault_case AS c
          JOIN assignment AS a ON a.capture = c.capture AND a.line < c.line AND a.bdf = c.device AND a.by = 'xen' AND a.trust <> 'guest'
                              AND a.what IN ('unmapped', 'quarantined', 'assigned')
         GROUP BY c.id) AS x ON x."case" = c.id
  JOIN assignment AS a ON a.id = x.first

-- Streams that firmware left in use: Linux says how many it keeps, and the IORT which.
UNION ALL
SELECT c.incident, c.id, 'early', printf('firmware had left %d mapping%s in %s', json_extract(t.fields, '$.count'),
       CASE json_extract(t.fields, '$.count') WHEN 1 THEN '' ELSE 's' END, json_extract(t.fields, '$.instance')), t.capture, t.line, c.n
  FROM message AS m
 CROSS JOIN note AS t ON t.message = m.id AND t.trust <> 'guest'
  JOIN segment AS g ON g.id = t.segment
  JOIN fault_case AS c ON c.boot = g.boot AND json_extract(t.fields, '$.instance') || ' ' = substr(c.device, 1, instr(c.device, ' '))
 WHERE m.name = 'linux.smmu.preserved' AND json_extract(t.fields, '$.count') > 0 AND c.impl IN ('smmuv2', 'smmuv2-global') AND c.driven_by = 'linux'

UNION ALL
SELECT c.incident, c.id, x.clue, printf('firmware''s IORT names stream %#x for a range that it uses', c.stream), a.capture, a.line, c.n
  FROM fault_case AS c
  JOIN (SELECT s.boot, o.call FROM segment AS s JOIN capture AS o ON o.id = s.capture WHERE s.boot IS NOT NULL GROUP BY s.boot, o.call) AS b ON b.boot = c.boot
  JOIN capture AS f ON f.call = b.call
  JOIN acpi_map AS a ON a.capture = f.id AND a.kind = 'rmr' AND c.stream >= a.stream AND c.stream - a.stream < a.count
  JOIN (SELECT 'before-driver' AS clue UNION ALL SELECT 'firmware-stream') AS x
 WHERE c.impl IN ('smmuv2', 'smmuv2-global', 'smmuv3') AND c.driven_by = 'linux';

-- What an address in a fault means where a device is given the addresses of dom0 itself, or where there is no Xen: nothing of grants is joined with it.

-- when SELECT 1 FROM allocation
INSERT OR IGNORE INTO boot_model (boot, model)
SELECT DISTINCT g.boot, 'M2'
  FROM allocation AS a
  JOIN segment AS g ON g.id = a.segment AND g.boot IS NOT NULL
  LEFT JOIN known_fact AS f ON f.boot = g.boot AND f.name = 'arch'
 WHERE ifnull(f.value, 'arm') LIKE 'arm%' AND a.domain = 0 AND a.direct = 0 AND a.trust <> 'guest' AND a.speaker = 'xen';

-- when SELECT 1 FROM known_fact WHERE name = 'dom0.kind'
INSERT OR IGNORE INTO boot_model (boot, model)
SELECT f.boot, 'M4'
  FROM known_fact AS f
  JOIN known_fact AS a ON a.boot = f.boot AND a.name = 'arch' AND a.value LIKE 'x86%'
  JOIN known_fact AS v ON v.boot = f.boot AND v.name = 'xen.version'
 WHERE f.name = 'dom0.kind' AND f.value = 'pvh';

-- Without Xen: Linux hands out numbers, or lets the devices pass.
-- when SELECT 1 FROM known_fact WHERE name = 'linux.iommu.domain_type'
INSERT OR IGNORE INTO boot_model (boot, model)
SELECT f.boot, CASE f.value WHEN 'translated' THEN 'M5' ELSE 'M6' END
  FROM known_fact AS f
 WHERE f.name = 'linux.iommu.domain_type' AND f.value IN ('translated', 'passthrough')
   AND NOT EXISTS (SELECT 1 FROM known_fact AS x WHERE x.boot = f.boot AND x.name IN ('xen.version', 'linux.on_xen', 'dom0.kind'))
   AND NOT EXISTS (SELECT 1 FROM segment AS g WHERE g.boot = f.boot AND g.xen);

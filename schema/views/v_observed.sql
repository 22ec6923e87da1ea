-- when named
-- What the captures of a boot could have shown, and the line that tells: a thing that is not in here was not looked for.
CREATE VIEW v_observed AS
SELECT f.boot, CASE f.name WHEN 'xen.version' THEN 'xen-version' ELSE 'linux-version' END AS what, f.capture, f.line
  FROM v_fact AS f
 WHERE f.name IN ('xen.version', 'linux.version')
UNION ALL
SELECT d.boot, 'memory-map', d.capture, d.line
  FROM v_dom0_memory AS d
 WHERE d.bank_mb = d.mb AND d.ram_ranges > 0
UNION ALL
SELECT r.boot, 'memory-map', min(r.capture), min(r.line)
  FROM v_range AS r
 WHERE r.kind = 'e820'
 GROUP BY r.boot
UNION ALL
SELECT d.boot, 'grant-dump', min(d.capture), min(d.line)
  FROM v_grant_dump AS d
 GROUP BY d.boot
UNION ALL
SELECT g.boot, 'grant-trace', min(o.capture), min(o.line)
  FROM grant_op AS o
  JOIN segment AS g ON g.id = o.segment
 WHERE o.trust <> 'guest' AND o.op IN ('map', 'unmap')
   AND NOT EXISTS (SELECT 1 FROM grant_interval AS i WHERE i.boot = g.boot AND i.state = 'unknown')
 GROUP BY g.boot
UNION ALL
SELECT g.boot, 'dma-trace', min(d.capture), min(d.line)
  FROM dma_map AS d
  JOIN segment AS g ON g.id = d.segment
 WHERE d.trust <> 'guest'
 GROUP BY g.boot
UNION ALL
SELECT g.boot, 'iommu-trace', min(m.capture), min(m.line)
  FROM iommu_map AS m
  JOIN segment AS g ON g.id = m.segment
 WHERE m.trust <> 'guest'
 GROUP BY g.boot
UNION ALL
SELECT u.boot, 'device-list', min(u.capture), 1
  FROM tree_use AS u
 WHERE NOT u.by_xen AND NOT u.other
 GROUP BY u.boot
UNION ALL
SELECT g.boot, 'dom0-log', min(k.capture), min(k.line)
  FROM kernel AS k
  JOIN segment AS g ON g.id = k.segment
 WHERE k.trust <> 'guest' AND k.speaker IN ('host', 'unknown')
 GROUP BY g.boot
UNION ALL
SELECT g.boot, 'xen-console', min(c.id), min(g.first_line)
  FROM segment AS g
  JOIN capture AS c ON c.id = g.capture
 WHERE g.starts = 'xen-banner'
 GROUP BY g.boot
UNION ALL
-- The line that tells that faults are printed: without it, nobody knows.
SELECT x.boot, 'xen-faults', x.capture, x.line
  FROM v_xen_shown AS x
 WHERE x.shown
UNION ALL
SELECT f.boot, 'xen-faults', f.capture, f.line
  FROM v_fact AS f
 WHERE f.name = 'xen.iommu' AND f.value = 'disabled'
   AND EXISTS (SELECT 1 FROM segment AS g WHERE g.boot = f.boot AND g.starts = 'xen-banner')
UNION ALL
SELECT l.boot, 'linux-faults', l.capture, l.line
  FROM v_fact AS l
 WHERE l.name = 'linux.version'
   AND NOT EXISTS (SELECT 1 FROM v_fact AS f WHERE f.boot = l.boot AND f.name IN ('linux.on_xen', 'xen.version'))
   AND NOT EXISTS (SELECT 1 FROM segment AS g WHERE g.boot = l.boot AND g.xen)
   -- With Xen in another capture of the call, a kernel that says nothing of Xen may be its dom0 all the same: excerpts leave that line out.
   AND NOT EXISTS (SELECT 1 FROM capture AS a JOIN capture AS b ON b.call = a.call JOIN segment AS g ON g.capture = b.id WHERE a.id = l.capture AND g.xen)
UNION ALL
-- lspci tells what a requester is, and nothing of a device that is not PCI.
SELECT g.boot, 'device-list', min(d.capture), min(d.line)
  FROM pci_device AS d
  JOIN segment AS g ON g.id = d.segment
  JOIN known_fact AS a ON a.boot = g.boot AND a.name = 'arch' AND a.value LIKE 'x86%'
 WHERE d.trust <> 'guest'
 GROUP BY g.boot
UNION ALL
SELECT c.boot, 'xen-release', c.capture, c.line
  FROM v_xen_change AS c
 WHERE c.change = 'gnttab-need-iommu-mapping' AND c.state <> 'unknown'
UNION ALL
-- Every change by its name, where the tables of releases say whether this one has it: "shown-by: xsa-378".
SELECT c.boot, c.change, c.capture, c.line
  FROM boot_change AS c
 WHERE c.state <> 'unknown';

-- One device has many names: what the lines say of which names go together, one row a statement.
DELETE FROM identity;

-- when SELECT 1 FROM device_error UNION ALL SELECT 1 FROM device_event UNION ALL SELECT 1 FROM device
INSERT OR IGNORE INTO identity (boot, name, how, other, capture, line)
SELECT g.boot, x.netdev, 'is', x.dev, min(x.capture << 40 | x.line) >> 40, min(x.capture << 40 | x.line) & 0xffffffffff
  FROM (SELECT segment, netdev, dev, capture, line, trust FROM device
        UNION ALL
        SELECT segment, netdev, dev, capture, line, trust FROM device_error
        UNION ALL
        SELECT segment, netdev, dev, capture, line, trust FROM device_event) AS x
  JOIN segment AS g ON g.id = x.segment AND g.boot IS NOT NULL
 WHERE x.netdev <> x.dev AND x.trust <> 'guest'
 GROUP BY g.boot, x.netdev, x.dev;

-- when SELECT 1 FROM tree_use WHERE NOT other
INSERT OR IGNORE INTO identity (boot, name, how, other, capture, line)
SELECT u.boot, d.dev, 'is', d.path, d.capture, d.line
  FROM tree_use AS u
  JOIN tree_device AS d ON d.capture = u.capture
 WHERE NOT u.other
UNION ALL
SELECT u.boot, d.path, 'unguarded', '', d.capture, d.line
  FROM tree_use AS u
  JOIN tree_device AS d ON d.capture = u.capture AND d.behind = 'no'
 WHERE NOT u.other AND u.proven;

INSERT OR IGNORE INTO identity (boot, name, how, other, stream, mask, count, capture, line)
SELECT u.boot, s.path, 'behind', s.instance, s.stream, s.mask, s.count, s.capture, s.line
  FROM tree_use AS u
  JOIN tree_stream AS s ON s.capture = u.capture
 WHERE NOT u.other
UNION ALL
SELECT u.boot, n.dev, 'is', n.path, NULL, NULL, NULL, n.capture, n.line
  FROM tree_use AS u
  JOIN tree_node AS n ON n.capture = u.capture AND n.kind = 'iommu' AND n.dev IS NOT NULL
 WHERE NOT u.other;

-- when SELECT 1 FROM assignment WHERE what IN ('added', 'group', 'listed', 'context')
INSERT OR IGNORE INTO identity (boot, name, how, other, capture, line)
SELECT g.boot, ifnull(a.bdf, a.dev), CASE WHEN a.instance IS NOT NULL THEN 'behind' ELSE 'in' END, ifnull(a.instance, 'group ' || a."group"), a.capture, a.line
  FROM assignment AS a
  JOIN segment AS g ON g.id = a.segment AND g.boot IS NOT NULL
 WHERE a.what IN ('added', 'group', 'listed', 'context') AND a.trust <> 'guest' AND ifnull(a.bdf, a.dev) IS NOT NULL
   AND (a.instance IS NOT NULL OR a."group" IS NOT NULL);

-- when SELECT 1 FROM pci_device
INSERT OR IGNORE INTO identity (boot, name, how, other, capture, line)
SELECT a.boot, a.bdf, 'sends as', printf('%s:%02x:%02x.%d', substr(a.bdf, 1, length(a.bdf) - 8), a.alias >> 8, a.alias >> 3 & 31, a.alias & 7), a.capture, a.line
  FROM v_requester_alias AS a
 WHERE a.boot IS NOT NULL;

-- Device trees: which boot each speaks for, and what it says of each device and IOMMUs.
DELETE FROM tree_use;
DELETE FROM tree_device;

-- Captures of one call are of one machine, so a tree speaks for all boots of its call.
-- when SELECT 1 FROM tree
INSERT INTO tree_use (boot, capture, by_xen, other, proven)
SELECT b.boot, t.capture,
       EXISTS (SELECT 1 FROM tree_node AS h WHERE h.capture = t.capture AND h.kind = 'hypervisor'),
       EXISTS (SELECT 1 FROM fact AS m WHERE m.capture = t.capture AND m.name = 'tree.model')
       AND EXISTS (SELECT 1 FROM fact AS k JOIN message AS e ON e.id = k.message AND e.name = 'linux.boot.model' JOIN segment AS g ON g.id = k.segment
                    WHERE k.name = 'board' AND g.boot = b.boot AND k.trust <> 'guest')
       AND NOT EXISTS (SELECT 1 FROM fact AS k JOIN segment AS g ON g.id = k.segment JOIN fact AS m ON m.value = k.value
                        WHERE k.name = 'board' AND g.boot = b.boot AND k.trust <> 'guest' AND m.capture = t.capture AND m.name = 'tree.model'),
       EXISTS (SELECT 1 FROM fact AS m JOIN known_fact AS k ON k.value = m.value
                WHERE m.capture = t.capture AND k.boot = b.boot AND NOT k.told
                  AND (k.name = 'xen.cmdline' AND m.name IN ('tree.xen_bootargs', 'tree.bootargs')
                       OR k.name = 'linux.cmdline' AND m.name = 'tree.bootargs'
                          AND NOT EXISTS (SELECT 1 FROM known_fact AS x WHERE x.boot = b.boot AND x.name IN ('xen.version', 'linux.on_xen'))))
  FROM (SELECT capture FROM tree GROUP BY capture) AS t
  JOIN capture AS c ON c.id = t.capture
  JOIN (SELECT DISTINCT g.boot, o.call FROM segment AS g JOIN capture AS o ON o.id = g.capture WHERE g.boot IS NOT NULL) AS b ON b.call = c.call;

-- Nodes above and below a node that has IDs: a bus for its devices, or a part of a device for the whole.
CREATE TEMP TABLE IF NOT EXISTS tree_near (capture INTEGER, path TEXT, PRIMARY KEY (capture, path)) WITHOUT ROWID;
DELETE FROM tree_near;
INSERT OR IGNORE INTO tree_near
WITH RECURSIVE master(capture, path) AS (
  SELECT capture, path FROM tree_stream GROUP BY capture, path
  UNION
  SELECT capture, path FROM tree_node WHERE marks GLOB 'iommu*'
), above(capture, path) AS (
  SELECT capture, rtrim(rtrim(path, replace(path, '/', '')), '/') FROM master
  UNION
  SELECT capture, rtrim(rtrim(path, replace(path, '/', '')), '/') FROM above WHERE path <> ''
)
SELECT capture, path FROM above WHERE path <> '';
INSERT OR IGNORE INTO tree_near
SELECT n.capture, n.path
  FROM (SELECT capture, path FROM tree_stream GROUP BY capture, path
        UNION
        SELECT capture, path FROM tree_node WHERE marks GLOB 'iommu*') AS m
  JOIN tree_node AS n ON n.capture = m.capture AND n.path > m.path || '/' AND n.path < m.path || '0';

INSERT OR IGNORE INTO tree_device (capture, path, dev, line, behind, says)
SELECT n.capture, n.path, n.dev, n.line,
       CASE WHEN s.ids > s.off THEN 'yes'
            WHEN x.by_xen THEN 'unknown'
            WHEN s.ids THEN 'no'
            WHEN n.marks GLOB 'iommu*' THEN 'unknown'
            WHEN w.path IS NOT NULL THEN 'unknown'
            ELSE 'no' END,
       CASE WHEN s.ids > s.off THEN printf('%s is behind %s', n.path, s.instance)
            WHEN x.by_xen THEN 'Xen made this tree for a domain, and leaves out what is behind an IOMMU'
            WHEN s.ids THEN printf('%s is to be behind %s, which the tree disables', n.path, s.instance)
            WHEN n.marks GLOB 'iommu*' THEN printf('what %s says of its IOMMU cannot be read', n.path)
            WHEN w.path IS NOT NULL THEN printf('a node above or below %s has an IOMMU', n.path)
            WHEN x.iommus THEN printf('%s has no iommus, and no IOMMU of the tree lists it', n.path)
            ELSE 'the tree has no IOMMU' END
  FROM tree_node AS n
  JOIN (SELECT t.capture, total(t.kind = 'hypervisor') > 0 AS by_xen, total(t.kind = 'iommu') > 0 AS iommus
          FROM tree_node AS t GROUP BY t.capture) AS x ON x.capture = n.capture
  LEFT JOIN (SELECT s.capture, s.path, count(*) AS ids, min(s.instance) AS instance, total(i.state NOT IN ('okay', 'ok')) AS off
               FROM tree_stream AS s
               LEFT JOIN tree_node AS i ON i.capture = s.capture AND i.path = s.instance AND i.kind = 'iommu'
              GROUP BY s.capture, s.path) AS s ON s.capture = n.capture AND s.path = n.path
  LEFT JOIN tree_near AS w ON w.capture = n.capture AND w.path = n.path
 WHERE n.kind = 'device' AND n.dev IS NOT NULL;

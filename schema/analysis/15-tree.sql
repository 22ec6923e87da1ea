-- What device trees say of a stream that an SMMU refused: whose it is, or that it is nobody's.
DELETE FROM fault_tree;

-- when SELECT 1 FROM tree, fault_case
INSERT OR IGNORE INTO fault_tree ("case", what, says, capture, line)
SELECT c.id, 'listed',
       printf(CASE WHEN s.count > 1 THEN 'stream %#x is one of those that the device tree maps for requesters of %s (%s)'
                   ELSE 'the device tree gives stream %#x to %s (%s)' END, c.stream, s.path, s.dev), s.capture, s.line
  FROM fault_case AS c
  -- An ID of its own comes before one of a stretch.
  JOIN (SELECT t."case", min((t.stretch << 60) | t.id) & ((1 << 60) - 1) AS first FROM v_dt_stream AS t GROUP BY t."case") AS x ON x."case" = c.id
  JOIN tree_stream AS s ON s.id = x.first
 WHERE c.kind = 'unknown-stream' AND c.impl IN ('smmuv2-global', 'smmuv3')
UNION ALL
SELECT c.id, 'binding',
       printf('Xen %s reads mmu-masters only: it took no device of this tree under %s', v.text, i.path), i.capture, i.line
  FROM fault_case AS c
  JOIN v_dt_case AS i ON i."case" = c.id
  JOIN v_xen_version AS v ON v.boot = c.boot AND CAST(substr(v.branch, 3) AS INTEGER) < 16 AND v.suffix = ''
 WHERE c.kind = 'unknown-stream' AND c.impl = 'smmuv2-global' AND c.driven_by = 'xen'
   AND EXISTS (SELECT 1 FROM tree_stream AS s WHERE s.capture = i.capture AND s.instance = i.path)
   AND NOT EXISTS (SELECT 1 FROM tree_stream AS s WHERE s.capture = i.capture AND s.instance = i.path AND s.how = 'mmu-masters')
UNION ALL
SELECT c.id, 'unlisted',
       printf('no device of the tree has stream %#x at %s', c.stream, i.path), i.capture, i.line
  FROM fault_case AS c
  JOIN v_dt_case AS i ON i."case" = c.id
 WHERE c.kind = 'unknown-stream' AND c.impl IN ('smmuv2-global', 'smmuv3') AND i.trees = 1 AND NOT i.by_xen
   -- What could not be read may be the one.
   AND NOT EXISTS (SELECT 1 FROM tree_problem AS p WHERE p.capture = i.capture)
   AND NOT EXISTS (SELECT 1 FROM v_dt_stream AS t WHERE t."case" = c.id)
   AND NOT EXISTS (SELECT 1 FROM tree_stream AS s WHERE s.capture = i.capture AND s.instance = i.path AND s.stream IS NULL);

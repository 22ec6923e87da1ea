-- cause     smmu-unknown-stream
-- title     A device's stream ID is not known to the SMMU
-- explain   The SMMU saw a stream ID that none of its stream match registers, or no entry of its stream table, covers. The
--        |  device has no iommus (or mmu-masters, iommu-map) property, a wrong one, or was not set up again after its domain was made anew.
-- remedy    Add or correct the stream ID in the device tree (iommus, iommu-map) or in firmware.
-- refs      xen drivers/passthrough/arm/smmu.c, linux drivers/iommu/arm
-- about     incident
-- kind      state
-- when      SELECT 1 FROM fault_case WHERE impl IN ('smmuv2-global', 'smmuv3')
-- trigger   stream-refused      an SMMU refused a stream, not an address
-- decides   unknown-stream      the SMMU says that it does not know the stream
-- supports  listed-stream       the device tree gives that stream to a device: the SMMU was not set up for it
-- supports  unlisted-stream     no device of the tree has that stream
-- supports  old-binding         this release of Xen reads mmu-masters only, and the tree has iommus | kind: version
-- excludes  known-stream        the SMMU knows the stream: its context is set to fault, or is in conflict

SELECT c.incident AS subject, c.id AS "case", 'stream-refused' AS clue, printf('stream %#x: %s', c.stream, c.kind) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.impl IN ('smmuv2-global', 'smmuv3') AND c.kind IN ('unknown-stream', 'stream-fault', 'stream-conflict')

UNION ALL
SELECT c.incident, c.id, 'unknown-stream', printf('stream %#x is not known to %s', c.stream, substr(c.device, 1, instr(c.device, ' ') - 1)), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.impl IN ('smmuv2-global', 'smmuv3') AND c.kind = 'unknown-stream'

UNION ALL
SELECT c.incident, c.id, 'known-stream', printf('stream %#x: %s', c.stream, CASE c.kind WHEN 'stream-fault' THEN 'its context is set to fault'
       ELSE 'two entries fit it' END), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.impl IN ('smmuv2-global', 'smmuv3') AND c.kind IN ('stream-fault', 'stream-conflict')

UNION ALL
SELECT c.incident, c.id, 'listed-stream',
       printf(CASE WHEN s.count > 1 THEN 'stream %#x is one of those that the device tree maps for requesters of %s (%s)'
                   ELSE 'the device tree gives stream %#x to %s (%s)' END, c.stream, s.path, s.dev), s.capture, s.line, c.n
  FROM fault_case AS c
  -- An ID of its own comes before one of a stretch.
  JOIN (SELECT t."case", min((t.stretch << 60) | t.id) & ((1 << 60) - 1) AS first FROM v_dt_stream AS t GROUP BY t."case") AS x ON x."case" = c.id
  JOIN tree_stream AS s ON s.id = x.first
 WHERE c.kind = 'unknown-stream' AND c.impl IN ('smmuv2-global', 'smmuv3')

UNION ALL
SELECT c.incident, c.id, 'old-binding',
       printf('Xen %s reads mmu-masters only: it took no device of this tree under %s', v.text, i.path), i.capture, i.line, c.n
  FROM fault_case AS c
  JOIN v_dt_case AS i ON i."case" = c.id
  JOIN v_xen_version AS v ON v.boot = c.boot AND CAST(substr(v.branch, 3) AS INTEGER) < 16 AND v.suffix = ''
 WHERE c.kind = 'unknown-stream' AND c.impl = 'smmuv2-global' AND c.driven_by = 'xen'
   AND EXISTS (SELECT 1 FROM tree_stream AS s WHERE s.capture = i.capture AND s.instance = i.path)
   AND NOT EXISTS (SELECT 1 FROM tree_stream AS s WHERE s.capture = i.capture AND s.instance = i.path AND s.how = 'mmu-masters')

UNION ALL
SELECT c.incident, c.id, 'unlisted-stream',
       printf('no device of the tree has stream %#x at %s', c.stream, i.path), i.capture, i.line, c.n
  FROM fault_case AS c
  JOIN v_dt_case AS i ON i."case" = c.id
 WHERE c.kind = 'unknown-stream' AND c.impl IN ('smmuv2-global', 'smmuv3') AND i.trees = 1 AND NOT i.by_xen
   -- What could not be read may be the one.
   AND NOT EXISTS (SELECT 1 FROM tree_problem AS p WHERE p.capture = i.capture)
   AND NOT EXISTS (SELECT 1 FROM v_dt_stream AS t WHERE t."case" = c.id)
   AND NOT EXISTS (SELECT 1 FROM tree_stream AS s WHERE s.capture = i.capture AND s.instance = i.path AND s.stream IS NULL);

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
SELECT c.incident, c.id, CASE t.what WHEN 'listed' THEN 'listed-stream' WHEN 'unlisted' THEN 'unlisted-stream' ELSE 'old-binding' END,
       t.says, t.capture, t.line, c.n
  FROM fault_tree AS t
  JOIN fault_case AS c ON c.id = t."case"
 WHERE c.kind = 'unknown-stream' AND c.impl IN ('smmuv2-global', 'smmuv3');

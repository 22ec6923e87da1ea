-- cause     linux-smmu-unattached-stream
-- title     Linux's SMMU blocks a stream that it was told nothing of
-- explain   The SMMU saw a stream ID for which no driver had set it up. Since Linux 5.2 such streams are blocked, not let through. The device that
--        |  sends it is missing in the firmware's description (iommus, iommu-map, the table IORT), has a wrong ID there or an old binding
--        |  (mmu-masters), or is one that only the firmware uses. Which device it is only that description tells.
-- remedy    Describe the device and its stream ID; arm-smmu.disable_bypass=0 lets it through, unguarded, until then (SMMUv1 and v2).
-- refs      linux drivers/iommu/arm/arm-smmu/arm-smmu.c arm_smmu_global_fault(), drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c, 954a03be033c
-- about     incident
-- kind      state
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'linux' AND impl IN ('smmuv2-global', 'smmuv3')
-- trigger   stream-refused   Linux's SMMU refused a stream, not an address
-- decides   not-set-up       it says that it does not know the stream, or that the stream's entry is switched off | kind: message
-- supports  listed-stream    the device tree gives that stream to a device: the SMMU was not set up for it
-- supports  unlisted-stream  no device of the tree has that stream
-- excludes  conflict         two entries fit the stream

SELECT c.incident AS subject, c.id AS "case", 'stream-refused' AS clue, CASE WHEN c.stream IS NULL THEN c.kind ELSE printf('stream %#x: %s', c.stream, c.kind) END AS says, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'linux' AND c.impl IN ('smmuv2-global', 'smmuv3') AND c.kind IN ('unknown-stream', 'stream-fault', 'stream-conflict')

UNION ALL
SELECT c.incident, c.id, 'not-set-up', CASE c.kind WHEN 'unknown-stream' THEN 'no entry fits ' || CASE WHEN c.stream IS NULL THEN 'the stream' ELSE printf('stream %#x', c.stream) END
       ELSE 'the entry of ' || CASE WHEN c.stream IS NULL THEN 'the stream' ELSE printf('stream %#x', c.stream) END || ' is set to fault' END, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'linux' AND c.impl IN ('smmuv2-global', 'smmuv3') AND c.kind IN ('unknown-stream', 'stream-fault')

UNION ALL
SELECT c.incident, c.id, 'conflict', 'two entries fit it', c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'linux' AND c.impl IN ('smmuv2-global', 'smmuv3') AND c.kind = 'stream-conflict'

UNION ALL
SELECT c.incident, c.id, CASE t.what WHEN 'listed' THEN 'listed-stream' ELSE 'unlisted-stream' END, t.says, t.capture, t.line, c.n
  FROM fault_tree AS t
  JOIN fault_case AS c ON c.id = t."case"
 WHERE c.driven_by = 'linux' AND c.kind = 'unknown-stream' AND t.what IN ('listed', 'unlisted');

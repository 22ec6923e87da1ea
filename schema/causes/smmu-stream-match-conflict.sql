-- cause     smmu-stream-match-conflict
-- title     Two stream match registers fit one stream
-- explain   The SMMU may know a stream by one register only. Two fit: devices share a stream ID, or the mask of one covers the ID of
--        |  another.
-- remedy    Correct stream IDs and masks in the device tree (iommus, stream-match-mask), so that no two devices' overlap.
-- refs      xen/drivers/passthrough/arm/smmu.c arm_smmu_global_fault(), xen 93fe1817e7ca, xen 9f6cd4983715
-- about     incident
-- kind      state
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'xen' AND impl IN ('smmuv2-global', 'smmuv3')
-- trigger   stream-refused   an SMMU refused a stream, not an address
-- decides   conflict         the SMMU says that two registers fit the stream | kind: message
-- supports  listed-twice     the device tree gives the stream to several devices | kind: address

SELECT c.incident AS subject, c.id AS "case", x.clue, printf('stream %#x: GFSR %#x has SMCF', c.stream, f.gfsr) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
  JOIN iommu_fault AS f ON f.id = c.fault AND f.gfsr & 4
  JOIN (SELECT 'stream-refused' AS clue UNION ALL SELECT 'conflict') AS x
 WHERE c.driven_by = 'xen' AND c.impl = 'smmuv2-global'

UNION ALL
SELECT c.incident, c.id, 'listed-twice', printf('stream %#x fits %s and %s', c.stream, t.one, t.other), t.capture, t.line, c.n
  FROM fault_case AS c
  JOIN (SELECT t."case", min(t.path) AS one, max(t.path) AS other, t.capture, max(t.line) AS line
          FROM v_dt_stream AS t
         GROUP BY t."case", t.capture
        HAVING min(t.path) <> max(t.path)) AS t ON t."case" = c.id
 WHERE c.driven_by = 'xen' AND c.impl = 'smmuv2-global' AND c.kind IN ('unknown-stream', 'stream-fault', 'stream-conflict');

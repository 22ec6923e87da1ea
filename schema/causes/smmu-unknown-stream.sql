-- cause     smmu-unknown-stream
-- title     A device's stream ID is not known to the SMMU
-- explain   The SMMU saw a stream ID that none of its stream match registers, or no entry of its stream table, covers. The
--        |  device has no iommus (or mmu-masters, iommu-map) property, a wrong one, or was not set up again after its domain was made anew.
-- remedy    Add or correct the stream ID in the device tree (iommus, iommu-map) or in firmware.
-- refs      xen/drivers/passthrough/arm/smmu.c arm_smmu_global_fault(), xen fc151829bac4
-- about     incident
-- kind      state
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'xen' AND impl IN ('smmuv2-global', 'smmuv3')
-- trigger   stream-refused      an SMMU refused a stream, not an address
-- decides   unknown-stream      the SMMU says that it does not know the stream
-- supports  listed-stream       the device tree gives that stream to a device: the SMMU was not set up for it
-- supports  unlisted-stream     no device of the tree has that stream
-- supports  given-again         the device was given to a domain before, and again since | kind: order
-- supports  streams-lost        this release of Xen loses the streams of a device that is given again | kind: version
-- supports  old-binding         this release of Xen reads mmu-masters only, and the tree has iommus | kind: version
-- excludes  known-stream        the SMMU knows the stream: its entry does not serve it, or is in conflict

SELECT c.incident AS subject, c.id AS "case", 'stream-refused' AS clue, printf('stream %#x: %s', c.stream, c.kind) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.impl IN ('smmuv2-global', 'smmuv3') AND c.kind IN ('unknown-stream', 'stream-fault', 'stream-conflict')

UNION ALL
SELECT c.incident, c.id, 'unknown-stream', printf('stream %#x is not known to %s', c.stream, substr(c.device, 1, instr(c.device, ' ') - 1)), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.impl IN ('smmuv2-global', 'smmuv3') AND c.kind = 'unknown-stream'

UNION ALL
SELECT c.incident, c.id, 'known-stream', printf('stream %#x: %s', c.stream, CASE c.kind WHEN 'stream-fault' THEN CASE c.impl WHEN 'smmuv3' THEN 'its entry wants a substream ID' ELSE 'its context is set to fault' END
       ELSE 'two entries fit it' END), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.impl IN ('smmuv2-global', 'smmuv3') AND c.kind IN ('stream-fault', 'stream-conflict')

UNION ALL
SELECT c.incident, c.id, CASE t.what WHEN 'listed' THEN 'listed-stream' WHEN 'unlisted' THEN 'unlisted-stream' ELSE 'old-binding' END,
       t.says, t.capture, t.line, c.n
  FROM fault_tree AS t
  JOIN fault_case AS c ON c.id = t."case"
 WHERE c.driven_by = 'xen' AND c.kind = 'unknown-stream' AND c.impl IN ('smmuv2-global', 'smmuv3')

UNION ALL
SELECT c.incident, c.id, x.clue, CASE x.clue WHEN 'given-again' THEN printf('%s was given to a domain %d times before', a.dev, a.n) ELSE printf('Xen %s', v.version) END,
       CASE x.clue WHEN 'given-again' THEN a.capture ELSE v.capture END, CASE x.clue WHEN 'given-again' THEN a.line ELSE v.line END, c.n
  FROM fault_case AS c
  JOIN (SELECT c.id AS "case", a.dev, a.capture, max(a.line) AS line, count(*) AS n
          FROM fault_case AS c
          JOIN assignment AS a ON a.capture = c.capture AND a.line < c.line AND a.by = 'xen' AND a.trust <> 'guest' AND a.what = 'assigned' AND a.dev IS NOT NULL
          JOIN segment AS g ON g.id = a.segment AND g.boot = c.boot
         WHERE c.driven_by = 'xen' AND c.impl = 'smmuv2-global' AND c.kind = 'unknown-stream'
           -- Where a tree tells whose stream it is, that device only.
           AND ifnull((SELECT max(t.path = a.dev) FROM v_dt_stream AS t WHERE t."case" = c.id), 1)
         GROUP BY c.id, a.dev
        HAVING count(*) > 1) AS a ON a."case" = c.id
  LEFT JOIN v_xen_change AS v ON v.boot = c.boot AND v.change = 'smmu-s2cr-reassign' AND v.state = 'affected'
  JOIN (SELECT 'given-again' AS clue UNION ALL SELECT 'streams-lost') AS x ON x.clue = 'given-again' OR v.boot IS NOT NULL;

-- cause     smmu-stream-faulted
-- title     A device does DMA while it belongs to no domain: its stream is set to fault
-- explain   The SMMU knows the stream, and Xen has set its context to fault: the device was not given to a domain yet, or was taken from one,
--        |  and goes on with DMA.
-- remedy    Stop or reset the device before it is taken away, and give it to a domain before it is used. With Xen 4.16, where streams are lost when
--        |  a device is given to a domain again, go to 4.17.
-- refs      xen/drivers/passthrough/arm/smmu.c arm_smmu_write_s2cr(), arm_smmu_global_fault(), fc151829bac4, 0435784cc75d
-- about     incident
-- kind      state
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'xen' AND impl IN ('smmuv2-global', 'smmuv3')
-- trigger   stream-refused   an SMMU refused a stream, not an address
-- decides   set-to-fault     the SMMU knows the stream, and its context is set to fault | kind: message
-- supports  taken-away       a device was taken from a domain before | kind: order
-- supports  not-attached     Xen could not take a device from a domain, because it was not there | kind: order
-- supports  streams-lost     this release of Xen loses the streams of a device that is given again | kind: version

SELECT c.incident AS subject, c.id AS "case", 'stream-refused' AS clue, printf('stream %#x: %s', c.stream, c.kind) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.impl = 'smmuv2-global' AND c.kind = 'stream-fault'

UNION ALL
SELECT c.incident, c.id, 'set-to-fault', printf('stream %#x is set to fault at %s', c.stream, substr(c.device, 1, instr(c.device, ' ') - 1)),
       c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.impl = 'smmuv2-global' AND c.kind = 'stream-fault'

UNION ALL
SELECT c.incident, c.id, CASE a.what WHEN 'failed' THEN 'not-attached' ELSE 'taken-away' END,
       CASE a.what WHEN 'failed' THEN printf('%s was not with d%d', a.dev, a.domain)
                   ELSE printf('%s was taken from d%d', a.dev, a.domain) END, a.capture, a.line, c.n
  FROM fault_case AS c
  JOIN (SELECT c.id AS "case", max(a.id) AS last
          FROM fault_case AS c
          JOIN assignment AS a ON a.capture = c.capture AND a.line < c.line AND a.by = 'xen' AND a.trust <> 'guest' AND a.dev IS NOT NULL
                              AND a.domain IS NOT NULL AND a.what IN ('removed', 'failed')
          JOIN segment AS g ON g.id = a.segment AND g.boot = c.boot
         WHERE c.driven_by = 'xen' AND c.impl = 'smmuv2-global' AND c.kind = 'stream-fault'
         GROUP BY c.id, a.what) AS x ON x."case" = c.id
  JOIN assignment AS a ON a.id = x.last

UNION ALL
SELECT c.incident, c.id, 'streams-lost', printf('Xen %s', v.version), v.capture, v.line, c.n
  FROM fault_case AS c
  JOIN v_xen_change AS v ON v.boot = c.boot AND v.change = 'smmu-s2cr-reassign' AND v.state = 'affected'
 WHERE c.driven_by = 'xen' AND c.impl = 'smmuv2-global' AND c.kind = 'stream-fault';

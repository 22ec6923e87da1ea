-- Every refused access that a trusted line reports, decoded; times on the base clock of the boot, ns.
CREATE VIEW v_fault AS
SELECT f.id, f.capture, f.line, g.boot, f.segment, f.impl, f.by,
       CASE f.impl
       WHEN 'smmuv2' THEN ifnull((SELECT d.kind FROM decode AS d WHERE d.register = 'smmu.fsr' AND d.kind IS NOT NULL
                                     AND f.fsr >> d.bit & 1 ORDER BY d.rank LIMIT 1), 'unknown')
       WHEN 'smmuv2-global' THEN ifnull((SELECT d.kind FROM decode AS d WHERE d.register = 'smmu.gfsr' AND d.kind IS NOT NULL
                                     AND f.gfsr >> d.bit & 1 ORDER BY d.rank LIMIT 1), 'unknown')
       WHEN 'smmuv3' THEN ifnull((SELECT d.kind FROM decode AS d WHERE d.register = 'smmuv3.event'
                                     AND d.code = ifnull(f.event, f.word0 & 0xff)), 'unknown')
       WHEN 'vtd' THEN ifnull((SELECT d.kind FROM decode AS d WHERE d.register = 'vtd.reason' AND d.code = f.reason), 'unknown')
       WHEN 'ipmmu' THEN CASE WHEN f.status & 1 THEN 'translation' WHEN f.status & 2 THEN 'permission' ELSE 'unknown' END
       WHEN 'amd' THEN CASE WHEN f.flags & 0x8 THEN 'interrupt' WHEN f.flags & 0x10 THEN 'permission' ELSE 'translation' END
       ELSE 'unknown' END AS kind,
       CASE f.impl
       WHEN 'smmuv2' THEN CASE WHEN f.fsynr >> 4 & 1 THEN 'write' WHEN f.fsynr IS NOT NULL THEN 'read' END
       WHEN 'smmuv2-global' THEN CASE WHEN f.gfsynr0 >> 1 & 1 THEN 'write' WHEN f.gfsynr0 IS NOT NULL THEN 'read' END
       WHEN 'smmuv3' THEN CASE WHEN ifnull(f.event, f.word0 & 0xff) BETWEEN 0x10 AND 0x13
                               THEN CASE WHEN f.word1 >> 35 & 1 THEN 'read' ELSE 'write' END END
       WHEN 'amd' THEN CASE WHEN f.flags & 0x20 THEN 'write' ELSE 'read' END
       ELSE f.access END AS access,
       CASE WHEN f.impl <> 'smmuv3' THEN f.iova
            WHEN ifnull(f.event, f.word0 & 0xff) IN (0x01, 0x07, 0x0b, 0x10, 0x11, 0x12, 0x13)
                 AND f.word0 & 0xff = ifnull(f.event, f.word0 & 0xff) AND f.word3 IS NOT NULL THEN f.word2 END AS iova,
       CASE WHEN f.impl <> 'smmuv3' THEN f.page
            WHEN ifnull(f.event, f.word0 & 0xff) IN (0x01, 0x07, 0x0b, 0x10, 0x11, 0x12, 0x13)
                 AND f.word0 & 0xff = ifnull(f.event, f.word0 & 0xff) AND f.word3 IS NOT NULL
            THEN f.word2 >> 12 & 0xfffffffffffff END AS page,
       CASE f.impl
       WHEN 'smmuv2-global' THEN f.gfsynr1 & 0xffff
       WHEN 'smmuv3' THEN CASE WHEN f.word0 & 0xff = f.event THEN f.word0 >> 32 & 0xffffffff END
       WHEN 'smmuv2' THEN f.stream & 0xffff
       ELSE f.stream END AS stream,
       f.bdf, f.context,
       ifnull(f.domain, (SELECT c.domain FROM context_owner AS c
                          WHERE f.impl = 'smmuv2' AND f.by = 'xen'
                            AND c.boot = g.boot AND c.instance = f.instance AND c.context = f.context)) AS domain,
       CASE WHEN f.bdf IS NOT NULL THEN f.bdf
            WHEN f.impl = 'smmuv2' THEN f.instance || ' context bank ' || f.context
            WHEN f.impl = 'smmuv2-global' THEN f.instance || printf(' stream 0x%x', f.gfsynr1 & 0xffff)
            WHEN f.impl = 'smmuv3' THEN f.instance || CASE WHEN f.word0 & 0xff = f.event THEN printf(' stream 0x%x', f.word0 >> 32 & 0xffffffff) ELSE '' END
            ELSE ifnull(f.instance, '?') END AS device,
       f.instance, f.reason, f.reason_text, f.fsr, f.fsynr, f.gfsr, ifnull(f.event, f.word0 & 0xff) AS event,
       f.trust, f.speaker, f.replayed, f.headless,
       f.t_lo + k.offset_lo AS base_lo, f.t_hi + k.offset_hi AS base_hi
  FROM iommu_fault AS f
  JOIN segment AS g ON g.id = f.segment
  LEFT JOIN clock AS k ON k.id = f.clock
 WHERE f.trust <> 'guest'
   AND f.speaker IN ('xen', 'host', 'unknown')
   AND g.boot IS NOT NULL;

-- when named
-- Every refused access that a trusted line reports, decoded; times on the base clock of the boot, ns.
CREATE VIEW v_fault AS
SELECT f.id, f.capture, f.line, g.boot, f.segment, f.impl, f.by,
       ifnull((SELECT d.kind FROM decode AS d
                WHERE d.register = f.register AND d.kind IS NOT NULL
                  AND (f.bits >> d.bit & 1 OR f.bits = d.code OR f.type = d.name OR (d.name = '*' AND f.bits IS NOT NULL))
                ORDER BY d.rank LIMIT 1), 'unknown') AS kind,
       CASE WHEN f.impl IN ('smmuv2', 'qcom') THEN CASE WHEN f.fsynr >> 4 & 1 THEN 'write' WHEN f.fsynr IS NOT NULL THEN 'read' END
            WHEN f.impl = 'smmuv2-global' THEN CASE WHEN f.gfsynr0 >> 1 & 1 THEN 'write' WHEN f.gfsynr0 IS NOT NULL THEN 'read' END
            WHEN f.impl = 'smmuv3' THEN f.v3_access
            WHEN f.impl = 'amd' THEN CASE WHEN f.amd_flags & 0x108 OR f.type = 'INVALID_DEVICE_REQUEST' THEN NULL
                                          WHEN f.amd_flags & 0x20 THEN 'write' WHEN f.amd_flags IS NOT NULL THEN 'read' END
            WHEN f.impl = 'trace' THEN CASE WHEN f.flags & 1 THEN 'write' WHEN f.driver <> 'ipmmu-vmsa' THEN 'read' END
            ELSE f.access END AS access,
       f.address AS iova, f.address >> 12 & 0xfffffffffffff AS page, f.stream_id AS stream, f.pci AS bdf, f.context,
       coalesce(f.domain, f.event1 & 0xffff,
                        (SELECT c.domain FROM context_owner AS c
                          WHERE f.impl = 'smmuv2' AND f.by = 'xen'
                            AND c.boot = g.boot AND c.instance = f.instance AND c.context = f.context)) AS domain,
       coalesce(f.pci, f.dev,
                ifnull(f.instance, '?') || CASE WHEN f.context IS NOT NULL THEN ' context bank ' || f.context
                                                WHEN f.stream_id IS NOT NULL THEN printf(' stream 0x%x', f.stream_id)
                                                WHEN f.endpoint IS NOT NULL THEN printf(' endpoint 0x%x', f.endpoint)
                                                WHEN f.larb IS NOT NULL THEN printf(' larb %d port %d', f.larb, f.port)
                                                ELSE '' END) AS device,
       f.instance, f.reason, f.reason_text, f.fsr, f.fsynr, f.gfsr, f.v3_event AS event,
       f.trust, f.speaker, f.replayed, f.headless,
       f.t_lo + k.offset_lo AS base_lo, f.t_hi + k.offset_hi AS base_hi
  FROM (SELECT f.*, e.event AS v3_event, e.access AS v3_access,
               CASE WHEN f.impl = 'smmuv3' THEN e.iova
                    WHEN f.event0 IS NOT NULL THEN f.event2 | (f.event3 << 32) ELSE f.iova END AS address,
               ifnull(f.flags, f.event1 >> 16 & 0xfff) AS amd_flags,
               CASE WHEN f.impl = 'smmuv3' THEN e.stream
                    WHEN f.impl = 'smmuv2-global' THEN ifnull(f.gfsynr1, f.stream) & 0xffff
                    WHEN f.impl = 'smmuv2' THEN f.stream & 0xffff
                    WHEN f.impl <> 'mtk' THEN ifnull(f.stream, f.event0 & 0xffff) END AS stream_id,
               f.bdf AS pci,
               CASE f.impl WHEN 'smmuv2' THEN 'smmu.fsr' WHEN 'qcom' THEN 'smmu.fsr' WHEN 'smmuv2-global' THEN 'smmu.gfsr'
                           WHEN 'smmuv3' THEN 'smmuv3.event' WHEN 'vtd' THEN 'vtd.reason' WHEN 'vtd-interrupt' THEN 'vtd.interrupt'
                           WHEN 'amd' THEN CASE WHEN f.type IS NULL THEN 'amd.flags' ELSE 'amd.event' END
                           WHEN 'ipmmu' THEN 'ipmmu.status' WHEN 'mtk' THEN 'mtk.status' ELSE f.impl || '.fault' END AS register,
               CASE f.impl WHEN 'smmuv2' THEN f.fsr WHEN 'qcom' THEN f.fsr WHEN 'smmuv2-global' THEN f.gfsr
                           WHEN 'smmuv3' THEN e.event WHEN 'vtd' THEN f.reason WHEN 'vtd-interrupt' THEN 0
                           WHEN 'amd' THEN CASE WHEN f.type IS NULL THEN f.flags END
                           WHEN 'ipmmu' THEN f.status WHEN 'mtk' THEN f.status END AS bits
          FROM iommu_fault AS f
          LEFT JOIN v_smmuv3_event AS e ON e.fault = f.id) AS f
  JOIN segment AS g ON g.id = f.segment
  LEFT JOIN clock AS k ON k.id = f.clock
 WHERE f.trust <> 'guest'
   AND f.speaker IN ('xen', 'host', 'unknown')
   AND g.boot IS NOT NULL;

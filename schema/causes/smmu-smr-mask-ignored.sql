-- cause     smmu-smr-mask-ignored
-- title     Xen dropped the mask of a stream ID: one ID of the device is known, the others are not
-- explain   The device tree gives the device a stream ID with a mask, so that many IDs fit. From 4.16 on Xen sets the match register without
--        |  the mask, and only the ID as written is known.
-- remedy    Update Xen to 4.20, or write every ID of the device into its iommus property, without a mask.
-- refs      xen 0435784cc75d, xen ef3b4768b347
-- about     incident
-- kind      root
-- refines   smmu-unknown-stream
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'xen' AND impl IN ('smmuv2-global', 'smmuv3')
-- trigger   unknown-stream   an SMMU does not know a stream
-- needs     mask             the device tree gives the stream to a device by a mask | ask: which stream IDs and masks the device tree has | shown-by: device-list | capture: the device tree that the boot loader gives to Xen (fdt print, or the .dtb file) | kind: address
-- needs     drops-masks      this release of Xen drops masks | ask: the release of Xen | capture: xl info, or the console log from "Xen version" on | kind: version
-- supports  masked-bits      the stream and the ID as written differ in bits of the mask only | kind: address
-- caps      vendor-build     the version has a vendor's suffix: the fix may be in it | of: masked-bits
-- excludes  reads-masks      this release of Xen keeps masks
-- excludes  exact            the device tree lists the very ID

-- Asked where the release or the tree speaks for it.
SELECT c.incident AS subject, c.id AS "case", 'unknown-stream' AS clue, printf('stream %#x is not known', c.stream) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.impl = 'smmuv2-global' AND c.kind = 'unknown-stream'
   AND (EXISTS (SELECT 1 FROM v_xen_change AS v WHERE v.boot = c.boot AND v.change = 'smmu-smr-mask' AND v.state = 'affected')
        OR EXISTS (SELECT 1 FROM tree_use AS u JOIN tree_stream AS s ON s.capture = u.capture AND s.mask > 0 WHERE u.boot = c.boot AND NOT u.other))

UNION ALL
SELECT c.incident, c.id, x.clue, printf(CASE x.clue WHEN 'exact' THEN 'the tree has %#x for %s' ELSE 'the tree has %#x with mask %#x for %s' END, s.stream,
       CASE x.clue WHEN 'exact' THEN s.path ELSE s.mask END, s.path), s.capture, s.line, c.n
  FROM fault_case AS c
  JOIN v_dt_stream AS t ON t."case" = c.id
  JOIN tree_stream AS s ON s.id = t.id
  JOIN (SELECT 'mask' AS clue UNION ALL SELECT 'masked-bits' UNION ALL SELECT 'exact') AS x
    ON (x.clue = 'exact') = (s.stream = c.stream OR ifnull(s.mask, 0) = 0)
 WHERE c.driven_by = 'xen' AND c.impl = 'smmuv2-global' AND c.kind = 'unknown-stream' AND s.count IS NULL

UNION ALL
SELECT c.incident, c.id, CASE v.state WHEN 'affected' THEN 'drops-masks' ELSE 'reads-masks' END, printf('Xen %s', v.version), v.capture, v.line, c.n
  FROM fault_case AS c
  JOIN v_xen_change AS v ON v.boot = c.boot AND v.change = 'smmu-smr-mask' AND v.state IN ('affected', 'fixed', 'before')
 WHERE c.driven_by = 'xen' AND c.impl = 'smmuv2-global' AND c.kind = 'unknown-stream'

UNION ALL
SELECT c.incident, c.id, 'vendor-build', printf('Xen %s', v.version), v.capture, v.line, c.n
  FROM fault_case AS c
  JOIN v_xen_change AS v ON v.boot = c.boot AND v.change = 'smmu-smr-mask' AND v.suffix <> ''
 WHERE c.driven_by = 'xen' AND c.impl = 'smmuv2-global' AND c.kind = 'unknown-stream';

-- cause     loglevel-hides-evidence
-- title     Xen was not told to print the lines that would decide
-- explain   Xen prints the faults of an SMMUv3 as INFO, which release builds before 4.18 leave out; those of an SMMUv2 and of AMD-Vi are errors, those of
--        |  VT-d warnings of what guests do (guest_loglvl). Here the level is below that. That no fault is there proves nothing then.
-- remedy    Boot Xen with loglvl=all guest_loglvl=all iommu=verbose,debug console_timestamps=boot sync_console, and let it happen again.
-- refs      xen 8c01f267ef, xen/drivers/passthrough/arm/smmu-v3.c arm_smmu_evtq_tasklet(), arm/smmu.c arm_smmu_context_fault(), vtd/iommu.c iommu_page_fault_do_one(), xen/drivers/char/console.c printk_prefix_check()
-- about     incident
-- kind      noise
-- when      SELECT 1 FROM incident WHERE kind = 'device-error' AND EXISTS (SELECT 1 FROM known_fact WHERE name = 'xen.version')
-- trigger   alone         a device failed at DMA, and no fault goes with it
-- decides   told-little   it was told to print less than that | kind: message
-- decides   smmuv3        it is a release build before 4.18 at its default level, and the IOMMU is an SMMUv3 | kind: version
-- caps      vendor-build  the version has a vendor's suffix: its default level may be another | of: smmuv3
-- excludes  proven        a cause is likely all the same

SELECT i.id AS subject, NULL AS "case", x.clue,
       CASE x.clue WHEN 'alone' THEN printf('%s: no fault goes with it', i.device)
                   ELSE h.says END AS says,
       CASE x.clue WHEN 'alone' THEN i.first_capture ELSE h.capture END AS capture, CASE x.clue WHEN 'alone' THEN i.first_line ELSE h.line END AS line, i.n AS n
  FROM incident AS i
  JOIN (SELECT x.boot, CASE WHEN x.told THEN 'told-little' ELSE 'smmuv3' END AS how,
               CASE WHEN NOT x.told THEN printf('Xen %s hides lines of level INFO', x.version)
                    WHEN x.may_be = 'vtd' THEN 'it prints nothing of what guests cause'
                    ELSE CASE x.level WHEN 0 THEN 'it prints nothing' WHEN 1 THEN 'it prints errors only' ELSE 'it prints errors and warnings only' END END AS says,
               x.capture, x.line
          FROM v_xen_shown AS x
         WHERE NOT x.shown) AS h ON h.boot = i.boot
  JOIN (SELECT 'alone' AS clue UNION ALL SELECT 'told-little' UNION ALL SELECT 'smmuv3') AS x
    ON x.clue IN ('alone', h.how)
 WHERE i.kind = 'device-error'

UNION ALL
SELECT i.id, NULL, 'vendor-build', printf('Xen %s is a vendor''s build', v.text), v.capture, v.line, 1
  FROM incident AS i
  JOIN v_xen_version AS v ON v.boot = i.boot AND v.suffix <> ''
 WHERE i.kind = 'device-error'

UNION ALL
SELECT i.id, NULL, 'proven', v.cause, i.first_capture, i.first_line, i.n
  FROM incident AS i
  JOIN verdict AS v ON v.about = 'incident' AND v.subject = i.id AND v.kind IN ('root', 'state') AND v.grade_rank <= 2
 WHERE i.kind = 'device-error';

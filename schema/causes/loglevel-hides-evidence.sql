-- cause     loglevel-hides-evidence
-- title     Xen was not told to print the lines that would decide
-- explain   Release builds before 4.18 leave out what is of level INFO: all that Xen says of faults of an SMMUv3 is. With loglvl=error or none nothing of faults
--        |  is shown at all. That no fault is there proves nothing then.
-- remedy    Boot Xen with loglvl=all guest_loglvl=all iommu=verbose,debug console_timestamps=boot sync_console, and let it happen again.
-- refs      8c01f267ef, xen/drivers/passthrough/arm/smmu-v3.c arm_smmu_evtq_tasklet(), xen/drivers/char/console.c
-- about     incident
-- kind      noise
-- when      SELECT 1 FROM incident WHERE kind = 'device-error' AND EXISTS (SELECT 1 FROM known_fact WHERE name = 'xen.version')
-- trigger   alone         a device failed at DMA, and no fault goes with it
-- decides   told-little   it was told to print errors at most | kind: message
-- decides   smmuv3        it is a release build before 4.18 at its default level, and the IOMMU is an SMMUv3 | kind: version
-- caps      vendor-build  the version has a vendor's suffix: its default level may be another | of: smmuv3
-- excludes  proven        a cause is likely all the same

SELECT i.id AS subject, NULL AS "case", x.clue,
       CASE x.clue WHEN 'alone' THEN printf('%s: no fault goes with it', i.device)
                   ELSE CASE WHEN h.how = 'told-little' THEN h.value ELSE printf('Xen %s hides lines of level INFO', h.value) END END AS says,
       CASE x.clue WHEN 'alone' THEN i.first_capture ELSE h.capture END AS capture, CASE x.clue WHEN 'alone' THEN i.first_line ELSE h.line END AS line, i.n AS n
  FROM incident AS i
  JOIN (SELECT f.boot, 'told-little' AS how, f.value, f.capture, f.line
          FROM v_fact AS f
         WHERE f.name = 'xen.loglevel' AND (f.value LIKE 'Nothing%' OR f.value LIKE 'Errors' OR f.value LIKE 'Errors (%')
        UNION
        SELECT v.boot, 'smmuv3', v.text, v.capture, v.line
          FROM v_xen_version AS v
         WHERE CAST(substr(v.branch, 3) AS INTEGER) < 18
           AND NOT EXISTS (SELECT 1 FROM v_observed AS o WHERE o.boot = v.boot AND o.what = 'xen-faults')
           AND (EXISTS (SELECT 1 FROM tree_use AS u JOIN tree_node AS n ON n.capture = u.capture AND n.kind = 'iommu' AND n.compatible LIKE '%smmu-v3%' WHERE u.boot = v.boot AND NOT u.other)
                OR EXISTS (SELECT 1 FROM known_fact AS f WHERE f.boot = v.boot AND f.name LIKE 'xen.smmuv3%')
                OR EXISTS (SELECT 1 FROM iommu_trouble AS t JOIN segment AS g ON g.id = t.segment WHERE t.impl = 'smmuv3' AND t.by = 'xen' AND g.boot = v.boot AND t.trust <> 'guest')
                OR EXISTS (SELECT 1 FROM message AS m JOIN note AS n ON n.message = m.id JOIN segment AS g ON g.id = n.segment
                            WHERE m.name LIKE 'xen.smmuv3.%' AND g.boot = v.boot AND n.trust <> 'guest'))) AS h ON h.boot = i.boot
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

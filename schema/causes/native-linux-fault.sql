-- cause     native-linux-fault
-- title     Linux's own IOMMU driver refused the accesses, and no Xen is in these captures
-- explain   The lines are of Linux's drivers. Addresses are those of the DMA API then, handed out from the top of what the device can reach; grants, dom0's
--        |  memory and Xen's tables have no part in it. An address that is one of the machine's memory is suspicious here.
-- remedy    Trace the mappings of the device (FAULTLINE_GRANTS=no with faultline capture-kit grants), and look at its driver and at what the firmware says of it.
-- refs      linux drivers/iommu/
-- about     boot
-- kind      noise
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'linux'
-- trigger   linux-fault   Linux's driver of an IOMMU reports refused accesses
-- decides   no-xen        no line of Xen is there, and the kernel does not say that it runs on Xen | kind: message
-- excludes  on-xen        Xen is there
-- caps      cut           a line was cut or damaged: it may be one of Xen's | of: no-xen

SELECT x.boot AS subject, NULL AS "case", y.clue,
       CASE y.clue WHEN 'linux-fault' THEN printf('%s', x.device) ELSE 'no line of Xen in these captures' END AS says, x.capture, x.line, x.n
  FROM (SELECT c.boot, c.device, min(c.capture << 40 | c.line) >> 40 AS capture, min(c.capture << 40 | c.line) & 0xffffffffff AS line, sum(c.n) AS n
          FROM fault_case AS c
         WHERE c.driven_by = 'linux'
           -- Where the cause is known, this is no news.
           AND NOT EXISTS (SELECT 1 FROM verdict AS v WHERE v.about = 'incident' AND v.subject = c.incident AND v.kind IN ('root', 'state') AND v.grade_rank <= 2)
         GROUP BY c.boot) AS x
  JOIN (SELECT 'linux-fault' AS clue UNION ALL SELECT 'no-xen') AS y
    ON y.clue = 'linux-fault'
       OR NOT EXISTS (SELECT 1 FROM segment AS g WHERE g.boot = x.boot AND g.xen)
          AND NOT EXISTS (SELECT 1 FROM known_fact AS f WHERE f.boot = x.boot AND f.name IN ('linux.on_xen', 'xen.version'))

UNION ALL
SELECT c.boot, NULL, 'on-xen', 'Xen ' || f.value, nullif(f.capture, 0), nullif(f.line, 0), 1
  FROM (SELECT DISTINCT boot FROM fault_case WHERE driven_by = 'linux') AS c
  JOIN known_fact AS f ON f.boot = c.boot AND f.name IN ('linux.on_xen', 'xen.version')

UNION ALL
SELECT g.boot, NULL, 'cut', 'a line cannot be read whole', min(l.capture << 40 | l.line) >> 40, min(l.capture << 40 | l.line) & 0xffffffffff, count(*)
  FROM loss AS l
  JOIN segment AS g ON g.id = l.segment
 WHERE l.what IN ('torn', 'damaged', 'clipped')
   AND g.boot IN (SELECT c.boot FROM fault_case AS c WHERE c.driven_by = 'linux')
 GROUP BY g.boot;

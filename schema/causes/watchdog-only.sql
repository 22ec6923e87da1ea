-- cause     watchdog-only
-- title     A timeout alone does not say why
-- explain   A driver waited for its device, and nothing came. Failed DMA is one reason; a lost interrupt, a device without power, broken firmware, and a
--        |  processor that did not run are others. The captures have no fault of an IOMMU and no error of a bus that would go with it.
-- remedy    Capture what an IOMMU and PCIe say at that time; compare the counts of the device's interrupts before and after (/proc/interrupts, Xen's debug key i).
-- refs      linux net/sched/sch_generic.c dev_watchdog(), linux drivers/nvme/host/pci.c nvme_timeout()
-- about     incident
-- kind      noise
-- when      SELECT 1 FROM incident WHERE kind = 'stuck'
-- trigger   timeout      a device did not answer in time
-- decides   nothing-else  no error of the device, of a bus or of an IOMMU goes with it
-- excludes  explained    a cause is likely
-- caps      evidence-lost  messages were suppressed or lost: an error may be among them | of: nothing-else

SELECT i.id AS subject, NULL AS "case", x.clue, CASE x.clue WHEN 'timeout' THEN printf('%s: no answer', i.device) ELSE 'nothing else is reported of it' END AS says,
       i.first_capture AS capture, i.first_line AS line, i.n AS n
  FROM incident AS i
  JOIN (SELECT 'timeout' AS clue UNION ALL SELECT 'nothing-else') AS x
 WHERE i.kind = 'stuck'
   AND NOT EXISTS (SELECT 1 FROM fault_case AS c WHERE c.boot = i.boot)

UNION ALL
SELECT i.id, NULL, 'explained', v.cause, i.first_capture, i.first_line, i.n
  FROM incident AS i
  JOIN verdict AS v ON v.about = 'incident' AND v.subject = i.id AND v.kind IN ('root', 'state') AND v.grade_rank <= 2
 WHERE i.kind = 'stuck'

UNION ALL
SELECT i.id, NULL, 'evidence-lost', l.says, l.capture, l.line, i.n
  FROM incident AS i
  JOIN v_lost AS l ON l.boot = i.boot
 WHERE i.kind = 'stuck';

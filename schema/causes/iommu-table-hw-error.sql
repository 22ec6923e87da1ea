-- cause     iommu-table-hw-error
-- title     The IOMMU could not use its own tables
-- explain   The IOMMU met a bus error when it read its tables, or found what must not be in them. That is no wrong address of a device: memory is
--        |  bad, the software wrote a wrong entry, or freed or exchanged a table while the device used it (as at boot, where firmware had left the
--        |  device running). Which one stays open.
-- remedy    Look for memory errors (EDAC, machine checks) at that time; update Xen or Linux; with Xen older than 4.15.6, 4.16.6, 4.17.3 or 4.18 on AMD
--        |  see XSA-445.
-- refs      xen/drivers/passthrough/amd/iommu_init.c parse_event_log_entry(), xen fe1e4668b373, xen 94039d97e2e3, linux drivers/iommu/intel/dmar.c
-- about     incident
-- kind      state
-- when      SELECT 1 FROM incident WHERE kind IN ('table', 'external-abort', 'bad-context', 'iommu-trouble')
-- trigger   table-error      the IOMMU failed on its tables
-- decides   says-so          it says that it could not read them, or that an entry is malformed | kind: message

SELECT c.incident AS subject, c.id AS "case", x.clue, printf('%s: %s', c.device, coalesce(f.type, f.reason_text, (SELECT e.name FROM v_smmuv3_event AS e WHERE e.fault = c.fault), c.kind)) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
  JOIN iommu_fault AS f ON f.id = c.fault
  JOIN (SELECT 'table-error' AS clue UNION ALL SELECT 'says-so') AS x
 WHERE c.kind IN ('table', 'external-abort') OR c.kind = 'bad-context' AND f.type = 'ILLEGAL_DEV_TABLE_ENTRY'

-- AMD-Vi: event 6 is an error while a command was read.
UNION ALL
SELECT i.id, NULL, x.clue, printf('%s: a command could not be read', i.device), t.capture, t.line, i.n
  FROM incident AS i
  JOIN (SELECT g.boot, coalesce(t.instance, t.bdf, t.dev, t.impl) AS device, min(t.id) AS first
          FROM iommu_trouble AS t JOIN segment AS g ON g.id = t.segment
         WHERE t.impl = 'amd' AND t.what = 'command-error' AND t.event1 >> 28 & 15 = 6 AND t.trust <> 'guest'
         GROUP BY 1, 2) AS f ON f.boot = i.boot AND f.device = i.device
  JOIN iommu_trouble AS t ON t.id = f.first
  JOIN (SELECT 'table-error' AS clue UNION ALL SELECT 'says-so') AS x
 WHERE i.kind = 'iommu-trouble' AND i.impl = 'amd';

-- cause     memory-ecc
-- title     The machine's memory has errors that cannot be corrected
-- explain   What was read from memory was wrong, and the check bits could not mend it. A device that reads there gets an error or poisoned data, so its
--        |  DMA fails although every address and every mapping is right. An error that was corrected breaks nothing.
-- remedy    Find the module by the labels of EDAC, or of the firmware's log, and replace it; test the memory.
-- refs      linux drivers/edac/edac_mc.c, linux arch/x86/kernel/cpu/mce/core.c, xen/arch/x86/cpu/mcheck/mce.c
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind = 'memory-error'
-- trigger   uncorrected    an error was not corrected
-- trigger   failed-dma     DMA failed at about that time, or at that place
-- decides   memory-itself  the memory controller, the firmware or a processor reports it of memory | kind: message
-- decides   fetch-failed   an IOMMU could not read from that very page | kind: address
-- supports  given-up       the kernel gave up a page for it | kind: message
-- supports  same-page      the refused address lies in that very page | kind: address
-- supports  same-time      the error came within a second of it | kind: time
-- excludes  no-memory      the processor reports an error of its own, not of memory

SELECT i.id AS subject, NULL AS "case", 'uncorrected' AS clue, printf('%s: %d error%s not corrected', i.device, i.n, CASE i.n WHEN 1 THEN '' ELSE 's' END) AS says,
       i.first_capture AS capture, i.first_line AS line, i.n AS n
  FROM incident AS i
 WHERE i.kind = 'memory-error'

-- Machine checks: codes 0000 0000 1MMM CCCC are of a memory controller; caches, buses and the processor's own parts have others.
UNION ALL
SELECT i.id, NULL, CASE WHEN m.dev = 'pages given up' THEN 'given-up' WHEN m.bits IS NULL OR m.bits & 0xef80 = 0x80 THEN 'memory-itself' ELSE 'no-memory' END,
       CASE WHEN m.page IS NOT NULL THEN printf('page %#x', m.page) WHEN m.bits IS NULL THEN 'its place is not told' ELSE printf('code %#06x', m.bits & 0xffff) END,
       m.capture, m.line, i.n
  FROM incident AS i
  JOIN v_memory_error AS m ON m.capture = i.first_capture AND m.line = i.first_line AND m.fatal
 WHERE i.kind = 'memory-error'

UNION ALL
SELECT c.incident, c.id, x.clue, CASE x.clue WHEN 'failed-dma' THEN printf('%s refused %#x', c.device, c.iova) ELSE printf('page %#x has an error', m.page) END,
       CASE x.clue WHEN 'failed-dma' THEN c.capture ELSE m.capture END, CASE x.clue WHEN 'failed-dma' THEN c.line ELSE m.line END, c.n
  FROM fault_case AS c
  JOIN boot_model AS b ON b.boot = c.boot AND b.model IN ('M1', 'M3')
  JOIN v_memory_error AS m ON m.boot = c.boot AND m.page = c.page AND m.fatal
  JOIN (SELECT 'failed-dma' AS clue UNION ALL SELECT 'same-page' UNION ALL SELECT 'fetch-failed') AS x
 WHERE (x.clue <> 'fetch-failed' OR c.kind = 'external-abort')
   AND NOT EXISTS (SELECT 1 FROM fault_place AS p WHERE p."case" = c.id AND p.class = 'moved')

UNION ALL
SELECT i.id, NULL, x.clue, CASE x.clue WHEN 'failed-dma' THEN printf('%s reported failed DMA', d.dev) ELSE printf('%s: an error that was not corrected', m.dev) END,
       CASE x.clue WHEN 'failed-dma' THEN d.capture ELSE m.capture END, CASE x.clue WHEN 'failed-dma' THEN d.line ELSE m.line END, i.n
  FROM incident AS i
  JOIN device_error AS d ON d.capture = i.first_capture AND d.line = i.first_line
  JOIN clock AS k ON k.id = d.clock
  JOIN (SELECT * FROM v_memory_error WHERE fatal LIMIT 256) AS m ON m.boot = i.boot
                          AND m.base_hi - (d.t_lo + k.offset_lo) <= 1000000000 AND d.t_hi + k.offset_hi - m.base_lo <= 1000000000
  JOIN (SELECT 'failed-dma' AS clue UNION ALL SELECT 'same-time') AS x
 WHERE i.kind = 'device-error';

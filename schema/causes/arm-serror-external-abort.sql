-- cause     arm-serror-external-abort
-- title     A processor's own access ended in a bus error
-- explain   The processor, not a device, was told by the bus that an access failed: registers of a device whose clock or power is off, an address where nothing
--        |  answers, a memory error. An SError comes late, so the place where the kernel was then need not be the place that made the access. An SMMU
--        |  does not report the DMA that it refuses in this way. That it was a bus error is certain; whose stays open.
-- remedy    Check clocks, resets and power domains of the device whose driver ran last, and the ranges of registers in the device tree. For an access to a
--        |  PCIe device, check that its link is up.
-- refs      linux arch/arm64/kernel/traps.c arm64_serror_panic(), linux arch/arm64/mm/fault.c do_sea(), xen/arch/arm/traps.c do_trap_hyp_serror()
-- about     incident
-- kind      state
-- when      SELECT 1 FROM crash WHERE what IN ('serror', 'abort', 'oops')
-- trigger   bus-error     the processor reports a bus error
-- decides   serror        it is an SError | kind: message
-- decides   synchronous   it is a synchronous external abort | kind: message
-- supports  imprecise     it is an asynchronous abort of a 32-bit kernel | kind: message
-- excludes  memory        memory errors that were not corrected were reported: they are the source

SELECT i.id AS subject, NULL AS "case", x.clue,
       CASE x.clue WHEN 'synchronous' THEN 'the access itself was answered with an error' WHEN 'serror' THEN 'the error was told after the fact'
                   WHEN 'imprecise' THEN 'the error was told after the fact' ELSE e.says END AS says, e.capture, e.line, e.n
  FROM incident AS i
  JOIN (SELECT g.boot, c.by, c.capture, min(c.line) AS line, count(*) AS n,
               CASE WHEN c.what = 'serror' THEN 'SError' ELSE 'external abort' END AS says,
               CASE WHEN c.what = 'serror' THEN 'serror' WHEN c.says LIKE '%imprecise%' OR c.says LIKE '%asynchronous%' THEN 'imprecise' ELSE 'synchronous' END AS how
          FROM crash AS c
          JOIN segment AS g ON g.id = c.segment
         WHERE c.trust <> 'guest' AND c.speaker IN ('xen', 'host', 'unknown')
           AND (c.what = 'serror' OR c.what IN ('abort', 'oops') AND (c.says LIKE '%external abort%' OR c.says LIKE '%synchronous abort%'))
         GROUP BY g.boot, c.by) AS e ON e.boot = i.boot AND e.by = i.impl
  JOIN (SELECT 'bus-error' AS clue UNION ALL SELECT 'serror' UNION ALL SELECT 'synchronous' UNION ALL SELECT 'imprecise') AS x ON x.clue IN ('bus-error', e.how)
 WHERE i.kind = 'crash'

UNION ALL
SELECT i.id, NULL, 'memory', printf('%s: %d error%s not corrected', m.device, m.n, CASE m.n WHEN 1 THEN '' ELSE 's' END), m.first_capture, m.first_line, i.n
  FROM incident AS i
  JOIN incident AS m ON m.boot = i.boot AND m.kind = 'memory-error'
 WHERE i.kind = 'crash';

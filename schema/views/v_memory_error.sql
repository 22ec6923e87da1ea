-- when named
-- Errors of memory and of processors: EDAC, machine checks, records of the firmware; fatal is 1 where the error was not corrected.
CREATE VIEW v_memory_error AS
SELECT g.boot, e.capture, e.line, e.speaker, e.trust, e.t_lo + k.offset_lo AS base_lo, e.t_hi + k.offset_hi AS base_hi,
       CASE e.what WHEN 'corrected' THEN 0 WHEN 'uncorrected' THEN 1 WHEN 'given-up' THEN 1 ELSE e.status_bits >> 61 & 1 END AS fatal,
       -- A controller that does not tell says page 0.
       ifnull(e.addr >> 12, nullif(e.page, 0)) AS page, e.status_bits AS bits, ifnull(e.addr, nullif(e.page, 0) << 12 | e.in_page) AS addr, ifnull(e.count, 1) AS n,
       CASE WHEN e.what = 'given-up' THEN 'pages given up' WHEN e.nr IS NOT NULL THEN 'memory controller ' || e.nr WHEN e.cpu IS NOT NULL THEN 'processor ' || e.cpu
            WHEN e.bank IS NOT NULL THEN 'a processor, bank ' || e.bank ELSE 'memory' END AS dev
  FROM memory_error AS e
  JOIN segment AS g ON g.id = e.segment AND g.boot IS NOT NULL
  LEFT JOIN clock AS k ON k.id = e.clock
 WHERE e.trust <> 'guest' AND e.speaker IN ('xen', 'host', 'unknown')
UNION ALL
SELECT g.boot, p.capture, p.line, p.speaker, p.trust, p.t_lo + k.offset_lo, p.t_hi + k.offset_hi, ifnull(p.severity, '') <> 'corrected',
       p.pa >> 12, NULL, p.pa, 1, ifnull(p.fru, 'memory')
  FROM pci_error AS p
  JOIN segment AS g ON g.id = p.segment AND g.boot IS NOT NULL
  LEFT JOIN clock AS k ON k.id = p.clock
 WHERE p.section = 'memory' AND p.trust <> 'guest' AND p.speaker IN ('host', 'unknown') AND ifnull(p.severity, '') <> 'info';

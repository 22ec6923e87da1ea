-- when named
-- Stable: places in code that the captures name, by address, by symbol or by both; and whose code it is: xen, linux or a guest's.
CREATE VIEW v_frame AS
SELECT g.boot, f.capture, f.line, f.by, f.addr, f.how,
       CASE WHEN instr(f.modules, ' ') > 0 THEN substr(f.modules, 1, instr(f.modules, ' ') - 1) ELSE f.modules END AS module,
       CASE WHEN instr(f.modules, ' ') > 0 THEN substr(f.modules, instr(f.modules, ' ') + 1) END AS build_id,
       CASE WHEN instr(f.symbol, '#') > 0 THEN substr(f.symbol, instr(f.symbol, '#') + 1) ELSE f.symbol END AS symbol,
       f.symbol_at, f.symbol_size
  FROM stack_frame AS f
  JOIN segment AS g ON g.id = f.segment
 WHERE f.trust <> 'guest'
UNION ALL
-- What Xen shows of a processor: its own code, or that of the domain that ran there.
SELECT g.boot, n.capture, n.line,
       CASE WHEN n.mode LIKE 'hypervisor%' OR (n.mode LIKE '%(Hypervisor%') THEN 'xen'
            WHEN n.domain = 0 THEN 'linux' ELSE 'guest' END,
       n.pc, 'PC', NULL, NULL,
       CASE WHEN instr(n.symbol, '#') > 0 THEN substr(n.symbol, instr(n.symbol, '#') + 1)
            ELSE n.symbol END,
       n.symbol_at, n.symbol_size
  FROM cpu_state AS n
  JOIN segment AS g ON g.id = n.segment
 WHERE n.pc IS NOT NULL AND n.trust <> 'guest';

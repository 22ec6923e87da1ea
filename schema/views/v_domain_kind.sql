-- when named
-- What kind of guest each domain is (pv, hvm, pvh), by the first line that tells: xl list -l, or the assistance that debug key q shows, of which some
-- is for PV guests only (writable page tables, extended CR3).
CREATE VIEW v_domain_kind AS
SELECT x.boot, x.domain, x.kind, min(x.place) >> 40 AS capture, min(x.place) & 0xffffffffff AS line
  FROM (SELECT c.boot, c.domain, c.type AS kind, c.capture << 40 | c.line AS place
          FROM domain_config AS c
         WHERE c.type IN ('pv', 'hvm', 'pvh')
        UNION ALL
        SELECT g.boot, CAST(substr(n.fields, instr(n.fields, '"domain":') + 9) AS INTEGER), 'pv', n.capture << 40 | n.line
          FROM note AS n
          JOIN message AS m ON m.id = n.message AND m.name = 'xen.domain.handle'
          JOIN segment AS g ON g.id = n.segment AND g.boot IS NOT NULL
         WHERE n.trust <> 'guest' AND CAST(substr(n.fields, instr(n.fields, '"vm_assist":') + 12) AS INTEGER) & 0xc) AS x
 GROUP BY x.boot, x.domain;

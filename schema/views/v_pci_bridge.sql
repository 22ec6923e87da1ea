-- when named
-- Bridges and the buses behind them, of lspci -vv and of the tree of lspci -t.  The bus that a bridge of the tree is on: that of the bridge
-- whose buses are the nearest around its own, else the root's.
CREATE VIEW v_pci_bridge AS
SELECT x.capture, x.line, x.boot, x.bdf, x.bus_first, x.bus_last, x.is_express, x.port_kind
  FROM (
WITH RECURSIVE piece (capture, line, boot, before, rest) AS (
  -- "…-1c.0-[02-03]----00.0-[03]--": what stands before each "-[", and behind it
  SELECT t.capture, t.line, g.boot, '', t.text
    FROM listing_line AS t
    JOIN segment AS g ON g.id = t.segment
   WHERE t.what = 'lspci-t' AND t.trust <> 'guest' AND length(t.text) < 1000
  UNION ALL
  SELECT p.capture, p.line, p.boot, substr(p.rest, 1, instr(p.rest, '-[') - 1), substr(p.rest, instr(p.rest, '-[') + 2)
    FROM piece AS p
   WHERE instr(p.rest, '-[') > 0),
root AS (
  -- Two digits make 16 * (n - 1) + m - 1.
  SELECT r.capture, r.line, r.pci_segment, 16 * instr('0123456789abcdef', lower(substr(r.bus, 1, 1))) + instr('0123456789abcdef', lower(substr(r.bus, 2, 1))) - 17 AS bus
    FROM (SELECT p.capture, p.line, substr(p.rest, 1, instr(p.rest, ':') - 1) AS pci_segment, substr(p.rest, instr(p.rest, ':') + 1, 2) AS bus
            FROM piece AS p
           WHERE p.rest GLOB '[0-9a-f][0-9a-f][0-9a-f][0-9a-f]*:[0-9a-f][0-9a-f]*]*' AND instr(p.rest, ':') BETWEEN 5 AND 9) AS r),
tree AS (
  SELECT b.capture, b.line, b.boot, b.devfn,
         16 * instr('0123456789abcdef', lower(substr(b.first, 1, 1))) + instr('0123456789abcdef', lower(substr(b.first, 2, 1))) - 17 AS bus_first,
         16 * instr('0123456789abcdef', lower(substr(b.last, 1, 1))) + instr('0123456789abcdef', lower(substr(b.last, 2, 1))) - 17 AS bus_last,
         (SELECT max(r.line << 8 | r.bus) FROM root AS r WHERE r.capture = b.capture AND r.line <= b.line) AS root
    FROM (SELECT p.capture, p.line, p.boot, substr(p.before, -4) AS devfn, substr(p.rest, 1, 2) AS first,
                 CASE WHEN substr(p.rest, 3, 1) = '-' THEN substr(p.rest, 4, 2) ELSE substr(p.rest, 1, 2) END AS last
            FROM piece AS p
           WHERE p.before GLOB '*[0-9a-f][0-9a-f].[0-7]'
             AND (p.rest GLOB '[0-9a-f][0-9a-f]]*' OR p.rest GLOB '[0-9a-f][0-9a-f]-[0-9a-f][0-9a-f]]*')) AS b),
bridge AS (
  SELECT t.capture, t.line, t.boot, t.devfn, t.bus_first, t.bus_last,
         (SELECT r.pci_segment FROM root AS r WHERE r.capture = t.capture AND r.line = t.root >> 8) AS pci_segment,
         ifnull((SELECT max(o.bus_first) FROM tree AS o
                  WHERE o.capture = t.capture AND o.root = t.root AND o.bus_first < t.bus_first AND o.bus_last >= t.bus_last),
                t.root & 255) AS bus
    FROM tree AS t
   WHERE t.root IS NOT NULL)
SELECT b.capture, b.line, b.boot, printf('%s:%02x:%s', b.pci_segment, b.bus, b.devfn) AS bdf, b.bus_first, b.bus_last, NULL AS is_express,
       NULL AS port_kind
  FROM bridge AS b
UNION ALL
SELECT d.capture, d.line, d.boot, d.bdf, d.bus_first, d.bus_last, d.is_express, d.port_kind
  FROM v_pci_device AS d
 WHERE d.bus_first > 0 AND d.bus_last >= d.bus_first) AS x;

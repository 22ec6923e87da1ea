-- The Xen version of each boot, taken apart: 4.14.1-xilinx is branch 4.14, patch 1, suffix -xilinx.
CREATE VIEW v_xen_version AS
SELECT v.boot, v.value AS text, v.capture, v.line, v.told,
       CAST(v.value AS INTEGER) || '.' || CAST(v.rest AS INTEGER) AS branch,
       CASE WHEN instr(v.rest, '.') > 0 AND substr(v.rest, instr(v.rest, '.') + 1, 1) BETWEEN '0' AND '9'
            THEN CAST(substr(v.rest, instr(v.rest, '.') + 1) AS INTEGER) END AS patch,
       ltrim(v.value, '0123456789.') AS suffix
  FROM (SELECT f.*, substr(f.value, instr(f.value, '.') + 1) AS rest
          FROM v_fact AS f
         WHERE f.name = 'xen.version') AS v;

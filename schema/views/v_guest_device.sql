-- when named
-- PCI devices of guests: which was given to which domain, and the line that tells; what a device of another domain now had before counts, too.
CREATE VIEW v_guest_device AS
SELECT x.boot, x.bdf, x.domain, min(x.place) >> 40 AS capture, min(x.place) & 0xffffffffff AS line
  FROM (SELECT g.boot, a.bdf, a.domain, a.capture << 40 | a.line AS place
          FROM assignment AS a
          JOIN segment AS g ON g.id = a.segment AND g.boot IS NOT NULL
         WHERE a.what IN ('mapped', 'assigned', 'listed') AND a.bdf IS NOT NULL AND a.domain BETWEEN 1 AND 32751 AND a.trust <> 'guest'
        UNION ALL
        SELECT d.boot, d.bdf, d.domain, d.capture << 40 | d.line
          FROM domain_device AS d
         WHERE d.bdf IS NOT NULL AND d.domain BETWEEN 1 AND 32751) AS x
 GROUP BY x.boot, x.bdf, x.domain;

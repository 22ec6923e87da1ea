-- when named
-- The IOMMU that refused the accesses of a case, as the trees of its boot name it: by path, by bus name, or by the last part of its path.
CREATE VIEW v_dt_case AS
SELECT c.id AS "case", u.capture, u.by_xen, n.line, n.path, count(*) OVER (PARTITION BY c.id) AS trees
  FROM (SELECT f.id, f.boot, substr(f.device, 1, instr(f.device, ' ') - 1) AS instance FROM fault_case AS f WHERE f.impl IN ('smmuv2-global', 'smmuv3')) AS c
  JOIN tree_use AS u ON u.boot = c.boot AND NOT u.other
  JOIN tree_node AS n ON n.capture = u.capture AND n.kind = 'iommu'
   AND (n.path = c.instance OR n.dev = c.instance
        OR c.instance LIKE '/%@%' AND replace(n.path, rtrim(n.path, replace(n.path, '/', '')), '')
                                    = replace(c.instance, rtrim(c.instance, replace(c.instance, '/', '')), ''));

-- when named
-- What the trees of each boot say of each device, where they agree: behind an IOMMU (yes, no), or unknown.
CREATE VIEW v_dt_boot AS
SELECT u.boot, d.dev, min(d.path) AS path,
       -- What Xen made for a domain, or what cannot be told, does not contradict another tree.
       CASE WHEN total(d.behind = 'yes') AND total(d.behind = 'no') THEN 'unknown'
            WHEN total(d.behind = 'yes') THEN 'yes'
            WHEN total(d.behind = 'unknown' AND NOT u.by_xen) THEN 'unknown'
            WHEN total(d.behind = 'no') THEN 'no'
            ELSE 'unknown' END AS behind,
       min(u.proven) AS proven, substr(min((d.behind = 'unknown') || d.says), 2) AS says,
       min((d.behind = 'unknown') << 60 | d.capture << 40 | d.line) >> 40 & 0xfffff AS capture,
       min((d.behind = 'unknown') << 60 | d.capture << 40 | d.line) & 0xffffffffff AS line
  FROM tree_use AS u
  JOIN tree_device AS d ON d.capture = u.capture
 WHERE NOT u.other
 GROUP BY u.boot, d.dev;

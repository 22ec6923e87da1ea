-- when named
-- IOMMUs that each device is behind, by the names of the device that messages use; instance as messages of Xen (a path) and of Linux (a bus name) have it.
CREATE VIEW v_device_iommu AS
SELECT b.boot, n.name AS dev, ifnull(i.name, b.other) AS instance, b.stream, b.mask, b.count, b.capture, b.line
  FROM identity AS b
  JOIN (SELECT boot, name, name AS path FROM identity WHERE how = 'behind'
        UNION
        SELECT boot, name, other FROM identity WHERE how = 'is') AS n ON n.boot = b.boot AND n.path = b.name
  LEFT JOIN (SELECT boot, other, name FROM identity WHERE how = 'is'
             UNION
             SELECT boot, other, other FROM identity WHERE how = 'is'
             -- Trees of other makers have the same node elsewhere: the last part of its path, with its address.
             UNION
             SELECT boot, other, '/' || replace(other, rtrim(other, replace(other, '/', '')), '') FROM identity WHERE how = 'is' AND other LIKE '/%/%@%') AS i ON i.boot = b.boot AND i.other = b.other
 WHERE b.how = 'behind';

-- For each boot and change of Xen: affected, fixed, before, or unknown (a branch or a release that nobody looked at, or newer than the tables).
CREATE VIEW v_xen_change AS
SELECT c.boot, c.change, x.version, x.suffix, x.capture, x.line, x.told, c.state, c.fix, x.branch, x.patch, x.beyond, c.good
  FROM boot_change AS c
  JOIN boot_release AS x ON x.product = c.product AND x.boot = c.boot
 WHERE c.product = 'xen';

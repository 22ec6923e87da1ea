-- For each boot and change of the host's Linux: affected, fixed, before, or unknown, by the numbers of its release; a vendor's may differ (suffix).
CREATE VIEW v_linux_change AS
SELECT c.boot, c.change, x.version, x.suffix, x.capture, x.line, x.told, c.state, c.fix, x.branch, x.patch, x.beyond, c.good
  FROM boot_change AS c
  JOIN boot_release AS x ON x.product = c.product AND x.boot = c.boot
 WHERE c.product = 'linux';

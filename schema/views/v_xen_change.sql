-- For each boot and change of Xen: affected, fixed, before, or unknown (a branch or a release that nobody looked at, or newer than the tables).
CREATE VIEW v_xen_change AS
SELECT c.boot, c.change, c.version, c.suffix, c.capture, c.line, c.told, c.state, c.fix, c.branch, c.patch, c.beyond, c.good
  FROM boot_change AS c
 WHERE c.product = 'xen';

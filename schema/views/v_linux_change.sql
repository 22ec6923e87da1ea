-- when named
-- For each boot and change of the host's Linux: affected, fixed, before, or unknown, by the numbers of its release; a vendor's may differ (suffix).
CREATE VIEW v_linux_change AS
SELECT c.boot, c.change, c.version, c.suffix, c.capture, c.line, c.told, c.state, c.fix, c.branch, c.patch, c.beyond, c.good
  FROM boot_change AS c
 WHERE c.product = 'linux';

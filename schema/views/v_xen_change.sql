-- For each boot and change: affected, fixed, before, or unknown (a branch or a release that nobody looked at).
CREATE VIEW v_xen_change AS
SELECT c.boot, c.change, c.version, c.suffix, c.capture, c.line, c.told, c.state, c.fix
  FROM xen_change AS c;

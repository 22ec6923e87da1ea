-- The Xen version of each boot, taken apart: 4.14.1-xilinx is branch 4.14, patch 1, suffix -xilinx.
CREATE VIEW v_xen_version AS
SELECT x.boot, x.version AS text, x.capture, x.line, x.told, x.branch, x.patch, x.suffix
  FROM boot_release AS x
 WHERE x.product = 'xen';

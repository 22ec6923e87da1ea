-- What an address in a fault means, where the captures tell: M1 (Arm, dom0 mapped 1:1) and M3 (x86, PV dom0): a machine address; M2 (Arm, dom0 not mapped
-- 1:1) and M4 (x86, PVH dom0): an address of dom0's own; M5 (no Xen, Linux translates): a number that Linux's allocator gave out, which says nothing of a
-- place; M6 (no Xen, devices pass by default): a machine address, but for devices that Linux or VFIO translates all the same.
CREATE VIEW v_model AS
SELECT m.boot, m.model
  FROM boot_model AS m;

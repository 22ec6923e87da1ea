-- What an address in a fault means, where the captures tell: M1 (Arm, dom0 mapped 1:1) or M3 (x86, PV dom0).
CREATE VIEW v_model AS
SELECT m.boot, m.model
  FROM boot_model AS m;

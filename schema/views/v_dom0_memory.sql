-- Whether the printed banks of a 1:1 dom0 add up to what Xen says it allocated: a lost line would make its own pages look foreign.
CREATE VIEW v_dom0_memory AS
SELECT d.boot, d.capture, d.line, d.mb, d.bank_mb, d.ram_ranges
  FROM dom0_memory AS d;

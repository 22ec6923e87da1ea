-- when named
-- PCI devices as lspci shows them, registers taken apart: 1 is set, 0 is not, NULL was not printed.
CREATE VIEW v_pci_device AS
SELECT d.capture, d.line, g.boot, d.bdf, substr(d.bdf, 1, length(d.bdf) - 8) AS pci_segment,
       -- Two digits make 16 * (n - 1) + m - 1.
       16 * instr('0123456789abcdef', lower(substr(d.bdf, -7, 1))) + instr('0123456789abcdef', lower(substr(d.bdf, -6, 1))) - 17 AS on_bus,
       256 * (16 * instr('0123456789abcdef', lower(substr(d.bdf, -7, 1))) + instr('0123456789abcdef', lower(substr(d.bdf, -6, 1))) - 17)
       + 8 * (16 * instr('0123456789abcdef', lower(substr(d.bdf, -4, 1))) + instr('0123456789abcdef', lower(substr(d.bdf, -3, 1))) - 17)
       + CAST(substr(d.bdf, -1) AS INTEGER) AS requester,
       d.class, d.class_code, d.vendor, d.vendor_id, d.device_id, d.rev, d.driver, d."group", d.numa,
       CASE WHEN d.control LIKE '%BusMaster+%' THEN 1 WHEN d.control LIKE '%BusMaster-%' THEN 0 END AS bus_master,
       CASE WHEN d.pci_state LIKE '%<MAbort+%' THEN 1 WHEN d.pci_state LIKE '%<MAbort-%' THEN 0 END AS master_abort,
       CASE WHEN d.pci_state LIKE '%<TAbort+%' THEN 1 WHEN d.pci_state LIKE '%<TAbort-%' THEN 0 END AS target_abort,
       CASE WHEN d.express_at IS NOT NULL THEN 1 WHEN d.pci_state LIKE 'Cap-%' THEN 0 END AS is_express,
       -- "(v2) Root Port (Slot+), MSI 00" is a Root Port.
       CASE WHEN d.port_kind LIKE '(v%' THEN substr(d.port_kind, instr(d.port_kind, ') ') + 2) ELSE d.port_kind END AS port_kind,
       d.bus_first, d.bus_last, d.max_payload, d.link_status, d.dev_status, d.ue_status, d.ce_status, d.acs
  FROM pci_device AS d
  JOIN segment AS g ON g.id = d.segment
 WHERE d.trust <> 'guest';

-- decoder  tlp
-- title    TLP header of a PCIe error report, as AER prints it: 3 or 4 words
-- insert   pci_error dw0 dw1 dw2 dw3
-- set      kind=aer

SELECT p.tlp AS type, p.header, p.requester, p.tag, p.completer, p.completion, p.target, p.target_register AS "target register",
       CASE WHEN p.address IS NULL THEN NULL ELSE printf('0x%x', p.address) END AS address,
       p.address_bits || ' bits' AS "address is", p.address_type AS "address type", p.length_dw AS "length dw",
       CASE p.poisoned WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END AS poisoned, p.msg AS message
  FROM v_pci_error AS p;

-- cause     aer-injected
-- title     The PCIe error was feigned by a test
-- explain   Somebody asked the kernel to behave as if the device had reported this error (aer_inject). No hardware failed. What the recovery
--        |  made of it (a reset, a hang, a crash of a driver) is a matter of software.
-- remedy    None for the hardware. If the driver or the kernel did not come through the recovery, report that as a bug of its own.
-- refs      linux drivers/pci/pcie/aer_inject.c
-- about     incident
-- kind      root
-- refines   aer-correctable-storm
-- when      SELECT 1 FROM pci_event WHERE what = 'injected'
-- trigger   error     a device reported an error of PCIe
-- decides   injected  the kernel was told to feign that error of that device, less than a second before | kind: message
-- caps      others    other errors of that device came without an injection | of: injected

SELECT c.incident AS subject, c.id AS "case", 'error' AS clue, printf('%s: %s error, bits %#x', c.bdf, ifnull(c.severity, 'an'), ifnull(c.bits, 0)) AS says,
       c.capture, c.line, c.n
  FROM pci_case AS c
 WHERE c.injected IS NOT NULL

UNION ALL
SELECT c.incident, c.id, 'injected', printf('aer_inject: corrected bits %#x, uncorrected bits %#x, into %s', v.cor_status, v.status, v.source), v.capture, v.line, c.n
  FROM pci_case AS c
  JOIN pci_event AS v ON v.id = c.injected

UNION ALL
SELECT c.incident, c.id, 'others', printf('%s: %s error without an injection', o.bdf, ifnull(o.severity, 'an')), o.capture, o.line, c.n
  FROM pci_case AS c
  JOIN (SELECT o.incident, min(o.id) AS first FROM pci_case AS o WHERE o.injected IS NULL GROUP BY o.incident) AS x ON x.incident = c.incident
  JOIN pci_case AS o ON o.id = x.first
 WHERE c.injected IS NOT NULL;

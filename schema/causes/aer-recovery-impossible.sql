-- cause     aer-recovery-impossible
-- title     A driver cannot recover its device from PCIe errors
-- explain   After an uncorrectable error the kernel asks the drivers of all devices below the port to help recovering; a driver there cannot, so the
--        |  recovery failed and the device was left as it was. Status bits of the error may still stand there: a later report can name
--        |  the wrong device or the wrong error.
-- remedy    Update the kernel or the driver; until then take the device away and find it anew (remove and rescan), or restart, before later reports
--        |  are believed.
-- refs      linux drivers/pci/pcie/err.c pcie_do_recovery(), report_error_detected()
-- about     boot
-- kind      noise
-- when      SELECT 1 FROM pci_event WHERE what IN ('cannot-recover', 'recovery-failed')
-- trigger   recovery-failed  a recovery failed
-- decides   no-callback      a driver cannot take part in it | kind: message
-- supports  no-reset         the reset that it needs failed | kind: message

SELECT x.boot AS subject, x.port AS "case", 'recovery-failed' AS clue,
       CASE v.what WHEN 'cannot-recover' THEN printf('%s cannot recover', v.bdf) ELSE printf('%s: the recovery failed', v.bdf) END AS says, v.capture, v.line, x.n
  FROM (SELECT g.boot, 0 AS port, max(CASE v.what WHEN 'recovery-failed' THEN v.id END) AS failed, min(v.id) AS first, count(*) AS n
          FROM pci_event AS v
          JOIN segment AS g ON g.id = v.segment AND g.boot IS NOT NULL
         WHERE v.what IN ('cannot-recover', 'recovery-failed') AND v.trust <> 'guest'
         GROUP BY g.boot) AS x
  JOIN pci_event AS v ON v.id = ifnull(x.failed, x.first)

UNION ALL
SELECT x.boot, 0, CASE v.what WHEN 'reset-failed' THEN 'no-reset' ELSE 'no-callback' END,
       CASE v.what WHEN 'reset-failed' THEN printf('%s: the reset below it failed', v.bdf) ELSE printf('%s (%s): no error_detected callback', v.bdf, v.driver) END,
       v.capture, v.line, x.n
  FROM (SELECT g.boot, v.what, min(v.id) AS first, count(*) AS n
          FROM pci_event AS v
          JOIN segment AS g ON g.id = v.segment AND g.boot IS NOT NULL
         WHERE (v.what = 'cannot-recover' AND v.says IS NOT NULL OR v.what = 'reset-failed') AND v.trust <> 'guest'
         GROUP BY g.boot, v.what) AS x
  JOIN pci_event AS v ON v.id = x.first;

-- What to say where nothing was found.
CREATE VIEW v_nothing AS
SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM capture WHERE lines > 0) THEN 'Nothing was read.'
            WHEN NOT EXISTS (SELECT 1 FROM capture WHERE matched > 0)
            THEN 'Nothing in these captures was recognised, so nothing can be said of them.'
            WHEN EXISTS (SELECT 1 FROM pci_error WHERE trust <> 'guest')
            THEN (SELECT printf('No failed DMA was found in these captures, but %d report%s of PCIe errors: see v_pci_error (faultline query).', count(*),
                                CASE count(*) WHEN 1 THEN '' ELSE 's' END)
                    FROM pci_error WHERE trust <> 'guest')
            ELSE 'No failed DMA was found in these captures.' END AS says
  FROM (SELECT 1);

-- cause     cmdline-option-typo
-- title     Xen did not take an option of its command line that matters for DMA
-- explain   The option is misspelt, has a value that Xen does not take, or is one that this release does not know. Xen went on without it: what
--        |  it was meant to limit, allow or show is not in force.
-- remedy    Correct the option (docs/misc/xen-command-line of the release that runs). Xen prints the refusal before the serial console is up:
--        |  look for it in xl dmesg after the next boot, too.
-- refs      xen/common/kernel.c _cmdline_parse()
-- about     boot
-- kind      state
-- when      SELECT 1 FROM fact WHERE name IN ('xen.bad_option', 'xen.unknown_option')
-- trigger   refused   Xen refused an option of its command line
-- decides   matters   the option has to do with DMA, IOMMUs, grants, or what Xen prints of them | kind: message
-- excludes  other     it has to do with something else

SELECT g.boot AS subject, f.id AS "case", x.clue, f.value || CASE f.name WHEN 'xen.bad_option' THEN ': its value was refused' ELSE ': not known to this Xen' END AS says,
       f.capture, f.line, 1 AS n
  FROM fact AS f
  JOIN segment AS g ON g.id = f.segment AND g.boot IS NOT NULL
  JOIN (SELECT 'refused' AS clue UNION ALL SELECT 'matters' UNION ALL SELECT 'other') AS x
 WHERE f.name IN ('xen.bad_option', 'xen.unknown_option') AND f.speaker = 'xen' AND f.trust <> 'guest'
   AND (x.clue = 'refused'
        OR (x.clue = 'matters') = (f.value LIKE '%iommu%' OR f.value LIKE '%gnt%' OR f.value LIKE 'rmrr%' OR f.value LIKE 'ivmd%' OR f.value LIKE 'ivrs%'
                                   OR f.value LIKE '%loglvl%' OR f.value LIKE '%phantom%' OR f.value LIKE '%swiotlb%' OR f.value LIKE 'conring%'
                                   OR f.value LIKE 'dom0%' OR f.value LIKE 'pci%'));

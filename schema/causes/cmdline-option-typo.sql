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
-- excludes  too-old   the option is spelled well, and this Xen is too old for it

SELECT f.boot AS subject, f.capture << 32 | f.line AS "case", x.clue, f.option || CASE WHEN f.unknown THEN ': not known to this Xen' ELSE ': its value was refused' END AS says,
       f.capture, f.line, 1 AS n
  FROM v_option_refused AS f
  JOIN (SELECT 'refused' AS clue UNION ALL SELECT 'matters' UNION ALL SELECT 'other') AS x
 WHERE x.clue = 'refused'
    OR (x.clue = 'matters') = (f.option LIKE '%iommu%' OR f.option LIKE '%gnt%' OR f.option LIKE 'rmrr%' OR f.option LIKE 'ivmd%' OR f.option LIKE 'ivrs%'
                               OR f.option LIKE '%loglvl%' OR f.option LIKE '%phantom%' OR f.option LIKE '%swiotlb%' OR f.option LIKE 'conring%'
                               OR f.option LIKE 'dom0%' OR f.option LIKE 'pci%'
                               -- A letter too few, or two of them changed.
                               OR f.option LIKE 'i%mmu%' OR f.option LIKE 'io%mu%' OR f.option LIKE 'iomm%' OR f.option LIKE '%ommu%' OR f.option LIKE 'g%ttab%'
                               OR f.option LIKE 'gn%tab%' OR f.option LIKE '%logl%' OR f.option LIKE '%log%lvl%' OR f.option LIKE 'rmr%' OR f.option LIKE 'rrm%' OR f.option LIKE 'ivm%')

-- Only gnttab= came with a release that some still run: see gnttab-option-lost.
UNION ALL
SELECT f.boot, f.capture << 32 | f.line, 'too-old', 'gnttab is what the option is called', f.capture, f.line, 1
  FROM v_option_refused AS f
 WHERE f.option = 'gnttab' AND f.unknown;

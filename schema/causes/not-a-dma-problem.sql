-- cause     not-a-dma-problem
-- title     Something failed here, and nothing of it is DMA
-- explain   The kernel or Xen failed in code that has nothing to do with DMA, and no line of this power-on tells of a refused access, a failed mapping, a grant
--        |  or an error on a bus. There is nothing for this program to name.
-- remedy    Report it to those who maintain the code where it failed, with the whole trace.
-- refs      faultline docs/design.md
-- about     incident
-- kind      noise
-- closes    no cause is looked for: nothing of it is DMA
-- when      SELECT 1 FROM incident WHERE kind = 'crash'
-- trigger   crashed    the kernel or Xen failed
-- decides   elsewhere  it failed in code that has nothing to do with DMA | kind: message
-- excludes  named      a cause was found for it
-- excludes  dma-sign   something of DMA, of grants or of a bus failed in the same power-on

SELECT p.incident AS subject, p.incident AS "case", k.clue, printf('%s in %s', p.what, p.symbol) AS says, p.capture, p.line, 1 AS n
  FROM (SELECT p.incident, min(p.capture << 40 | p.line) AS place FROM crash_place AS p WHERE p.nr = 1 GROUP BY p.incident HAVING sum(p.part <> 'other') = 0) AS x
  JOIN crash_place AS p ON p.incident = x.incident AND p.nr = 1 AND p.capture << 40 | p.line = x.place
  JOIN (SELECT 'crashed' AS clue UNION ALL SELECT 'elsewhere') AS k

UNION ALL
SELECT i.id, i.id, k.clue, printf('%s line %d', c.src_file, c.src_line), c.capture, c.line, 1
  FROM incident AS i
  JOIN crash AS c ON c.capture = i.first_capture AND c.line = i.first_line AND c.by = 'xen' AND c.src_file IS NOT NULL
   AND c.src_file NOT LIKE '%grant%' AND c.src_file NOT LIKE '%iommu%' AND c.src_file NOT LIKE '%smmu%' AND c.src_file NOT LIKE '%passthrough%' AND c.src_file NOT LIKE '%vtd%'
   AND c.src_file NOT LIKE '%p2m%' AND c.src_file NOT LIKE '%mm.c' AND c.src_file NOT LIKE '%page%'
  JOIN (SELECT 'crashed' AS clue UNION ALL SELECT 'elsewhere') AS k
 WHERE i.kind = 'crash' AND i.impl = 'xen' AND i.n = 1

UNION ALL
SELECT v.subject, v.subject, 'named', v.cause, i.first_capture, i.first_line, 1
  FROM verdict AS v
  JOIN incident AS i ON i.id = v.subject AND i.kind = 'crash'
 WHERE v.about = 'incident' AND v.kind IN ('root', 'state') AND v.grade_rank <= 3

UNION ALL
SELECT i.id, i.id, 'dma-sign', printf('%s: %s', o.device, o.kind), o.first_capture, o.first_line, 1
  FROM incident AS i
  JOIN (SELECT o.boot, min(o.id) AS first FROM incident AS o WHERE o.kind NOT IN ('crash', 'stuck', 'pci-corrected', 'guest-abort') GROUP BY o.boot) AS x ON x.boot = i.boot
  JOIN incident AS o ON o.id = x.first
 WHERE i.kind = 'crash';

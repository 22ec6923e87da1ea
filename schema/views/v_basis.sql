-- when named
-- Lines that the verdicts of a boot rest on, whether or not a clue cites them: what started, what machine it is, its memory, the symptoms, and what a
-- trace or a dump of the grant tables says of the pages that were hit.  All other lines change no verdict (tests/groups/removal.sh).
CREATE VIEW v_basis AS
WITH hit (boot, page) AS (SELECT DISTINCT c.boot, c.page FROM fault_case AS c WHERE c.page IS NOT NULL)
-- Where a power-on, a capture or a kernel starts: nothing is joined across them.
SELECT g.boot, 'start' AS kind, g.capture, g.first_line AS line
  FROM segment AS g
UNION
SELECT g.boot, 'start', k.capture, k.line FROM kernel AS k JOIN segment AS g ON g.id = k.segment
UNION
-- What is known of the machine: what an address means hangs on it.
SELECT f.boot, 'machine', f.capture, f.line FROM known_fact AS f WHERE NOT f.told
UNION
-- Memory is known when all of it adds up.
SELECT g.boot, 'memory', r.capture, r.line FROM memory_range AS r JOIN segment AS g ON g.id = r.segment
UNION
-- And the line that heads such a list.
SELECT g.boot, 'memory', r.capture, r.line - 1
  FROM memory_range AS r
  JOIN segment AS g ON g.id = r.segment
 WHERE r.line > 1 AND (r.capture, r.line - 1) NOT IN (SELECT q.capture, q.line FROM memory_range AS q)
UNION
SELECT g.boot, 'memory', r.capture, r.line FROM allocation AS r JOIN segment AS g ON g.id = r.segment
UNION
SELECT g.boot, 'memory', n.capture, n.line FROM note AS n JOIN message AS m ON m.id = n.message AND m.name = 'xen.memory.e820' JOIN segment AS g ON g.id = n.segment
UNION
-- What is known to be at an address that was hit.
SELECT c.boot, 'place', p.capture, p.line FROM fault_place AS p JOIN fault_case AS c ON c.id = p."case"
UNION
-- That nothing came after is said only where the capture goes on.
SELECT g.boot, 'end', c.id, c.lines - x.n
  FROM segment AS g
  JOIN capture AS c ON c.id = g.capture
  JOIN (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) AS x ON x.n < c.lines
UNION
-- A dump of grant tables is whole from its first line to its last; of its rows those of the pages that were hit.
SELECT g.boot, 'dump', d.capture, d.line FROM grant_dump AS d JOIN segment AS g ON g.id = d.segment
UNION
SELECT g.boot, 'dump', s.capture, s.line
  FROM grant_snapshot AS s
  JOIN segment AS g ON g.id = s.segment
  JOIN hit AS h ON h.boot = g.boot AND h.page = s.frame
UNION
-- What began and ended a grant of a page that was hit, and what no line shows of it.
SELECT i.boot, 'grant', o.capture, o.line
  FROM grant_interval AS i
  JOIN grant_op AS o ON o.id IN (i.map_op, i.end_op)
 WHERE i.state = 'unknown' OR EXISTS (SELECT 1 FROM hit AS h WHERE h.boot = i.boot AND h.page = i.frame)
UNION
-- How far a trace reaches: its first record and its last.
SELECT x.boot, 'trace', x.capture, x.line
  FROM (SELECT g.boot, o.capture, min(o.line) AS line FROM grant_op AS o JOIN segment AS g ON g.id = o.segment GROUP BY o.segment, o.clock
        UNION ALL
        SELECT g.boot, o.capture, max(o.line) FROM grant_op AS o JOIN segment AS g ON g.id = o.segment GROUP BY o.segment, o.clock
        UNION ALL
        SELECT g.boot, o.capture, max(o.line) FROM dma_map AS o JOIN segment AS g ON g.id = o.segment GROUP BY o.segment, o.clock
        UNION ALL
        SELECT g.boot, o.capture, max(o.line) FROM iommu_map AS o JOIN segment AS g ON g.id = o.segment GROUP BY o.segment, o.clock
        UNION ALL
        SELECT g.boot, o.capture, max(o.line) FROM dma_bounce AS o JOIN segment AS g ON g.id = o.segment GROUP BY o.segment, o.clock) AS x
UNION
SELECT g.boot, 'grant', e.capture, e.line FROM grant_left AS e JOIN segment AS g ON g.id = e.segment
UNION
SELECT g.boot, 'grant', e.capture, e.line FROM domain_event AS e JOIN segment AS g ON g.id = e.segment
UNION
SELECT g.boot, 'grant', e.capture, e.line FROM domain_info AS e JOIN segment AS g ON g.id = e.segment
UNION
-- What a driver was given at that address, and when it was taken back.
SELECT g.boot, 'dma', p.capture, p.line
  FROM dma_map AS d
  JOIN segment AS g ON g.id = d.segment
  JOIN hit AS h ON h.boot = g.boot AND h.page = d.page
  -- The return of a probe belongs to the call before it, when that was the only one open.
  JOIN dma_map AS p ON p.capture = d.capture AND p.id BETWEEN d.id - 2 AND d.id
UNION
SELECT g.boot, 'dma', m.capture, m.line
  FROM iommu_map AS m
  JOIN segment AS g ON g.id = m.segment
  JOIN fault_case AS c ON c.boot = g.boot AND c.iova >= m.iova AND c.iova < m.iova + m.size
UNION
-- The symptoms themselves, what the IOMMU's tables had, and whose context it was.
SELECT g.boot, 'symptom', f.capture, f.line FROM iommu_fault AS f JOIN segment AS g ON g.id = f.segment
UNION
SELECT g.boot, 'symptom', f.capture, f.line FROM iommu_walk AS f JOIN segment AS g ON g.id = f.segment
UNION
SELECT g.boot, 'symptom', f.capture, f.line FROM context_bank AS f JOIN segment AS g ON g.id = f.segment
UNION
SELECT g.boot, 'symptom', f.capture, f.line FROM assignment AS f JOIN segment AS g ON g.id = f.segment
UNION
SELECT g.boot, 'symptom', f.capture, f.line FROM device_error AS f JOIN segment AS g ON g.id = f.segment
UNION
SELECT g.boot, 'symptom', f.capture, f.line FROM swiotlb_full AS f JOIN segment AS g ON g.id = f.segment
UNION
SELECT g.boot, 'symptom', f.capture, f.line FROM pci_error AS f JOIN segment AS g ON g.id = f.segment
UNION
SELECT g.boot, 'symptom', f.capture, f.line FROM pci_event AS f JOIN segment AS g ON g.id = f.segment
UNION
SELECT g.boot, 'symptom', f.capture, f.line FROM grant_error AS f JOIN segment AS g ON g.id = f.segment
UNION
SELECT g.boot, 'symptom', f.capture, f.line FROM dma_error AS f JOIN segment AS g ON g.id = f.segment
UNION
SELECT g.boot, 'symptom', f.capture, f.line FROM iommu_trouble AS f JOIN segment AS g ON g.id = f.segment
UNION
SELECT g.boot, 'symptom', f.capture, f.line FROM iommu_map_error AS f JOIN segment AS g ON g.id = f.segment
UNION
SELECT g.boot, 'symptom', f.capture, f.line FROM host_error AS f JOIN segment AS g ON g.id = f.segment
UNION
SELECT g.boot, 'symptom', f.capture, f.line FROM crash AS f JOIN segment AS g ON g.id = f.segment
UNION
-- A network card that stands still is told by notes, and so are the kind of a guest, and whose a page is.
SELECT g.boot, 'symptom', n.capture, n.line FROM note AS n JOIN message AS m ON m.id = n.message AND m.name = 'linux.intel.hang' JOIN segment AS g ON g.id = n.segment
UNION
SELECT k.boot, 'machine', k.capture, k.line FROM v_domain_kind AS k
UNION
SELECT p.boot, 'place', p.capture, p.line FROM v_page_owner AS p JOIN hit AS h ON h.boot = p.boot AND h.page = p.mfn
UNION
-- Whom a back end serves runs.
SELECT g.boot, 'machine', b.capture, min(b.line) FROM backend AS b JOIN segment AS g ON g.id = b.segment GROUP BY g.boot, b.capture, b.domain
UNION
-- What was mapped above an address that was hit below 4 GiB.
SELECT i.boot, 'dma', t.capture, t.line FROM fault_twin AS t JOIN incident AS i ON i.id = t.incident
UNION
-- Where a kernel was when it failed: the first functions of its trace.
SELECT i.boot, 'symptom', p.capture, p.line FROM crash_place AS p JOIN incident AS i ON i.id = p.incident
UNION
-- Where evidence was lost, and what joins two clocks.
SELECT g.boot, 'loss', l.capture, l.line FROM loss AS l JOIN segment AS g ON g.id = l.segment
UNION
SELECT g.boot, 'clock', a.capture, a.line FROM anchor AS a JOIN segment AS g ON g.id = a.segment
UNION
SELECT g.boot, 'clock', a.capture, a.line FROM trace_clock AS a JOIN segment AS g ON g.id = a.segment
UNION
SELECT g.boot, 'clock', a.capture, a.line FROM xen_now AS a JOIN segment AS g ON g.id = a.segment
UNION
SELECT g.boot, 'clock', a.capture, a.line FROM tick_sight AS a JOIN segment AS g ON g.id = a.segment
 WHERE EXISTS (SELECT 1 FROM clock AS k JOIN segment AS x ON x.id = k.segment WHERE x.boot = g.boot AND k.joined_by = 'ticks');

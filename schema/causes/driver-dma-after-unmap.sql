-- cause     driver-dma-after-unmap
-- title     A device used an address after its driver had unmapped it
-- explain   The driver gave the device an address, took the mapping back, and the device used the address all the same: a request that was
--        |  not stopped, a stale entry of a ring, an unmap too early on an error path. Linux's IOMMU refused the access.
-- remedy    Mend the driver: it has to wait for the device, or stop it, before it unmaps. Where the device belongs to a guest or a program
--        |  (VFIO), mend what unmaps there.
-- refs      linux include/trace/events/iommu.h, linux Documentation/core-api/dma-api.rst
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'linux'
-- trigger   had-been-mapped   a trace shows the address mapped, or unmapped, at some time
-- trigger   linux-gives       the address is one of those that Linux gives out first: it may have been given, and taken back | kind: version
-- needs     unmapped-before   the unmap came before the fault, and no mapping in between, for every instant that the stamps allow | ask: whether the address was unmapped before the fault | capture: a trace of the mappings with its anchors in the kernel's log: faultline capture-kit grants | kind: time
-- decides   unmapped-by-dev   the driver of that very device unmapped it | kind: address
-- supports  all-unmapped      every mapping of the address had ended | kind: address
-- excludes  permission-fault  the IOMMU found the page and forbade the access
-- excludes  never-unmapped    the address was mapped, and nobody had unmapped it

SELECT c.incident AS subject, c.id AS "case", 'linux-gives' AS clue, printf('iova %#x is near the top of %s, from where Linux gives addresses out downward', c.iova,
       CASE WHEN c.iova < 0 THEN 'the address space' ELSE '4 GiB' END) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'linux' AND c.kind IN ('translation', 'unknown') AND c.access IS NOT NULL
   AND (c.page BETWEEN 0xf0000 AND 0xfffff AND c.page NOT BETWEEN 0xfee00 AND 0xfeeff OR c.iova BETWEEN -0x10000000 AND -1)
   -- A trace of the IOMMU's tables tells.
   AND NOT EXISTS (SELECT 1 FROM iommu_map)

UNION ALL
SELECT c.incident, c.id, 'permission-fault', printf('iova %#x: permission fault', c.iova),
       c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'linux' AND c.kind = 'permission'

UNION ALL
SELECT c.incident, c.id, 'had-been-mapped', printf('%s refused a %s of iova %#x', c.device, ifnull(c.access, 'access'), c.iova), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'linux' AND c.kind IN ('translation', 'no-access', 'unknown')
   AND (EXISTS (SELECT 1 FROM v_iommu_map AS m WHERE m."case" = c.id)
        OR EXISTS (SELECT 1 FROM dma_map AS d
                    WHERE d.what = 'unmap' AND d.dev = c.device AND d.trust <> 'guest' AND c.iova >= d.dma AND c.iova - d.dma < d.size))

UNION ALL
SELECT c.incident, c.id, 'unmapped-before', printf('iova %#x was taken out of the tables before', c.iova), m.capture, m.unmapped, c.n
  FROM v_iommu_map AS m
  JOIN fault_case AS c ON c.id = m."case"
 WHERE m.state = 'ended'
   -- Not where a trace with names of devices has that address for others only: each device has tables of its own.
   AND NOT (c.device GLOB '????:??:??.?'
            AND EXISTS (SELECT 1 FROM dma_map AS d WHERE d.what IN ('map', 'unmap') AND d.dev <> c.device AND d.trust <> 'guest' AND c.iova >= d.dma AND c.iova - d.dma < d.size)
            AND NOT EXISTS (SELECT 1 FROM dma_map AS d WHERE d.what IN ('map', 'unmap') AND d.dev = c.device AND d.trust <> 'guest' AND c.iova >= d.dma AND c.iova - d.dma < d.size))

UNION ALL
SELECT c.incident, c.id, 'all-unmapped', printf('mapped %d and unmapped %d times before', m.maps, m.unmaps), m.capture, m.unmapped, c.n
  FROM v_iommu_map AS m
  JOIN fault_case AS c ON c.id = m."case"
 WHERE m.state = 'ended' AND m.maps <= m.unmaps
   AND NOT (c.device GLOB '????:??:??.?'
            AND EXISTS (SELECT 1 FROM dma_map AS d WHERE d.what IN ('map', 'unmap') AND d.dev <> c.device AND d.trust <> 'guest' AND c.iova >= d.dma AND c.iova - d.dma < d.size)
            AND NOT EXISTS (SELECT 1 FROM dma_map AS d WHERE d.what IN ('map', 'unmap') AND d.dev = c.device AND d.trust <> 'guest' AND c.iova >= d.dma AND c.iova - d.dma < d.size))

UNION ALL
SELECT c.incident, c.id, 'never-unmapped', printf('iova %#x was mapped before, and not unmapped', c.iova), m.capture, m.mapped, c.n
  FROM v_iommu_map AS m
  JOIN fault_case AS c ON c.id = m."case"
 WHERE m.state = 'live' AND m.unmaps = 0

UNION ALL
-- The trace of the driver's own calls tells both: whose, and when.
SELECT c.incident, c.id, x.clue, printf(CASE x.clue WHEN 'unmapped-by-dev' THEN '%s: iova %#x was unmapped' ELSE '%s: iova %#x was not mapped again' END, c.device, c.iova), d.capture, d.line, c.n
  FROM fault_case AS c
  JOIN (SELECT c.id AS "case", d.capture, max(d.line) AS line
          FROM fault_case AS c
          JOIN v_base AS k ON k.boot = c.boot
          -- The device by its name, or what the firmware or the device tree has behind that stream.
          JOIN (SELECT f.id AS "case", f.device AS dev FROM fault_case AS f
                UNION
                SELECT f.id, v.dev FROM fault_case AS f JOIN v_device_iommu AS v ON v.boot = f.boot AND v.stream = f.stream AND instr(f.device, v.instance)) AS w ON w."case" = c.id
          JOIN dma_map AS d ON d.clock = k.clock AND d.dev = w.dev AND d.trust <> 'guest' AND c.iova >= d.dma AND c.iova - d.dma < d.size
         WHERE c.driven_by = 'linux' AND d.what IN ('map', 'unmap')
         GROUP BY c.id
        HAVING min(d.capture) = max(d.capture)
           AND max(CASE WHEN d.what = 'unmap' AND d.t_hi + k.offset_hi <= c.base_lo THEN d.line END)
               > ifnull(max(CASE WHEN d.what = 'map' AND d.t_lo + k.offset_lo <= c.base_hi THEN d.line END), 0)) AS d ON d."case" = c.id
   -- Where the trace lost records, the address may have been mapped again.
   AND NOT EXISTS (SELECT 1 FROM loss AS l WHERE l.what = 'trace' AND l.capture = d.capture AND l.trust <> 'guest')
  JOIN (SELECT 'unmapped-by-dev' AS clue UNION ALL SELECT 'unmapped-before') AS x;

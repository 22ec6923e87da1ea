-- cause     vfio-unmapped-iova
-- title     A device of a program or a guest used an address that is not mapped for it
-- explain   VFIO gives a device to a program (such as QEMU) and maps for it what the program asks for. The device used an address outside of that, or
--        |  one that had been unmapped: the driver in the guest or in the program told it so, or a guest's IOMMU was not followed.
--        |  The host is not hurt: that is what its IOMMU is there for.
-- remedy    Mend the driver in the guest or the program; with a virtual IOMMU, update QEMU.
-- refs      linux drivers/vfio/vfio_iommu_type1.c, Documentation/driver-api/vfio.rst
-- about     incident
-- kind      state
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'linux'
-- trigger   not-mapped    Linux's IOMMU refused an access to what is not mapped, and VFIO has a device
-- needs     own-device    the device that was refused is one that VFIO has | ask: which device the stream belongs to | capture: the device tree or the table IORT, beside the log | kind: address
-- supports  never-mapped  a trace shows what was mapped, and that address is not among it | kind: address
-- supports  unmapped      a trace shows that it had been unmapped | kind: time
-- supports  not-a-device  the address is no register of a device | kind: address
-- excludes  mapped        a trace shows it mapped at that time
-- excludes  in-registers  the address is a register of another device
-- excludes  host-driver   a driver of the host has the device

SELECT c.incident AS subject, c.id AS "case", 'not-mapped' AS clue, printf('%s: %s fault, iova %#x', c.device, c.kind, c.iova) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'linux' AND c.kind IN ('translation', 'no-access', 'unknown') AND c.iova IS NOT NULL AND c.impl IN ('smmuv2', 'smmuv3', 'vtd', 'amd', 'virtio')
   AND CASE WHEN c.device GLOB '????:??:??.?' THEN (c.boot, c.device) IN (SELECT b.boot, b.bdf FROM v_vfio_bound AS b WHERE b.vfio)
            ELSE c.boot IN (SELECT b.boot FROM v_vfio_bound AS b WHERE b.vfio) END

UNION ALL
SELECT c.incident, c.id, CASE b.vfio WHEN 1 THEN 'own-device' ELSE 'host-driver' END, printf('%s has %s', b.driver, b.bdf), b.capture, b.line, c.n
  FROM fault_case AS c
  JOIN (SELECT c.id AS "case", b.bdf, max(CASE WHEN b.capture = c.capture AND b.line < c.line THEN b.line ELSE 0 END) AS line
          FROM (SELECT c.id, c.boot, c.capture, c.line, c.device AS bdf FROM fault_case AS c WHERE c.driven_by = 'linux'
                UNION ALL
                SELECT c.id, c.boot, c.capture, c.line, n.name
                  FROM fault_case AS c
                  JOIN identity AS n ON n.boot = c.boot AND n.how = 'behind' AND n.stream = c.stream AND instr(c.device, n.other)
                 WHERE c.driven_by = 'linux') AS c
          JOIN v_vfio_bound AS b ON b.boot = c.boot AND b.bdf = c.bdf
         GROUP BY c.id) AS x ON x."case" = c.id
  JOIN v_vfio_bound AS b ON b.boot = c.boot AND b.bdf = x.bdf AND (b.capture = c.capture AND b.line = x.line OR x.line = 0)

UNION ALL
SELECT c.incident, c.id, CASE m.state WHEN 'ended' THEN 'unmapped' ELSE 'mapped' END,
       printf('iova %#x %s', c.iova, CASE m.state WHEN 'ended' THEN 'was taken out of the tables before' ELSE 'was in the tables' END),
       m.capture, CASE m.state WHEN 'ended' THEN m.unmapped ELSE m.mapped END, c.n
  FROM v_iommu_map AS m
  JOIN fault_case AS c ON c.id = m."case"
 WHERE m.state IN ('ended', 'live')

UNION ALL
SELECT c.incident, c.id, 'never-mapped', printf('the trace has no mapping of iova %#x', c.iova), o.capture, o.line, c.n
  FROM fault_case AS c
  JOIN v_observed AS o ON o.boot = c.boot AND o.what = 'iommu-trace'
 WHERE c.driven_by = 'linux' AND NOT EXISTS (SELECT 1 FROM v_iommu_map AS m WHERE m."case" = c.id)
   AND NOT EXISTS (SELECT 1 FROM loss AS l JOIN segment AS g ON g.id = l.segment WHERE g.boot = c.boot)
   -- The trace tells of the time before the fault only if it has records from before.
   AND EXISTS (SELECT 1 FROM iommu_map AS m JOIN v_base AS k ON k.clock = m.clock AND k.boot = c.boot WHERE m.what = 'map' AND m.t_hi + k.offset_hi <= c.base_lo)

UNION ALL
SELECT c.incident, c.id, CASE WHEN p.whose IS NULL THEN 'not-a-device' ELSE 'in-registers' END,
       CASE WHEN p.whose IS NULL THEN printf('%#x is in no registers that are known', c.iova) ELSE p.says END, ifnull(p.capture, r.capture), ifnull(p.line, r.line), c.n
  FROM fault_case AS c
  JOIN (SELECT r.boot, min(r.capture << 40 | r.line) >> 40 AS capture, min(r.capture << 40 | r.line) & 0xffffffffff AS line FROM v_pci_region AS r GROUP BY r.boot) AS r
    ON r.boot = c.boot
  LEFT JOIN fault_place AS p ON p."case" = c.id AND p.class = 'bar' AND p.whose <> c.device
 WHERE c.driven_by = 'linux';

-- cause     kdump-inflight-dma
-- title     DMA of the kernel that crashed goes on in the kernel that saves the dump
-- explain   After a crash another kernel starts at once, without a reset of the devices. They still have the requests of the old kernel, whose addresses the
--        |  new one's IOMMU does not know; until a driver resets them they are refused, and some devices never come back: the disk is
--        |  not found, and there is no dump.
-- remedy    Boot the second kernel with reset_devices; do not give it iommu=nopt. Linux 5.5, and 5.6 before 5.6.15, lost a measure
--        |  against this on AMD: use a later one.
-- refs      linux be62dbf554c5, drivers/iommu/amd/init.c, Documentation/admin-guide/kdump/kdump.rst
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'linux'
-- trigger   early         Linux's IOMMU refused accesses of a device in the first minutes, and its driver did not get it to work, or the kernel is one that saves a dump
-- needs     second-kernel it is a kernel that was started by another one's crash | ask: whether this kernel was started by a crash | capture: the kernel's log from its first line on (Command line: elfcorehdr=) | kind: message
-- supports  before-probe  the accesses came before or while the driver set the device up | kind: order
-- supports  several       other devices were refused as well | kind: order
-- excludes  first-kernel  the command line is not that of such a kernel
-- excludes  late          the first access was refused more than five minutes after the start

SELECT c.incident AS subject, c.id AS "case", 'early' AS clue, printf('%s: iova %#x', c.device, c.iova) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'linux' AND c.iova IS NOT NULL AND c.kind IN ('translation', 'no-access', 'unknown') AND c.device GLOB '????:??:??.?'
   AND (c.base_lo < 300000000000 OR c.base_lo IS NULL)
   AND (EXISTS (SELECT 1 FROM v_fact AS f WHERE f.boot = c.boot AND f.name = 'linux.cmdline' AND f.value LIKE '%elfcorehdr=%')
        OR c.base_lo IS NOT NULL AND c.boot IN (SELECT g.boot FROM device_event AS e JOIN segment AS g ON g.id = e.segment
                       WHERE e.what IN ('init-failed', 'probe-failed', 'identify-failed') AND e.trust <> 'guest'))

UNION ALL
SELECT c.incident, c.id, CASE WHEN f.value LIKE '%elfcorehdr=%' THEN 'second-kernel' ELSE 'first-kernel' END,
       CASE WHEN f.value LIKE '%elfcorehdr=%' THEN 'elfcorehdr= is on its command line' ELSE 'no elfcorehdr= on its command line' END, f.capture, f.line, c.n
  FROM fault_case AS c
  JOIN v_fact AS f ON f.boot = c.boot AND f.name = 'linux.cmdline'
 WHERE c.driven_by = 'linux'

UNION ALL
SELECT c.incident, c.id, 'late', printf('%d s after the start', c.base_lo / 1000000000), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'linux' AND c.base_lo >= 300000000000

UNION ALL
SELECT c.incident, c.id, 'before-probe', printf('%d s after the start', c.base_lo / 1000000000), c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'linux' AND c.base_hi < 120000000000

UNION ALL
SELECT c.incident, c.id, 'several', printf('%s, too', o.device), o.capture, o.line, c.n
  FROM fault_case AS c
  JOIN (SELECT o.boot, o.impl, min(o.id) AS first, max(o.id) AS last
          FROM fault_case AS o
         WHERE o.driven_by = 'linux'
         GROUP BY o.boot, o.impl) AS x ON x.boot = c.boot AND x.impl = c.impl
  JOIN fault_case AS f ON f.id = x.first
  JOIN fault_case AS o ON o.id = CASE WHEN f.device <> c.device THEN x.first ELSE x.last END AND o.device <> c.device
 WHERE c.driven_by = 'linux';

-- cause     quarantined-device-dma
-- title     A device went on with DMA after it was taken from its domain
-- explain   Xen took the device from its domain, or was asked to set it aside for a guest, and gave it to nobody yet: it is in quarantine. The
--        |  device was neither reset nor told to stop, and what it still does is refused.
-- remedy    Stop the device, or reset it (FLR), before it is taken away; where it cannot be stopped, iommu=quarantine=scratch-page lets it read
--        |  and write a page of no use (x86).
-- refs      xen/drivers/passthrough/pci.c deassign_device(), xen/drivers/passthrough/vtd/iommu.c domain_context_unmap(), 319f9a0ba94c, 97af062b89d5
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'xen' AND (domain >= 32753 OR EXISTS (SELECT 1 FROM assignment))
-- trigger   taken-away         Xen had taken the device from its domain when its access was refused | kind: order
-- decides   quarantine-domain  the fault names the domain of devices in quarantine | kind: message
-- supports  no-context         the IOMMU had no context for the device any more | kind: message
-- excludes  given-again        the device had been given to a domain again

SELECT c.incident AS subject, c.id AS "case",
       CASE WHEN a.what IN ('unmapped', 'quarantined') OR a.domain = 32753 THEN 'taken-away' ELSE 'given-again' END AS clue,
       CASE a.what WHEN 'unmapped' THEN printf('%s was taken from d%d', a.bdf, a.domain) WHEN 'quarantined' THEN printf('%s was set aside', a.bdf)
                   ELSE printf('%s was given to %s', a.bdf, CASE a.domain WHEN 32753 THEN 'nobody (d[IO])' ELSE 'd' || a.domain END) END AS says, a.capture, a.line, c.n
  FROM fault_case AS c
  JOIN (SELECT c.id AS "case", max(a.id) AS last
          FROM fault_case AS c
          JOIN assignment AS a ON a.capture = c.capture AND a.line < c.line AND a.bdf = c.device AND a.by = 'xen' AND a.trust <> 'guest'
                              AND a.what IN ('mapped', 'unmapped', 'assigned', 'quarantined')
          JOIN segment AS g ON g.id = a.segment AND g.boot = c.boot
         WHERE c.driven_by = 'xen'
         GROUP BY c.id) AS x ON x."case" = c.id
  JOIN assignment AS a ON a.id = x.last

UNION ALL
SELECT c.incident, c.id, 'no-context', 'the context entry is not present', c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.impl = 'vtd' AND c.kind = 'unknown-stream'

-- A table entry that is switched off names no domain, so AMD's event says d0.
UNION ALL
SELECT c.incident, c.id, 'no-context', 'the device has no table', w.capture, w.line, c.n
  FROM fault_case AS c
  JOIN iommu_walk AS w ON w.capture = c.capture AND w.line BETWEEN c.line AND c.line + 2 AND w.bdf = c.device AND w.what = 'root' AND w.perm = '--' AND w.trust <> 'guest'
 WHERE c.driven_by = 'xen' AND c.impl = 'amd'

-- DOMID_IO, or since XSA-400 an ID of its own for each device.
UNION ALL
SELECT c.incident, c.id, x.clue, CASE c.domain WHEN 32753 THEN 'd32753, which is d[IO]' ELSE printf('d%d, an ID of a device in quarantine', c.domain) END,
       c.capture, c.line, c.n
  FROM fault_case AS c
  JOIN (SELECT 'taken-away' AS clue UNION ALL SELECT 'quarantine-domain') AS x
 WHERE c.driven_by = 'xen' AND c.impl = 'amd' AND (c.domain = 32753 OR c.domain >= 32768);

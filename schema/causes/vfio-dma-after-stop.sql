-- cause     vfio-dma-after-stop
-- title     A device went on with DMA after it was stopped for a migration
-- explain   A stopped device must move no more data: what it writes now is lost to the guest that goes on elsewhere, and its saved state is wrong.
--        |  An IOMMU refused an access of it after that.
-- remedy    Update the device's firmware and its VFIO driver; take the guest's memory on the other side as damaged.
-- refs      linux include/uapi/linux/vfio.h enum vfio_device_mig_state
-- about     incident
-- kind      root
-- when      SELECT 1 FROM stopped_fault
-- trigger   refused   an IOMMU refused an access of the device
-- decides   stopped   the device had been stopped for a migration, and not started again | kind: order
-- caps      evidence-lost  messages were suppressed or lost: one of them may have let it run again | of: stopped

SELECT f.incident AS subject, f."case", x.clue, CASE x.clue WHEN 'refused' THEN printf('%s: %s, iova %#x', c.device, c.kind, ifnull(c.iova, 0))
       ELSE printf('%s is in %s', s.bdf, s.state) END AS says,
       CASE x.clue WHEN 'refused' THEN f.capture ELSE s.capture END AS capture, CASE x.clue WHEN 'refused' THEN f.line ELSE s.line END AS line, 1 AS n
  FROM stopped_fault AS f
  JOIN fault_case AS c ON c.id = f."case"
  JOIN v_vfio_state AS s ON s.id = f.state
  JOIN (SELECT 'refused' AS clue UNION ALL SELECT 'stopped') AS x

UNION ALL
SELECT f.incident, f."case", 'evidence-lost', l.says, l.capture, l.line, 1
  FROM stopped_fault AS f
  JOIN fault_case AS c ON c.id = f."case"
  JOIN v_lost AS l ON l.boot = c.boot;

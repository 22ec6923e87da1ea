-- cause     smmuv3-bad-ste
-- title     The SMMU cannot use its stream table entry for the device
-- explain   The SMMU found an entry for the stream, and the entry is not valid, or it does not serve requests of this form. Which of Xen's
--        |  steps left it so stays open; a device with several stream IDs, of which one was set up, is the common one.
-- remedy    Compare the stream IDs that the device uses with iommus or iommu-map of the device tree. Devices with several IDs need Xen 4.15, PCI
--        |  devices with several 4.21.
-- refs      xen/drivers/passthrough/arm/smmu-v3.c arm_smmu_write_strtab_ent(), 6794cdd08ea8, 63919fc4d1ca
-- about     incident
-- kind      state
-- when      SELECT 1 FROM fault_case WHERE driven_by = 'xen' AND impl IN ('smmuv2-global', 'smmuv3')
-- trigger   event            an SMMUv3 reports on the entry of a stream
-- decides   bad-entry        the SMMU says that the entry is not one that it can use | kind: message
-- supports  listed-stream    the device tree gives the stream to a device | kind: address

SELECT c.incident AS subject, c.id AS "case", x.clue, printf('stream %#x: event 0x%02x, %s', c.stream, e.event, e.name) AS says, c.capture, c.line, c.n
  FROM fault_case AS c
  JOIN v_smmuv3_event AS e ON e.fault = c.fault AND e.event IN (4, 6)
  JOIN (SELECT 'event' AS clue UNION ALL SELECT 'bad-entry') AS x
 WHERE c.driven_by = 'xen' AND c.impl = 'smmuv3'

UNION ALL
SELECT c.incident, c.id, 'listed-stream', printf('the device tree gives stream %#x to %s', c.stream, t.path), t.capture, t.line, c.n
  FROM fault_case AS c
  JOIN v_dt_stream AS t ON t."case" = c.id
 WHERE c.driven_by = 'xen' AND c.impl = 'smmuv3' AND c.kind IN ('bad-context', 'stream-fault');

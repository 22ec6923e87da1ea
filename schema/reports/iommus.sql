-- report   iommus
-- title    Devices by the device tree and by tables of ACPI: their IOMMU, and the IDs that it knows them by

SELECT p.short || ':' || x.line AS place, x.device, x.what, x.iommu, x.ids, x.behind
  FROM (SELECT d.capture, d.line, d.dev AS device, d.path || CASE WHEN d.status NOT IN ('okay', 'ok') THEN ' (' || d.status || ')' ELSE '' END AS what,
               ifnull(d.iommu, '') AS iommu, ifnull(d.streams, '') AS ids, d.behind
          FROM v_dt_device AS d
        UNION ALL
        SELECT s.capture, s.line, ifnull(s.bdf, printf('%04x:%02x:', s.pci_segment, s.bus) || s.path), s.type,
               CASE s.kind WHEN 'drhd' THEN printf('VT-d 0x%x', u.base)
                           WHEN 'rmrr' THEN printf('memory at 0x%x', u.base) ELSE s.kind END, '', CASE s.kind WHEN 'drhd' THEN 'yes' ELSE '' END
          FROM acpi_scope AS s
          JOIN acpi_unit AS u ON u.capture = s.capture AND u.offset_in = s.offset_in AND u.kind = s.kind
        UNION ALL
        SELECT m.capture, m.line, ifnull(n.path, printf('segment %d', n.pci_segment)), m.kind, printf('%s 0x%x', t.kind, t.base),
               printf(CASE WHEN m.count > 1 AND NOT m.single THEN '0x%x-0x%x' ELSE '0x%x' END, m.stream, m.stream + m.count - 1), 'yes'
          FROM acpi_map AS m
          JOIN acpi_unit AS n ON n.capture = m.capture AND n.offset_in = m.offset_in AND n.kind = m.kind
          JOIN acpi_unit AS t ON t.capture = m.capture AND t.offset_in = m.target AND t.kind IN ('smmu', 'smmuv3')
         WHERE m.kind IN ('component', 'root')) AS x
  JOIN v_place AS p ON p.capture = x.capture
 ORDER BY x.capture, x.line;

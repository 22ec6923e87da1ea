-- when named
-- Stable: every recognised line, whatever table its fields are in; times in the unit of the line's own clock.
CREATE VIEW v_message AS
SELECT m.name AS message, e.capture, e.line, e.speaker, e.trust, e.t_lo, e.t_hi, t.text
  FROM (
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM kernel
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM note
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM xen_now
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM loss
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM iommu_fault
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM iommu_walk
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM context_bank
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM iommu_map_error
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM iommu_trouble
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM grant_op
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM grant_dump
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM grant_snapshot
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM grant_left
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM grant_error
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM dma_bounce
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM swiotlb_full
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM dma_map
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM iommu_map
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM dma_error
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM device_error
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM device
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM backend
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM device_event
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM assignment
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM pci_error
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM pci_event
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM pci_function
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM host_error
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM memory_range
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM allocation
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM domain_info
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM domain_event
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM page_error
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM crash
        UNION ALL
        SELECT message, capture, line, speaker, trust, t_lo, t_hi FROM stack_frame
       ) AS e
  JOIN message AS m ON m.id = e.message
  LEFT JOIN line_text AS t ON t.capture = e.capture AND t.line = e.line;

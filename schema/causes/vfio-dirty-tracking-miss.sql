-- cause     vfio-dirty-tracking-miss
-- title     What a device writes during a migration may not be noticed
-- explain   While a guest migrates, the pages that its device writes have to be copied once more, so somebody has to keep account of them: the device
--        |  or the IOMMU. Here that does not work. Where QEMU goes on all the same, pages may arrive as they were before. Nothing in
--        |  these captures shows that one did.
-- remedy    Migrate such a guest with its device unplugged; or use a device, or an IOMMU, that keeps account. Compare memory on both sides.
-- refs      qemu hw/vfio/migration.c, linux include/uapi/linux/vfio.h VFIO_DEVICE_FEATURE_DMA_LOGGING_START, 8d096ce0e87b
-- about     boot
-- kind      exposure
-- when      SELECT 1 FROM message WHERE name IN ('tool.vfio.dma-logging', 'tool.vfio.migration-blocked')
-- trigger   no-account   QEMU says that nobody keeps account of what a device writes
-- needs     pages-differ a page arrived as it was before the device wrote it | ask: whether a page differs after the migration | capture: checksums of the guest's memory on both sides, told with --fact migration.pages_differ=yes

SELECT g.boot AS subject, 0 AS "case", 'no-account' AS clue, 'the account of written pages failed, or there is none' AS says, t.capture, t.line, x.n
  FROM (SELECT min(n.id) AS first, count(*) AS n
          FROM note AS n
          JOIN message AS m ON m.id = n.message
          JOIN line_text AS t ON t.capture = n.capture AND t.line = n.line
          JOIN segment AS g ON g.id = n.segment AND g.boot IS NOT NULL
         WHERE n.trust <> 'guest' AND (m.name = 'tool.vfio.dma-logging' OR m.name = 'tool.vfio.migration-blocked' AND t.text LIKE '%dirty tracking%')
         GROUP BY g.boot) AS x
  JOIN note AS t ON t.id = x.first
  JOIN segment AS g ON g.id = t.segment

UNION ALL
SELECT f.boot, 0, 'pages-differ', printf('told: %s', f.value), f.capture, f.line, 1
  FROM v_fact AS f
 WHERE f.name = 'migration.pages_differ';

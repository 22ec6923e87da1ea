-- cause     backend-unmaps-unmapped-grant
-- title     A back end unmaps grants that it had not mapped
-- explain   An error path of the back end, after a failed allocation or a failed map, gives back grants that were never mapped: the kernel
--        |  uses a page or a handle that is not there and crashes, or Xen refuses the handle. No device's DMA goes wrong by it. Which path it was stays open.
-- remedy    Update the kernel of the back end; what made the first mapping fail (memory, limits, a bad reference) has to be mended as well.
-- refs      linux drivers/xen/grant-table.c gnttab_unmap_refs(), drivers/block/xen-blkback/blkback.c xen_blkbk_unmap(), drivers/net/xen-netback/netback.c
-- about     incident
-- kind      state
-- refines   dma-path-kernel-crash
-- when      SELECT 1 FROM incident WHERE kind IN ('crash', 'grant-error')
-- trigger   unmap-failed   a back end failed while it gave grants back
-- decides   in-unmap       the kernel crashed in the back end's code that unmaps | kind: message
-- decides   own-check      the back end itself found that it had not mapped what it was about to unmap | kind: message
-- supports  bad-handle     Xen knows no mapping of that handle | kind: message
-- supports  no-memory      an allocation had failed shortly before | kind: order
-- excludes  fault-first    an IOMMU had refused an access just before: look there first

SELECT x.incident AS subject, 1 AS "case", k.clue,
       CASE k.clue WHEN 'unmap-failed' THEN printf('the kernel crashed: %s', ifnull(x.says, x.what)) ELSE printf('%s() is in the call trace', x.symbol) END AS says,
       x.capture, CASE k.clue WHEN 'unmap-failed' THEN x.line ELSE x.at END AS line, 1 AS n
  FROM (SELECT i.id AS incident, c.what, c.says, c.capture, c.line, f.symbol, f.line AS at
          FROM incident AS i
          JOIN segment AS g ON g.boot = i.boot
          JOIN (SELECT f.capture, f.line, f.symbol, f.segment,
                       (SELECT max(c.id) FROM crash AS c
                         WHERE c.capture = f.capture AND c.line <= f.line AND c.line >= f.line - 100 AND c.by = 'linux' AND c.trust <> 'guest') AS crash
                  FROM (SELECT s.capture, s.line, s.symbol, s.segment
                          FROM (SELECT capture, line, symbol, segment FROM stack_frame WHERE by = 'linux' AND trust <> 'guest'
                                UNION ALL SELECT capture, line, symbol, segment FROM cpu_state WHERE trust <> 'guest') AS s
                         WHERE s.symbol IN ('gnttab_unmap_refs', '__gnttab_unmap_refs_async', 'gnttab_unmap_refs_sync', 'gnttab_unmap_refs_done', 'xen_blkbk_unmap',
                                            'xen_blkbk_unmap_and_respond', 'xen_blkbk_unmap_prepare', 'free_persistent_gnts', 'xenvif_idx_unmap',
                                            'xenvif_grant_handle_reset', 'xenvif_tx_dealloc_action', 'xenvif_dealloc_kthread', 'xenvif_unmap_frontend_data_rings')
                         ORDER BY s.capture, s.line LIMIT 16) AS f) AS f ON f.segment = g.id
          JOIN crash AS c ON c.id = f.crash AND c.what IN ('oops', 'bug', 'abort')
         WHERE i.kind = 'crash' AND i.device = 'Linux') AS x, (SELECT 'unmap-failed' AS clue UNION ALL SELECT 'in-unmap') AS k

UNION ALL
SELECT e.incident, 2, k.clue, CASE k.clue WHEN 'unmap-failed' THEN printf('%s tried to unmap a grant', ifnull(e.dev, 'a back end')) ELSE 'it holds no handle for it' END,
       e.capture, min(e.line), count(*)
  FROM v_grant_error AS e, (SELECT 'unmap-failed' AS clue UNION ALL SELECT 'own-check') AS k
 WHERE e.by = 'linux' AND e.what = 'bad-handle'
 GROUP BY e.incident, k.clue

UNION ALL
SELECT e.incident, 3, k.clue, CASE k.clue WHEN 'unmap-failed' THEN printf('d%d asked Xen to unmap a grant', ifnull(e.caller, 0)) ELSE printf('Xen knows no handle %#x', e.handle) END,
       e.capture, min(e.line), count(*)
  FROM v_grant_error AS e, (SELECT 'unmap-failed' AS clue UNION ALL SELECT 'bad-handle') AS k
 WHERE e.by = 'xen' AND e.what = 'bad-handle' AND e.handle IS NOT NULL
 GROUP BY e.incident, k.clue

UNION ALL
SELECT i.id, 1, 'fault-first', printf('iova %#x was refused shortly before', c.iova), c.capture, max(c.line), c.n
  FROM incident AS i
  JOIN fault_case AS c ON c.capture = i.first_capture AND c.line < i.first_line AND c.line >= i.first_line - 60
 WHERE i.kind = 'crash' AND i.device = 'Linux'
 GROUP BY i.id

UNION ALL
SELECT i.id, 1, 'no-memory', 'an allocation had failed', n.capture, max(n.line), 1
  FROM incident AS i
  JOIN message AS m ON m.name = 'linux.memory.allocation-failed'
  JOIN note AS n ON n.message = m.id AND n.capture = i.first_capture AND n.line < i.first_line AND n.line >= i.first_line - 200 AND n.trust <> 'guest'
 WHERE i.kind = 'crash' AND i.device = 'Linux'
 GROUP BY i.id;

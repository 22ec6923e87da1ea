-- when named
-- What became of each grant that a trace saw (grant_interval), with what its operations say; times on the base clock of the boot, ns.
CREATE VIEW v_grant_interval AS
SELECT i.id, i.boot, i.state, i.n, ifnull(ifnull(m.mapper, e.mapper), 0) AS mapper,
       CASE WHEN i.state <> 'unknown' THEN ifnull(m.handle, e.handle) END AS handle,
       CASE WHEN i.state <> 'unknown' THEN m.domain END AS domain,
       CASE WHEN i.state <> 'unknown' THEN m.ref END AS ref, i.frame,
       CASE WHEN i.state <> 'unknown' THEN m.flags END AS flags,
       CASE WHEN i.state <> 'unknown' THEN m.flags >> 2 & 1 END AS ro,
       m.t_lo + k.offset_lo AS map_lo, m.t_hi + k.offset_hi AS map_hi, e.t_lo + x.offset_lo AS end_lo, e.t_hi + x.offset_hi AS end_hi,
       i.gap, i.unshown,
       CASE i.state WHEN 'closed' THEN 'mapped and unmapped'
                    WHEN 'open' THEN 'still mapped where the trace ends'
                    WHEN 'reused' THEN 'its handle was mapped again; its unmap was not seen'
                    WHEN 'left' THEN 'unmapped; its map was not seen'
                    ELSE printf('%d %s%s of a batch that the line does not show', i.n, CASE WHEN i.map_op IS NULL THEN 'unmap' ELSE 'map' END,
                                CASE i.n WHEN 1 THEN '' ELSE 's' END) END
       || CASE WHEN i.gap THEN '; records were lost meanwhile' ELSE '' END
       || CASE WHEN i.unshown > 0 AND i.state <> 'left'
               THEN printf('; %d unmap%s not shown meanwhile', i.unshown, CASE i.unshown WHEN 1 THEN '' ELSE 's' END) ELSE '' END AS says,
       i.map_op, m.capture AS map_capture, m.line AS map_line, i.end_op, e.capture AS end_capture, e.line AS end_line
  FROM grant_interval AS i
  LEFT JOIN grant_op AS m ON m.id = i.map_op
  LEFT JOIN clock AS k ON k.id = m.clock
  LEFT JOIN grant_op AS e ON e.id = i.end_op
  LEFT JOIN clock AS x ON x.id = e.clock;

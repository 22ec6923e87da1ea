-- cause     grant-unmap-busaddr-mismatch
-- title     A back end gave a grant back with the wrong bus address
-- explain   To unmap a device mapping, a back end names the bus address that Xen gave it. This one named another address, so Xen refused and
--        |  the mapping stays. The back end's bookkeeping is wrong, or it cut the address.
-- remedy    Mend or update the back end's driver. Until then each such grant stays mapped, and its page cannot be given back.
-- refs      xen/common/grant_table.c unmap_common(); xen 8fdfcb2b6b
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind = 'grant-error'
-- trigger   refused         Xen refused to unmap a grant
-- decides   other-address   the bus address that was named is not that of the grant | kind: message
-- supports  cut-address     what was named is the low half of the right address | kind: message

SELECT e.incident AS subject, NULL AS "case", x.clue,
       CASE x.clue WHEN 'refused' THEN 'Xen refused to unmap a grant' ELSE printf('%#x was named, %#x is right', e.asked, ifnull(e.addr, e.frame)) END AS says,
       e.capture, min(e.line) AS line, count(*) AS n
  FROM v_grant_error AS e, (SELECT 'refused' AS clue UNION ALL SELECT 'other-address') AS x
 WHERE e.what = 'bad-address' AND e.by = 'xen' AND e.asked <> ifnull(e.addr, e.frame)
 GROUP BY e.incident, x.clue

UNION ALL
SELECT e.incident, NULL, 'cut-address', printf('%#x is the low half of %#x', e.asked, e.addr), e.capture, min(e.line), count(*)
  FROM v_grant_error AS e
 WHERE e.what = 'bad-address' AND e.by = 'xen' AND e.addr >> 32 <> 0 AND e.asked = e.addr & 0xffffffff
 GROUP BY e.incident;

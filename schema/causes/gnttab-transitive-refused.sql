-- cause     gnttab-transitive-refused
-- title     A copy through a grant that was passed on was refused, as Xen's command line wants it
-- explain   A transitive grant passes on what another domain granted. gnttab=no-transitive forbids them: a copy through one fails cleanly, with GNTST -1
--        |  and without any fault of an IOMMU. A guest cannot ask beforehand. (To map one is never allowed, and is told as "Bad flags (3)".)
-- remedy    Let Xen allow them again (take no-transitive from gnttab=): XSA-226 is mended since 4.7.4, 4.8.2, 4.9.1 and 4.10.0. Or let the guests copy
--        |  without passing grants on.
-- refs      xen/common/grant_table.c acquire_grant_for_copy(), parse_gnttab(), xen dc96c65ed6d7
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE kind = 'grant-error'
-- trigger   copy-refused  Xen refused to copy through a grant that was passed on
-- needs     policy        Xen was told to refuse such grants, and knows the option | ask: whether Xen's command line forbids transitive grants | capture: the console log from "Xen version" on, or xl info
-- decides   not-allowed   the reason that Xen gives: not allowed
-- excludes  allowed       such grants are allowed: the grant was passed on twice

SELECT i.id AS subject, NULL AS "case", x.clue, CASE x.clue WHEN 'copy-refused' THEN 'a transitive grant was refused' ELSE 'transitivity is not allowed' END AS says,
       e.capture, e.line, e.n
  FROM (SELECT g.boot, e.capture, min(e.line) AS line, count(*) AS n, coalesce(e.dev, 'd' || e.domain, 'd' || e.caller, 'Xen') AS dev
          FROM grant_error AS e
          JOIN segment AS g ON g.id = e.segment
         WHERE e.what = 'transitive-refused' AND e.trust <> 'guest' AND e.speaker = 'xen'
         GROUP BY g.boot, e.capture, coalesce(e.dev, 'd' || e.domain, 'd' || e.caller, 'Xen')) AS e
  JOIN incident AS i ON i.boot = e.boot AND i.kind = 'grant-error' AND i.device = e.dev
  JOIN (SELECT 'copy-refused' AS clue UNION ALL SELECT 'not-allowed') AS x

UNION ALL
SELECT i.id, NULL, CASE s.transitive WHEN 'no' THEN 'policy' ELSE 'allowed' END, s.says, s.capture, s.line, i.n
  FROM incident AS i
  JOIN v_gnttab_setting AS s ON s.boot = i.boot AND s.transitive IS NOT NULL
 WHERE i.kind = 'grant-error'
   -- No option on a command line that nobody saw.
   AND (s.how <> 'default' OR EXISTS (SELECT 1 FROM known_fact AS c WHERE c.boot = s.boot AND c.name = 'xen.cmdline'));

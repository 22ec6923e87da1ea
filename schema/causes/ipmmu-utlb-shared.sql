-- cause     ipmmu-utlb-shared
-- title     Two domains would share a micro-TLB of the IPMMU
-- explain   Devices behind one micro-TLB have one set of tables, so they can belong to one domain only. From 4.14 on Xen refuses the second
--        |  domain; Xen 4.13 lets it take the micro-TLB, and the other domain's devices fault.
-- remedy    Give all devices behind that micro-TLB to one domain.
-- refs      xen 90d19e6f53a4, xen/drivers/passthrough/arm/ipmmu-vmsa.c ipmmu_utlb_enable()
-- about     incident
-- kind      root
-- when      SELECT 1 FROM incident WHERE impl = 'ipmmu'
-- trigger   ipmmu            an IPMMU refused a device
-- needs     shared           two devices of different domains have one micro-TLB | ask: which devices share a micro-TLB | capture: the iommus properties of both devices in the device tree, and xl list -l | kind: message
-- decides   refused          Xen says that the micro-TLB belongs to another context | kind: message

SELECT i.id AS subject, NULL AS "case", x.clue,
       CASE x.clue WHEN 'ipmmu' THEN printf('%s refused a micro-TLB', i.device) WHEN 'shared' THEN printf('two domains want micro-TLB %d', t.nr) ELSE printf('micro-TLB %d has context %d already', t.nr, t.context) END AS says,
       t.capture, t.line, i.n AS n
  FROM incident AS i
  JOIN (SELECT g.boot, t.instance, min(t.id) AS first
          FROM iommu_trouble AS t JOIN segment AS g ON g.id = t.segment
         WHERE t.what = 'micro-tlb-taken' AND t.by = 'xen' AND t.trust <> 'guest'
         GROUP BY g.boot, t.instance) AS f ON f.boot = i.boot AND f.instance = i.device
  JOIN iommu_trouble AS t ON t.id = f.first
  JOIN (SELECT 'ipmmu' AS clue UNION ALL SELECT 'shared' UNION ALL SELECT 'refused') AS x
 WHERE i.impl = 'ipmmu' AND i.kind = 'iommu-trouble'

-- Xen 4.13 says nothing of it.
UNION ALL
SELECT c.incident, c.id, 'ipmmu', printf('an access to %#x was refused, and Xen %s lets domains share a micro-TLB', c.iova, v.version), c.capture, c.line, c.n
  FROM fault_case AS c
  JOIN v_xen_change AS v ON v.boot = c.boot AND v.change = 'ipmmu-utlb' AND v.state = 'affected'
 WHERE c.driven_by = 'xen' AND c.impl = 'ipmmu' AND c.kind = 'translation';

-- What an address in a fault means, where the captures tell: M1 (Arm, dom0 mapped 1:1) or M3 (x86, PV dom0).
CREATE VIEW v_model AS
SELECT b.id AS boot, 'M1' AS model
  FROM boot AS b
 WHERE EXISTS (SELECT 1 FROM allocation AS a JOIN segment AS g ON g.id = a.segment
                WHERE g.boot = b.id AND a.direct = 1 AND a.domain = 0 AND a.trust <> 'guest' AND a.speaker = 'xen')
   AND ifnull((SELECT f.value FROM v_fact AS f WHERE f.boot = b.id AND f.name = 'arch'), 'arm') LIKE 'arm%'
UNION ALL
SELECT b.id, 'M3'
  FROM boot AS b
 WHERE EXISTS (SELECT 1 FROM v_fact AS f WHERE f.boot = b.id AND f.name = 'dom0.kind' AND f.value = 'pv')
   AND EXISTS (SELECT 1 FROM v_fact AS f WHERE f.boot = b.id AND f.name = 'arch' AND f.value LIKE 'x86%')
   AND EXISTS (SELECT 1 FROM v_fact AS f WHERE f.boot = b.id AND f.name = 'xen.version');

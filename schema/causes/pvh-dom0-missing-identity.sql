-- cause     pvh-dom0-missing-identity
-- title     A PVH dom0 lacks a region that only firmware knows of
-- explain   A PVH dom0 and its devices reach memory of firmware and registers only where Xen was told of them. A region that is announced in dynamic tables
--        |  of ACPI only is missing. Newer releases can enter it when a processor touches it (dom0=pf-fixup); an access of a device cannot be mended.
-- remedy    Name the region with rmrr= (Intel) or ivmd= (AMD) on Xen's command line; update Xen to 4.19.2, 4.20.1 or later; or boot a PV dom0.
-- refs      xen 104591f5dd67, xen 62f3fc5296c4, xen docs/misc/xen-command-line.pandoc (dom0=pf-fixup)
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case, known_fact WHERE driven_by = 'xen' AND name = 'dom0.kind' AND value = 'pvh'
-- trigger   in-firmware   a device of a PVH dom0 was refused an address that is reserved for firmware or ACPI | kind: address
-- needs     lacks-fixup   this Xen enters no such region on its own | ask: the release of Xen | shown-by: xen-release | capture: xl info, or the console log from "Xen version" on | kind: version
-- supports  acpi-region   the memory map calls it ACPI's, or reserved | kind: address
-- caps      vendor-build  the version has a vendor's suffix | of: lacks-fixup
-- excludes  named         firmware names the range for devices, and Xen took it | kind: address

SELECT c.incident AS subject, c.id AS "case", x.clue, CASE x.clue WHEN 'in-firmware' THEN printf('%s was refused %#x', c.device, c.iova) ELSE p.says END AS says, p.capture, p.line, c.n
  FROM fault_case AS c
  JOIN fault_place AS p ON p."case" = c.id AND p.class = 'reserved'
  JOIN known_fact AS k ON k.boot = c.boot AND k.name = 'dom0.kind' AND k.value = 'pvh'
  JOIN (SELECT 'in-firmware' AS clue UNION ALL SELECT 'acpi-region') AS x
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd') AND c.kind IN ('no-access', 'translation', 'unknown') AND ifnull(c.domain, 0) = 0

UNION ALL
SELECT c.incident, c.id, 'lacks-fixup', printf('Xen %s cannot enter such a region when it is touched', v.version), v.capture, v.line, c.n
  FROM fault_case AS c
  JOIN v_xen_change AS v ON v.boot = c.boot AND v.change = 'pvh-dom0-identity' AND v.state IN ('affected', 'before')
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd')

UNION ALL
SELECT c.incident, c.id, 'vendor-build', printf('Xen %s is a vendor''s build', v.version), v.capture, v.line, c.n
  FROM fault_case AS c
  JOIN v_xen_change AS v ON v.boot = c.boot AND v.change = 'pvh-dom0-identity' AND v.suffix <> ''
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd')

UNION ALL
SELECT c.incident, c.id, 'named', p.says, p.capture, p.line, c.n
  FROM fault_case AS c
  JOIN fault_place AS p ON p."case" = c.id AND p.class IN ('rmrr', 'ivmd')
 WHERE c.driven_by = 'xen' AND c.impl IN ('vtd', 'amd');

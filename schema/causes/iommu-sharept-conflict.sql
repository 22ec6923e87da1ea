-- cause     iommu-sharept-conflict
-- title     A device walks the guest's own memory tables while Xen makes them read-only to keep a record
-- explain   On Intel a guest's device and its processors share one set of tables. When Xen watches what the guest writes to (to migrate or save it, or for its
--        |  screen), it makes entries read-only: a processor that writes is let through, a device is refused.
-- remedy    Boot Xen with iommu=no-sharept; do not migrate or save a guest while it has the device; no memory on demand (PoD), sharing or altp2m with devices.
-- refs      xen 02b46377b6 (XSA-390), xen docs/misc/xen-command-line.pandoc (iommu=sharept)
-- about     incident
-- kind      root
-- when      SELECT 1 FROM fault_case, message WHERE driven_by = 'xen' AND message.name = 'tool.xc.saving'
-- trigger   while-saved  a device of a guest is refused a write after Xen began to watch that guest's | kind: order
-- needs     shared       devices share the tables of the guest | ask: whether devices share the tables of guests | capture: the console log from "Xen version" on ("Shared EPT tables"), or xl debug-keys o | kind: message
-- supports  not-before   the device was refused nothing before that | kind: order
-- excludes  not-shared   devices have tables of their own
-- excludes  amd          AMD's devices never share them

SELECT c.incident AS subject, c.id AS "case", 'while-saved' AS clue, printf('d%d, which has %s, is being saved', d.domain, c.device) AS says, s.capture, s.line, c.n
  FROM fault_case AS c
  JOIN v_guest_device AS d ON d.boot = c.boot AND d.bdf = c.device AND ifnull(c.domain, d.domain) = d.domain
  JOIN v_guest_saved AS s ON s.boot = c.boot AND s.domain = d.domain AND s.capture = c.capture AND s.line < c.line
 WHERE c.driven_by = 'xen' AND c.access = 'write' AND c.kind IN ('no-access', 'permission', 'unknown')

-- An incident begins with its first line.
UNION ALL
SELECT c.incident, c.id, 'not-before', 'its first refused access came after that', i.first_capture, i.first_line, c.n
  FROM fault_case AS c
  JOIN incident AS i ON i.id = c.incident
  JOIN v_guest_device AS d ON d.boot = c.boot AND d.bdf = c.device
  JOIN v_guest_saved AS s ON s.boot = c.boot AND s.domain = d.domain AND s.capture = i.first_capture AND s.line < i.first_line
  JOIN segment AS g ON g.boot = c.boot AND g.capture = s.capture AND g.starts = 'xen-banner'
 WHERE c.driven_by = 'xen'
   AND NOT EXISTS (SELECT 1 FROM incident AS o WHERE o.boot = i.boot AND o.device = i.device AND o.id <> i.id AND o.first_line < s.line)

UNION ALL
SELECT c.incident, c.id, CASE f.value WHEN 'disabled' THEN 'not-shared' ELSE 'shared' END,
       CASE f.name WHEN 'xen.vtd.shared_tables' THEN printf('shared EPT tables are %s', f.value) ELSE printf('d%d shares its tables', f.value) END, f.capture, f.line, c.n
  FROM fault_case AS c
  JOIN v_fact AS f ON f.boot = c.boot AND f.name IN ('xen.vtd.shared_tables', 'xen.iommu.shared_tables')
 WHERE c.driven_by = 'xen' AND c.impl = 'vtd'

UNION ALL
SELECT c.incident, c.id, 'amd', 'the IOMMU is AMD''s', c.capture, c.line, c.n
  FROM fault_case AS c
 WHERE c.driven_by = 'xen' AND c.impl = 'amd';

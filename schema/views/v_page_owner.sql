-- when named
-- Machine pages that debug key q shows a domain to have, with the type that Xen counts each as (x86): 0 none, 1 to 4 a page table of that level, 5 a
-- descriptor table, 6 shared, 7 writable.  The last such line of each page.
CREATE VIEW v_page_owner AS
SELECT g.boot, CAST(substr(n.fields, instr(n.fields, '"mfn":') + 6) AS INTEGER) AS mfn, CAST(substr(n.fields, instr(n.fields, '"domain":') + 9) AS INTEGER) AS domain,
       CAST(substr(n.fields, instr(n.fields, '"type_info":') + 12) AS INTEGER) >> 61 & 7 AS type, n.capture, max(n.line) AS line
  FROM note AS n
  JOIN message AS m ON m.id = n.message AND m.name = 'xen.domain.page'
  JOIN segment AS g ON g.id = n.segment AND g.boot IS NOT NULL
 WHERE n.trust <> 'guest' AND n.speaker = 'xen' AND n.fields LIKE '%"name":"dom"%'
 GROUP BY g.boot, mfn;

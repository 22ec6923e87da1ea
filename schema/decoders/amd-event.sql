-- decoder  amd-event
-- title    Event record of AMD-Vi, as Xen prints it: 4 words of 32 bits
-- insert   iommu_fault event0 event1 event2 event3
-- set      impl=amd by=xen

SELECT ifnull((SELECT d.name FROM decode AS d WHERE d.register = 'amd.event' AND d.code = f.event1 >> 28 & 15), 'unknown') AS event,
       printf('%02x:%02x.%x', f.event0 >> 8 & 0xff, f.event0 >> 3 & 0x1f, f.event0 & 7) AS device,
       printf('0x%x', f.event1 & 0xffff) AS domain,
       printf('0x%03x', f.event1 >> 16 & 0xfff) AS flags,
       (SELECT group_concat(x.name, ' ') FROM (SELECT d.name FROM decode AS d WHERE d.register = 'amd.flags' AND d.bit IS NOT NULL
                                                 AND f.event1 >> (16 + d.bit) & 1 ORDER BY d.bit DESC) AS x) AS "flags are",
       printf('0x%x', f.event2 | (f.event3 << 32)) AS address
  FROM iommu_fault AS f;

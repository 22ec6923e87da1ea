-- decoder  smmuv3
-- title    Event record of an SMMUv3: 4 words of 64 bits
-- insert   iommu_fault word0 word1 word2 word3
-- set      impl=smmuv3 by=linux

SELECT e.name AS event, (SELECT d.meaning FROM decode AS d WHERE d.register = 'smmuv3.event' AND d.code = e.event) AS meaning,
       printf('0x%x', e.stream) AS "stream ID", CASE WHEN e.ssid IS NOT NULL THEN printf('0x%x', e.ssid) END AS "substream ID",
       e.access, e.class, 'stage ' || e.stage AS stage,
       CASE WHEN e.iova IS NOT NULL THEN printf('0x%x', e.iova) END AS iova,
       CASE WHEN e.ipa IS NOT NULL THEN printf('0x%x', e.ipa) END AS ipa,
       CASE WHEN e.fetch IS NOT NULL THEN printf('0x%x', e.fetch) END AS "descriptor at",
       CASE e.privileged WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END AS privileged,
       CASE e.instruction WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END AS "instruction",
       CASE e.stall WHEN 1 THEN 'yes, tag ' || e.stag WHEN 0 THEN 'no' END AS stalled
  FROM v_smmuv3_event AS e;

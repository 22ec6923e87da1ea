-- when named
-- SMMUv3 events, field by field: only what the kind of event carries; where words are missing, what the kernel's own lines say.
CREATE VIEW v_smmuv3_event AS
SELECT w.fault, w.capture, w.line, w.by, w.instance, w.event,
       (SELECT d.name FROM decode AS d WHERE d.register = 'smmuv3.event' AND d.code = w.event) AS name,
       CASE WHEN w.fits THEN w.word0 >> 32 & 0xffffffff ELSE w.said_stream END AS stream,
       CASE WHEN NOT ifnull(w.fits, 0) THEN nullif(w.said_ssid, 0)
            WHEN w.carries LIKE '% ssid-given %' OR (w.carries LIKE '% ssid %' AND w.word0 >> 11 & 1)
            THEN w.word0 >> 12 & 0xfffff END AS ssid,
       CASE WHEN w.two THEN CASE WHEN w.carries LIKE '% stage %'
                                 THEN (SELECT d.name FROM decode AS d
                                        WHERE d.register = 'smmuv3.class' AND d.code = w.word1 >> 40 & 3) END
            ELSE w.said_class END AS class,
       CASE WHEN w.two THEN CASE WHEN w.carries LIKE '% stage %' THEN w.word1 >> 31 & 1 END
            ELSE w.said_stall END AS stall,
       CASE WHEN w.two THEN CASE WHEN w.carries LIKE '% stage %' THEN w.word1 & 0xffff END ELSE w.said_stag END AS stag,
       CASE WHEN w.two THEN CASE WHEN w.carries LIKE '% attributes %' THEN w.word1 >> 33 & 1 END
            ELSE w.said_privileged END AS privileged,
       CASE WHEN w.two THEN CASE WHEN w.carries LIKE '% attributes %' THEN w.word1 >> 34 & 1 END
            ELSE w.said_instruction END AS instruction,
       CASE WHEN w.two THEN CASE WHEN w.carries LIKE '% access %'
                                 THEN CASE WHEN w.word1 >> 35 & 1 THEN 'read' ELSE 'write' END END
            ELSE w.said_access END AS access,
       CASE WHEN w.two THEN CASE WHEN w.carries LIKE '% stage %' THEN 1 + (w.word1 >> 39 & 1) END
            ELSE w.said_stage END AS stage,
       CASE WHEN w.two THEN CASE WHEN w.carries LIKE '% ttd %' AND w.word1 >> 40 & 3 = 1
                                 THEN CASE WHEN w.word1 >> 44 & 1 THEN 'read' ELSE 'write' END END
            ELSE w.said_ttd END AS ttd,
       CASE WHEN w.four THEN CASE WHEN w.carries LIKE '% address %' THEN w.word2 END ELSE w.said_iova END AS iova,
       CASE WHEN w.four THEN CASE WHEN w.carries LIKE '% ipa %' AND w.word1 >> 39 & 1 THEN w.word3 & 0xffffffffff000 END
            WHEN w.said_stage = 2 THEN w.said_ipa END AS ipa,
       CASE WHEN w.four THEN CASE WHEN w.carries LIKE '% fetch %'
                                  THEN ifnull(nullif(w.word3 & 0xffffffffffff8, 0),
                                              CASE WHEN w.carries NOT LIKE '% address %' THEN nullif(w.word2, 0) END) END
            ELSE w.said_fetch END AS fetch
  FROM (SELECT e.*, e.fits AND e.word1 IS NOT NULL AS two, e.fits AND e.word3 IS NOT NULL AS four,
               (SELECT ' ' || d.name || ' ' FROM decode AS d WHERE d.register = 'smmuv3.carries' AND d.code = e.event) AS carries
          FROM (SELECT f.id AS fault, f.capture, f.line, f.by, f.instance, f.word0, f.word1, f.word2, f.word3,
                       coalesce(f.event, CASE WHEN f.word3 IS NOT NULL THEN f.word0 & 0xff END,
                                (SELECT d.code FROM decode AS d WHERE d.register = 'smmuv3.event' AND d.name = f.type),
                                f.word0 & 0xff) AS event,
                       CASE WHEN f.event IS NOT NULL THEN f.word0 & 0xff = f.event ELSE f.word3 IS NOT NULL END AS fits,
                       f.stream AS said_stream, f.ssid AS said_ssid, f.iova AS said_iova, f.ipa AS said_ipa,
                       f.fetch AS said_fetch, f.class AS said_class, f.access AS said_access, f.stag AS said_stag,
                       f.privilege = 'priv' AS said_privileged, f.space = 'inst' AS said_instruction,
                       substr(f.stage, 2) + 0 AS said_stage, substr(f.ttd, 5) AS said_ttd,
                       CASE WHEN f.stag IS NOT NULL THEN f.stall IS NOT NULL END AS said_stall
                  FROM iommu_fault AS f
                 WHERE f.impl = 'smmuv3') AS e) AS w;

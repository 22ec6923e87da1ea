-- when named
-- Errors that PCIe devices report, one row a record: what failed, and the packet it was about, where its header is logged.
CREATE VIEW v_pci_error AS
SELECT f.capture, f.line, f.boot, f.place, f.kind, f.driver, f.bdf,
       CASE WHEN f.source IS NOT NULL THEN f.source
            WHEN f.kind = 'dpc' AND f.severity IS NOT NULL AND f.requester IS NOT NULL
            THEN printf('%s:%02x:%02x.%d', f.domain, f.requester >> 8, f.requester >> 3 & 0x1f, f.requester & 7)
            WHEN f.kind = 'aer' AND EXISTS (SELECT 1 FROM pci_event AS m
                                             WHERE m.capture = f.capture AND m.line < f.line AND m.line >= f.line - 64
                                               AND m.segment = f.segment AND m.what = 'error-message' AND m.source = f.bdf
                                               AND ifnull(m.severity = f.severity, 1) AND m.speaker = f.speaker
                                               AND ifnull(m.clock <> f.clock OR f.t_lo - m.t_hi <= 1000000000, 1))
            THEN f.bdf
            WHEN f.kind = 'aer'
            THEN (SELECT ifnull(m.source, printf('%s:%02x:%02x.%d', substr(m.bdf, 1, length(m.bdf) - 8),
                                                 m.requester >> 8 & 0xff, m.requester >> 3 & 0x1f, m.requester & 7))
                    FROM pci_event AS m
                   WHERE m.capture = f.capture AND m.line < f.line AND m.line >= f.line - 64 AND m.segment = f.segment
                     AND m.what = 'error-message' AND ifnull(m.severity = f.severity, 1) AND m.speaker = f.speaker
                     AND ifnull(m.clock <> f.clock OR f.t_lo - m.t_hi <= 1000000000, 1)
                     AND ifnull(m.source, m.requester) IS NOT NULL
                   ORDER BY m.line DESC LIMIT 1)
            END AS source,
       f.severity, f.layer, f.agent, f.reason, f.status, f.mask, f.bits, f.register,
       (SELECT group_concat(n.name, ', ')
          FROM (SELECT d.name FROM decode AS d
                 WHERE d.register = f.register AND f.bits >> d.bit & 1 ORDER BY d.bit) AS n) AS names,
       f.first_bit, f.vendor_id, f.device_id, f.record, f.section,
       CASE WHEN f.dw0 IS NOT NULL
            THEN ifnull((SELECT d.name FROM decode AS d WHERE d.register = 'tlp.type' AND d.code = f.tlp_code), 'unknown') END AS tlp,
       (SELECT d.meaning FROM decode AS d WHERE d.register = 'tlp.type' AND d.code = f.tlp_code) AS tlp_meaning,
       CASE f.format & 5 WHEN 0 THEN '3DW' WHEN 1 THEN '4DW' END AS header,
       CASE WHEN f.class = 'answer' THEN printf('%02x:%02x.%d', f.dw2 >> 24 & 0xff, f.dw2 >> 19 & 0x1f, f.dw2 >> 16 & 7)
            WHEN f.class IS NOT NULL THEN printf('%02x:%02x.%d', f.dw1 >> 24 & 0xff, f.dw1 >> 19 & 0x1f, f.dw1 >> 16 & 7)
            END AS requester,
       CASE WHEN f.class = 'answer' THEN f.dw2 >> 8 & 0xff WHEN f.class IS NOT NULL THEN f.dw1 >> 8 & 0xff END AS tag,
       CASE WHEN f.class = 'answer' THEN printf('%02x:%02x.%d', f.dw1 >> 24 & 0xff, f.dw1 >> 19 & 0x1f, f.dw1 >> 16 & 7)
            END AS completer,
       CASE WHEN f.class = 'answer'
            THEN ifnull((SELECT d.name FROM decode AS d WHERE d.register = 'tlp.completion' AND d.code = f.dw1 >> 13 & 7), 'reserved')
            END AS completion,
       CASE WHEN f.class = 'memory' AND f.format & 1 THEN (f.dw2 << 32) | (f.dw3 & 0xfffffffc)
            WHEN f.class IN ('memory', 'io') THEN f.dw2 & 0xfffffffc END AS address,
       CASE WHEN f.class = 'memory' THEN CASE WHEN f.format & 1 THEN 64 ELSE 32 END WHEN f.class = 'io' THEN 32 END AS address_bits,
       CASE WHEN f.class = 'memory'
            THEN ifnull((SELECT d.name FROM decode AS d WHERE d.register = 'tlp.address-type' AND d.code = f.dw0 >> 10 & 3), 'reserved')
            END AS address_type,
       CASE WHEN f.class IN ('memory', 'io', 'config') OR f.class IS NOT NULL AND f.format & 2
            THEN CASE f.dw0 & 0x3ff WHEN 0 THEN 1024 ELSE f.dw0 & 0x3ff END END AS length_dw,
       CASE WHEN f.class IS NOT NULL THEN f.dw0 >> 14 & 1 END AS poisoned,
       CASE WHEN f.class = 'config' THEN printf('%02x:%02x.%d', f.dw2 >> 24 & 0xff, f.dw2 >> 19 & 0x1f, f.dw2 >> 16 & 7) END AS target,
       CASE WHEN f.class = 'config' THEN f.dw2 & 0xffc END AS target_register,
       CASE WHEN f.class = 'answer' THEN CASE f.dw1 & 0xfff WHEN 0 THEN 4096 ELSE f.dw1 & 0xfff END END AS byte_count,
       CASE WHEN f.class = 'answer' THEN f.dw2 & 0x7f END AS lower_address,
       CASE WHEN f.class = 'message'
            THEN ifnull((SELECT d.name FROM decode AS d WHERE d.register = 'tlp.message' AND d.code = f.dw1 & 0xff),
                        printf('0x%02x', f.dw1 & 0xff)) END AS msg,
       f.trust, f.speaker, f.replayed, f.headless, f.t_lo, f.t_hi, f.id, f.clock
  FROM (
        SELECT e.id, e.capture, e.line, e.segment, e.kind, e.driver, e.bdf, substr(e.bdf, 1, length(e.bdf) - 8) AS domain, e.source,
               e.requester, e.severity, e.layer, e.agent, e.reason, e.status, e.mask, e.first_bit, e.vendor_id, e.device_id,
               e.record, e.section, e.boot, e.place, e.trust, e.speaker, e.replayed, e.headless, e.clock, e.t_lo, e.t_hi,
               e.dw0, e.dw1, e.dw2, e.dw3, e.dw0 >> 24 & 0xff AS tlp_code, e.dw0 >> 29 & 7 AS format,
               CASE WHEN e.dw3 IS NULL THEN NULL
                    WHEN e.dw0 >> 24 & 0xff IN (0x00, 0x20, 0x01, 0x21, 0x40, 0x60, 0x4c, 0x6c, 0x4d, 0x6d, 0x4e, 0x6e) THEN 'memory'
                    WHEN e.dw0 >> 24 & 0xff IN (0x02, 0x42) THEN 'io'
                    WHEN e.dw0 >> 24 & 0xff IN (0x04, 0x44, 0x05, 0x45) THEN 'config'
                    WHEN e.dw0 >> 24 & 0xff IN (0x0a, 0x4a, 0x0b, 0x4b) THEN 'answer'
                    WHEN e.dw0 >> 24 & 0xbf BETWEEN 0x30 AND 0x35 THEN 'message' END AS class,
               CASE WHEN e.kind = 'dpc' THEN 'pcie.dpc'
                    WHEN e.kind = 'rp-pio' THEN 'pcie.rp-pio'
                    WHEN e.severity = 'corrected' THEN 'pcie.correctable'
                    WHEN e.severity IN ('nonfatal', 'fatal') OR e.register = 'uncorrectable' THEN 'pcie.uncorrectable' END AS register,
               CASE WHEN e.kind = 'cper' AND e.severity = 'corrected' AND e.cor_status IS NOT NULL
                    THEN e.cor_status & ~ifnull(e.cor_mask, 0)
                    WHEN e.kind = 'dpc' THEN e.status
                    WHEN e.kind = 'cper' AND e.severity = 'corrected' THEN NULL
                    WHEN e.status IS NOT NULL THEN e.status & ~ifnull(e.mask, 0)
                    WHEN ifnull(e.first_bit, e.bit0) IS NOT NULL
                    THEN ifnull(1 << e.first_bit, 0) | ifnull(1 << e.bit0, 0) | ifnull(1 << e.bit1, 0) | ifnull(1 << e.bit2, 0)
                         | ifnull(1 << e.bit3, 0) | ifnull(1 << e.bit4, 0) | ifnull(1 << e.bit5, 0) | ifnull(1 << e.bit6, 0)
                         | ifnull(1 << e.bit7, 0) END AS bits
          FROM (
                SELECT p.id, p.capture, p.line, p.segment, p.kind, p.driver, p.bdf, p.source, p.requester, p.layer, p.agent,
                       ifnull(p.reason, CASE WHEN p.kind <> 'dpc' THEN NULL
                                             WHEN p.status >> 1 & 3 < 3
                                             THEN (SELECT d.name FROM decode AS d
                                                    WHERE d.register = 'pcie.dpc-reason' AND d.code = p.status >> 1 & 3)
                                             ELSE (SELECT d.name FROM decode AS d
                                                    WHERE d.register = 'pcie.dpc-extension' AND d.code = p.status >> 5 & 3) END) AS reason,
                       CASE WHEN p.severity IS NOT NULL THEN p.severity
                            WHEN p.kind = 'dpc' AND p.reason IN ('fatal', 'nonfatal') THEN p.reason
                            WHEN p.kind = 'dpc' AND p.reason IS NULL AND p.status >> 1 & 3 = 1 THEN 'nonfatal'
                            WHEN p.kind = 'dpc' AND p.reason IS NULL AND p.status >> 1 & 3 = 2 THEN 'fatal'
                            WHEN p.register = 'correctable' THEN 'corrected'
                            WHEN p.kind = 'aer-firmware' AND p.sev_mask IS NOT NULL AND p.status IS NOT NULL
                            THEN CASE WHEN p.status & ~ifnull(p.mask, 0) & p.sev_mask THEN 'fatal' ELSE 'nonfatal' END
                            END AS severity,
                       p.register, p.status, p.mask, p.first_bit, p.bit0, p.bit1, p.bit2, p.bit3, p.bit4, p.bit5, p.bit6, p.bit7,
                       p.vendor_id, p.device_id, p.record, p.section, p.cor_status, p.cor_mask,
                       CASE WHEN ifnull(p.dw0 | p.dw1 | p.dw2 | p.dw3, 1) <> 0 THEN p.dw0 END AS dw0, p.dw1, p.dw2, p.dw3,
                       g.boot, a.short || ':' || p.line AS place, p.trust, p.speaker, p.replayed, p.headless, p.clock, p.t_lo, p.t_hi
                  FROM pci_error AS p
                  JOIN segment AS g ON g.id = p.segment
                  LEFT JOIN v_place AS a ON a.capture = p.capture
                 WHERE p.trust <> 'guest'
               ) AS e
       ) AS f;

-- Error records of PCIe to cases: alike in all that a cause looks at, and with what stands near them in time.
DELETE FROM pci_case;
DELETE FROM pci_place;

-- when SELECT 1 FROM pci_error
CREATE TEMP TABLE IF NOT EXISTS pci_incident (boot INTEGER, kind TEXT, device TEXT, id INTEGER, PRIMARY KEY (boot, kind, device)) WITHOUT ROWID;
DELETE FROM pci_incident;
INSERT OR IGNORE INTO pci_incident SELECT i.boot, i.kind, i.device, i.id FROM incident AS i WHERE i.impl = 'pcie';

CREATE TEMP TABLE IF NOT EXISTS pci_at (
  error INTEGER PRIMARY KEY, incident INTEGER, boot INTEGER, kind TEXT, bdf TEXT, source TEXT, driver TEXT, severity TEXT, reason TEXT,
  status INTEGER, bits INTEGER, first_bit INTEGER, tlp TEXT, requester TEXT, address INTEGER, length_dw INTEGER, poisoned INTEGER,
  capture INTEGER, line INTEGER, clock INTEGER, t_lo INTEGER, t_hi INTEGER, base_lo INTEGER, base_hi INTEGER,
  injected INTEGER, fault INTEGER, other_fault INTEGER, contained INTEGER, gone INTEGER, reset INTEGER, state INTEGER);
DELETE FROM pci_at;
INSERT INTO pci_at
SELECT e.id, i.id, e.boot, e.kind, ifnull(e.bdf, e.source), ifnull(e.source, e.bdf), e.driver, e.severity, e.reason,
       e.status, e.bits, e.first_bit, e.tlp, e.requester, e.address, e.length_dw, e.poisoned,
       e.capture, e.line, e.clock, e.t_lo, e.t_hi, e.t_lo + k.offset_lo, e.t_hi + k.offset_hi, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM v_pci_error AS e
  LEFT JOIN clock AS k ON k.id = e.clock
  JOIN pci_incident AS i ON i.boot = e.boot AND i.device = ifnull(e.bdf, e.source)
                        AND i.kind = CASE WHEN e.severity = 'corrected' THEN 'pci-corrected' ELSE 'pci-error' END
 WHERE e.speaker IN ('host', 'unknown', 'xen') AND (e.section IS NULL OR e.section = 'pcie') AND ifnull(e.severity, '') <> 'info';

-- What the lines before a record tell: an injection, an error that a port contained, a link that went, a reset.
UPDATE pci_at
   SET injected = (SELECT max(v.id)
                     FROM pci_event AS v
                    WHERE v.capture = pci_at.capture AND v.line BETWEEN pci_at.line - 64 AND pci_at.line AND v.what = 'injected' AND v.trust <> 'guest'
                      AND v.source = pci_at.bdf
                      AND ifnull(pci_at.bits & CASE pci_at.severity WHEN 'corrected' THEN v.cor_status ELSE v.status END, 1)
                      AND ifnull(v.clock = pci_at.clock AND pci_at.t_hi - v.t_lo <= 1000000000, v.clock IS NULL AND pci_at.line - v.line <= 8)),
       reset = (SELECT max(v.id)
                  FROM pci_event AS v
                 WHERE v.capture = pci_at.capture AND v.line BETWEEN pci_at.line - 64 AND pci_at.line AND v.trust <> 'guest'
                   AND v.what IN ('reset', 'resetting', 'reset-done', 'ready', 'waiting', 'gave-up', 'power-stuck')
                   AND substr(v.bdf, 1, length(v.bdf) - 2) = substr(pci_at.bdf, 1, length(pci_at.bdf) - 2)
                   AND ifnull(v.clock = pci_at.clock AND pci_at.t_hi - v.t_lo <= 1000000000, v.clock IS NULL AND pci_at.line - v.line <= 8)),
       gone = (SELECT max(v.id)
                 FROM pci_event AS v
                WHERE v.capture = pci_at.capture AND v.line BETWEEN pci_at.line - 64 AND pci_at.line AND v.trust <> 'guest'
                  AND v.what IN ('link-down', 'card-gone', 'disconnected', 'power-fault')
                  AND substr(v.bdf, 1, length(v.bdf) - 8) = substr(pci_at.bdf, 1, length(pci_at.bdf) - 8)
                  AND ifnull(v.clock = pci_at.clock AND pci_at.t_hi - v.t_lo <= 10000000000, v.clock IS NULL));

-- Of a port that had contained an error, all functions on the bus of the one that it names, and on the buses behind it, where lspci tells them;
-- of the last four such ports before the record.
CREATE INDEX IF NOT EXISTS temp.pci_at_dpc ON pci_at (capture, line) WHERE kind = 'dpc';
CREATE TEMP TABLE IF NOT EXISTS bridge_bus (boot INTEGER, bdf TEXT, bus_first INTEGER, bus_last INTEGER, PRIMARY KEY (boot, bdf, bus_first)) WITHOUT ROWID;
DELETE FROM bridge_bus;
INSERT OR IGNORE INTO bridge_bus SELECT b.boot, b.bdf, b.bus_first, b.bus_last FROM v_pci_bridge AS b WHERE b.boot IS NOT NULL AND b.bdf IS NOT NULL;
UPDATE pci_at
   SET contained = (SELECT d.error
                      FROM (SELECT d.* FROM pci_at AS d WHERE d.kind = 'dpc' AND d.capture = pci_at.capture AND d.line < pci_at.line ORDER BY d.line DESC LIMIT 4) AS d
                     WHERE d.boot = pci_at.boot AND ifnull(d.clock = pci_at.clock AND pci_at.t_hi - d.t_lo <= 10000000000, d.clock IS NULL)
                       AND (d.bdf = pci_at.bdf
                            OR d.source <> d.bdf AND substr(d.source, 1, length(d.source) - 5) = substr(pci_at.bdf, 1, length(pci_at.bdf) - 5)
                            OR EXISTS (SELECT 1 FROM bridge_bus AS b
                                        WHERE b.boot = pci_at.boot AND b.bdf = d.bdf AND substr(b.bdf, 1, length(b.bdf) - 8) = substr(pci_at.bdf, 1, length(pci_at.bdf) - 8)
                                          AND 16 * instr('0123456789abcdef', substr(pci_at.bdf, -7, 1)) + instr('0123456789abcdef', substr(pci_at.bdf, -6, 1)) - 17
                                              BETWEEN b.bus_first AND b.bus_last))
                     LIMIT 1)
 WHERE pci_at.kind <> 'dpc' AND EXISTS (SELECT 1 FROM pci_error AS p WHERE p.kind = 'dpc');

-- The state of migration that the device was in.
-- when SELECT 1 FROM pci_error, vfio_state
CREATE TEMP TABLE IF NOT EXISTS vfio_span (
  id INTEGER, boot INTEGER, bdf TEXT, capture INTEGER, line INTEGER, until_line INTEGER, base_hi INTEGER, until_lo INTEGER);
CREATE INDEX IF NOT EXISTS temp.vfio_span_line ON vfio_span (boot, bdf, capture, line);
CREATE INDEX IF NOT EXISTS temp.vfio_span_time ON vfio_span (boot, bdf, base_hi);
DELETE FROM vfio_span;
INSERT INTO vfio_span SELECT s.id, s.boot, s.bdf, s.capture, s.line, s.until_line, s.base_hi, s.until_lo FROM v_vfio_state AS s;
UPDATE pci_at
   SET state = ifnull((SELECT s.id
                         FROM (SELECT s.id, s.until_line FROM vfio_span AS s
                                WHERE s.boot = pci_at.boot AND s.bdf = pci_at.bdf AND s.capture = pci_at.capture AND s.line < pci_at.line
                                ORDER BY s.line DESC LIMIT 1) AS s
                        WHERE ifnull(s.until_line > pci_at.line, 1)),
                      (SELECT s.id
                         FROM (SELECT s.* FROM vfio_span AS s
                                WHERE s.boot = pci_at.boot AND s.bdf = pci_at.bdf AND s.base_hi <= pci_at.base_lo
                                ORDER BY s.base_hi DESC LIMIT 16) AS s
                        WHERE s.capture <> pci_at.capture AND ifnull(s.until_lo >= pci_at.base_hi, s.until_line IS NULL)
                        LIMIT 1));

-- IOMMUs' refusals around the record, on either side.
-- when SELECT 1 FROM pci_error, iommu_fault
CREATE INDEX IF NOT EXISTS temp.fault_at_bdf ON fault_at (boot, bdf, base_lo);
CREATE TEMP TABLE IF NOT EXISTS fault_of_boot (boot INTEGER PRIMARY KEY, first INTEGER, undated INTEGER);
DELETE FROM fault_of_boot;
INSERT INTO fault_of_boot
SELECT a.boot, min(a.fault), min(CASE WHEN a.base_lo IS NULL OR a.base_hi IS NULL THEN a.fault END) FROM fault_at AS a WHERE a.boot IS NOT NULL GROUP BY a.boot;
UPDATE pci_at
   SET fault = ifnull((SELECT a.fault FROM fault_at AS a
                        WHERE a.boot = pci_at.boot AND a.bdf = pci_at.bdf
                          AND a.base_lo BETWEEN pci_at.base_hi - 1000000000 AND pci_at.base_lo + 1000000000 AND a.base_hi <= pci_at.base_lo + 1000000000
                        LIMIT 1),
                      (SELECT a.fault FROM fault_at AS a
                        WHERE a.capture = pci_at.capture AND a.line BETWEEN pci_at.line - 3 AND pci_at.line + 3 AND a.bdf = pci_at.bdf LIMIT 1));
UPDATE pci_at
   SET other_fault = coalesce((SELECT a.fault FROM fault_at AS a
                                WHERE a.boot = pci_at.boot AND a.base_lo BETWEEN pci_at.base_lo - 1000000000 AND pci_at.base_hi + 1000000000 LIMIT 1),
                              (SELECT CASE WHEN pci_at.base_lo IS NULL THEN u.first ELSE u.undated END FROM fault_of_boot AS u WHERE u.boot = pci_at.boot))
 WHERE fault IS NULL;

-- when SELECT 1 FROM pci_error
INSERT INTO pci_case (incident, boot, kind, bdf, source, driver, severity, reason, status, bits, first_bit, tlp, requester, address, length_dw, poisoned,
                      n, capture, line, base_lo, base_hi, injected, fault, other_fault, contained, gone, reset, state)
SELECT a.incident, a.boot, a.kind, a.bdf, a.source, a.driver, a.severity, a.reason, a.status, a.bits, a.first_bit, a.tlp, a.requester, a.address,
       a.length_dw, a.poisoned, x.n, a.capture, a.line, a.base_lo, a.base_hi, a.injected, a.fault, a.other_fault, a.contained, a.gone, a.reset, a.state
  FROM (SELECT min(a.error) AS first, count(*) AS n
          FROM pci_at AS a
         GROUP BY a.incident, a.kind, a.severity, a.reason, a.bits, a.first_bit, a.tlp, a.requester, a.address >> 12, a.poisoned,
                  a.injected IS NULL, a.fault IS NULL, a.other_fault IS NULL, a.contained IS NULL, a.gone IS NULL, a.reset IS NULL, a.state) AS x
  JOIN pci_at AS a ON a.error = x.first
 ORDER BY x.first;

-- Faults of a device that had been stopped for its migration: the first of each case and state.
DELETE FROM stopped_fault;

-- when SELECT 1 FROM vfio_state, iommu_fault
CREATE INDEX IF NOT EXISTS temp.fault_at_place ON fault_at (bdf, capture, line);
INSERT INTO stopped_fault ("case", incident, state, capture, line)
SELECT (SELECT min(c.id) FROM fault_case AS c WHERE c.incident = a.incident AND c.access IS a.access AND c.domain IS a.domain), a.incident, x.state, a.capture, a.line
  FROM (SELECT s.id AS state,
               (SELECT a.fault FROM fault_at AS a
                 WHERE a.bdf = s.bdf AND a.capture = s.capture AND a.line > s.line AND a.boot = s.boot
                 ORDER BY a.line LIMIT 1) AS fault, s.until_line
          FROM v_vfio_state AS s
         WHERE s.runs = 0) AS x
  JOIN fault_at AS a ON a.fault = x.fault AND ifnull(a.line < x.until_line, 1);

-- when SELECT 1 FROM pci_case WHERE address IS NOT NULL AND (EXISTS (SELECT 1 FROM pci_region) OR EXISTS (SELECT 1 FROM pci_bar) OR EXISTS (SELECT 1 FROM memory_range WHERE kind = 'iomem'))
INSERT INTO pci_place ("case", bdf, first, last, capture, line)
SELECT y."case", r.whose, r.first, r.last, r.capture, r.line
  FROM (SELECT c.id AS "case", r.id AS range, row_number() OVER (PARTITION BY c.id ORDER BY r.last - r.first, r.capture, r.line, r.id) AS nr
          FROM pci_case AS c
         CROSS JOIN (SELECT DISTINCT p.bits FROM place_block AS p WHERE p.class = 'bar') AS b
         CROSS JOIN place_block AS p ON p.boot = c.boot AND p.bits = b.bits AND p.block = c.address >> b.bits AND p.class = 'bar'
         CROSS JOIN place_range AS r ON r.id = p.range
         WHERE c.address >= 0) AS y
  JOIN place_range AS r ON r.id = y.range
 WHERE y.nr <= 8;

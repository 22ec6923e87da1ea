-- What is concluded: incidents, their cases, verdicts, and what speaks for and against each.

-- The symptoms of one device and one kind in one boot.
CREATE TABLE incident (
  id            INTEGER PRIMARY KEY, -- number in order of appearance, from 1
  boot          INTEGER NOT NULL,   -- power-on (boot.id)
  kind          TEXT NOT NULL,      -- kind of fault, or a kind of incident_kind
  impl          TEXT NOT NULL,      -- which IOMMU reported it; swiotlb, device, dma, pcie, grant, iommu, host, xen or linux where none did
  device        TEXT NOT NULL,      -- the device, as far as the lines tell
  access        TEXT,               -- read or write, NULL: both, or not told
  stream        INTEGER,            -- stream ID, NULL: several, or not told
  domain        INTEGER,            -- domain whose context it is, NULL: not told
  n             INTEGER NOT NULL,   -- lines that report it, a lower bound where a gap is
  pages         INTEGER NOT NULL,   -- different frames
  first_iova    INTEGER,            -- address of the first
  first_capture INTEGER NOT NULL,   -- first line (capture.id)
  first_line    INTEGER NOT NULL,   -- first line
  last_capture  INTEGER NOT NULL,   -- last line (capture.id)
  last_line     INTEGER NOT NULL    -- last line
) STRICT;

CREATE INDEX incident_device ON incident (boot, device, kind);

-- Faults of an incident that are alike in all that a cause looks at.
CREATE TABLE fault_case (
  id           INTEGER PRIMARY KEY, -- number, no unit
  incident     INTEGER NOT NULL,    -- the incident (incident.id)
  boot         INTEGER NOT NULL,    -- power-on (boot.id)
  impl         TEXT NOT NULL,       -- which IOMMU reported it
  driven_by    TEXT NOT NULL,       -- who drives that IOMMU: xen or linux
  kind         TEXT NOT NULL,       -- kind of fault
  access       TEXT,                -- read or write
  domain       INTEGER,             -- domain whose context it is
  frame_class  TEXT,                -- foreign, own, bounce, outside, ram, reserved; NULL: not known
  grant_state  TEXT,                -- live, ended, later; NULL: no grant is known
  relation     TEXT,                -- certain or possible: how sure grant_state is
  near         INTEGER NOT NULL,    -- 1: witness and fault are at most 60 s apart
  n            INTEGER NOT NULL,    -- faults
  capture      INTEGER NOT NULL,    -- first fault (capture.id)
  line         INTEGER NOT NULL,    -- first fault, line
  iova         INTEGER,             -- address of the first
  page         INTEGER,             -- its frame
  device       TEXT NOT NULL,       -- the device, as far as the lines tell
  stream       INTEGER,             -- stream ID of the first
  context      INTEGER,             -- context bank of the first
  base_lo      INTEGER,             -- earliest instant of the first, base clock, ns
  base_hi      INTEGER,             -- latest instant of the first, base clock, ns
  grant_why    TEXT,                -- dump or trace
  grant_ref    INTEGER,             -- grant reference
  grant_domain INTEGER,             -- granting domain
  grant_mapper INTEGER,             -- mapping domain
  distance     INTEGER,             -- longest time between witness and fault, ns; NULL: not bounded
  grant_capture INTEGER,            -- witness (capture.id)
  grant_line   INTEGER,             -- witness, line
  end_what     TEXT,                -- what ended the grant
  end_capture  INTEGER,             -- what ended it (capture.id)
  end_line     INTEGER,             -- what ended it, line
  unshown      INTEGER,             -- operations of batches that no line shows and that may make grant_state of the first another; NULL: none
  level        INTEGER,             -- SMMU: table level where the walk of the first ended, from 0; NULL: not told
  told         INTEGER NOT NULL,    -- 1: grant_state rests on a clock that the user told
  fault        INTEGER NOT NULL,    -- the first fault (iommu_fault.id)
  last_fault   INTEGER NOT NULL     -- the last one (iommu_fault.id)
) STRICT;

CREATE INDEX fault_case_incident ON fault_case (incident);
CREATE INDEX fault_case_device ON fault_case (boot, device);

-- Faults of one device so close together that Xen took bus mastering away from it: Xen's own count (worked out by schema/analysis/).
CREATE TABLE fault_storm (
  incident INTEGER PRIMARY KEY,     -- the incident (incident.id)
  count    INTEGER NOT NULL,        -- highest count that is certain; Xen acts at 10
  dated    INTEGER NOT NULL,        -- 1: the faults have times
  capture  INTEGER NOT NULL,        -- fault at which the count came to 10, else the last one (capture.id)
  line     INTEGER NOT NULL,        -- its line
  after    INTEGER NOT NULL         -- faults of the incident behind that one
) STRICT;

-- What is known to be at the address of a case; several rows where several things are.
CREATE TABLE fault_place (
  "case"  INTEGER NOT NULL,         -- the case (fault_case.id)
  class   TEXT NOT NULL,            -- null, low, interrupts, doorbell, negative, beyond, ram, reserved, bar, or a kind of memory_range (rmrr, ivmd, rmr, dom-bank, swiotlb, ...)
  whose   TEXT,                     -- device or domain that it belongs to, NULL: of nobody, or not told
  first   INTEGER,                  -- first address of the range
  last    INTEGER,                  -- one past its last address
  says    TEXT NOT NULL,            -- where the address is, in words
  capture INTEGER NOT NULL,         -- line that tells of the range (capture.id)
  line    INTEGER NOT NULL,         -- the line
  hits    INTEGER,                  -- how many of the incident's first 16 addresses lie in that range
  tries   INTEGER                   -- how many addresses these are
) STRICT;

CREATE INDEX fault_place_case ON fault_place ("case", class);

-- Error records of PCIe that are alike in all that a cause looks at: the cases of incidents of the kinds pci-error and pci-corrected.
CREATE TABLE pci_case (
  id           INTEGER PRIMARY KEY, -- number, no unit
  incident     INTEGER NOT NULL,    -- the incident (incident.id)
  boot         INTEGER NOT NULL,    -- power-on (boot.id)
  kind         TEXT NOT NULL,       -- aer, aer-firmware, dpc, rp-pio or cper
  bdf          TEXT,                -- device that has the error
  source       TEXT,                -- device that sent the error message
  driver       TEXT,                -- its driver
  severity     TEXT,                -- corrected, nonfatal or fatal; NULL: not told
  reason       TEXT,                -- why a port was contained
  status       INTEGER,             -- status register, bits
  bits         INTEGER,             -- errors that are reported, bits
  first_bit    INTEGER,             -- number of the first of them
  tlp          TEXT,                -- kind of packet by name, where its header is logged
  requester    TEXT,                -- who sent it, bus:device.function
  address      INTEGER,             -- address in it
  length_dw    INTEGER,             -- its data, double words
  poisoned     INTEGER,             -- 1: its data are marked bad
  n            INTEGER NOT NULL,    -- records
  capture      INTEGER NOT NULL,    -- first record (capture.id)
  line         INTEGER NOT NULL,    -- first record, line
  base_lo      INTEGER,             -- earliest instant of the first, base clock, ns
  base_hi      INTEGER,             -- latest instant of the first, base clock, ns
  injected     INTEGER,             -- aer_inject feigned it less than a second before (pci_event.id), NULL: not
  fault        INTEGER,             -- the IOMMU refused an access of that function within a second (iommu_fault.id), NULL: not
  other_fault  INTEGER,             -- the same of another or of an unknown device, NULL: not
  contained    INTEGER,             -- a port above had contained an error within ten seconds before (pci_error.id), NULL: not
  gone         INTEGER,             -- a link of the segment had gone within ten seconds before (pci_event.id), NULL: not
  reset        INTEGER,             -- the device was reset, or changed its power state, within a second before (pci_event.id), NULL: not
  state        INTEGER              -- state of migration that the device was in (vfio_state.id), NULL: not told
) STRICT;

CREATE INDEX pci_case_incident ON pci_case (incident);

-- Registers in which the address of a rejected packet is: the 8 narrowest ranges.
CREATE TABLE pci_place (
  "case"  INTEGER NOT NULL,         -- the case (pci_case.id)
  bdf     TEXT NOT NULL,            -- device whose registers they are
  first   INTEGER NOT NULL,         -- first address of the range
  last    INTEGER NOT NULL,         -- one past its last address
  capture INTEGER NOT NULL,         -- line that tells of the range (capture.id)
  line    INTEGER NOT NULL          -- the line
) STRICT;

CREATE INDEX pci_place_case ON pci_place ("case");

-- What was mapped above 4 GiB and has a refused address as its lower 32 bits: of the first 16 addresses of each incident.
CREATE TABLE fault_twin (
  incident INTEGER NOT NULL,        -- the incident (incident.id)
  iova     INTEGER NOT NULL,        -- refused address, below 4 GiB
  high     INTEGER NOT NULL,        -- address that was mapped, above
  how      TEXT NOT NULL,           -- what shows it: dump or grant (of a grant: its page), dma (handed to that device), iommu (entered for some device)
  live     INTEGER NOT NULL,        -- 1: it was mapped when the access was refused, or a dump of the boot has it; 0: that is only possible
  capture  INTEGER NOT NULL,        -- line that shows it (capture.id)
  line     INTEGER NOT NULL,        -- the line
  among    INTEGER,                 -- how many pages above 4 GiB that kind of witness has in all: the more, the sooner one fits by chance
  PRIMARY KEY (incident, iova, high, how)
) STRICT, WITHOUT ROWID;
-- Refused accesses of a device that had been stopped for its migration.
CREATE TABLE stopped_fault (
  "case"   INTEGER NOT NULL,        -- the case (fault_case.id)
  incident INTEGER NOT NULL,        -- the incident (incident.id)
  state    INTEGER NOT NULL,        -- the state that it was in (vfio_state.id)
  capture  INTEGER NOT NULL,        -- the first fault in that state (capture.id)
  line     INTEGER NOT NULL         -- the first fault in that state, line
) STRICT;

-- Where the host's kernel was when it failed: the first functions of a trace that are no part of the report itself.
CREATE TABLE crash_place (
  capture  INTEGER NOT NULL,        -- the crash (capture.id)
  crash    INTEGER NOT NULL,        -- the crash, line
  incident INTEGER NOT NULL,        -- the incident (incident.id)
  what     TEXT NOT NULL,           -- bug, oops, warning, bad access or stall
  nr       INTEGER NOT NULL,        -- from 1: the function that was being run; to 3
  line     INTEGER NOT NULL,        -- its line
  symbol   TEXT NOT NULL,           -- its name
  part     TEXT NOT NULL            -- dma, grant; check: a check of DMA or a watchdog, whose warning is about others; other
) STRICT;

-- A device's complaint that follows from a refused access.
CREATE TABLE consequence (
  incident INTEGER NOT NULL,        -- the incident (incident.id)
  error    INTEGER NOT NULL,        -- the complaint (device_error.id)
  message  TEXT NOT NULL,           -- its catalogue entry
  dev      TEXT NOT NULL,           -- device that complains
  class    TEXT NOT NULL,           -- nic, disk, other
  what     TEXT NOT NULL,           -- what it complains of
  same     INTEGER NOT NULL,        -- 1: the device can be the one that was refused; 0: only at the same time
  certain  INTEGER NOT NULL,        -- 1: within the time for every instant, or the neighbouring line
  capture  INTEGER NOT NULL,        -- its line (capture.id)
  line     INTEGER NOT NULL         -- its line
) STRICT;

CREATE INDEX consequence_error ON consequence (error);

-- An incident that follows from another one: it is told there.
CREATE TABLE incident_follow (
  incident INTEGER PRIMARY KEY,     -- the incident that follows (incident.id)
  follows  INTEGER NOT NULL,        -- the one that it follows from (incident.id)
  reason   TEXT NOT NULL            -- how it can follow, in words
) STRICT;

CREATE INDEX incident_follow_follows ON incident_follow (follows);

-- What can follow from what, of one device (rows: schema/facts/follows.tsv).
CREATE TABLE follow_rule (
  kind   TEXT NOT NULL,             -- kind of the incident that follows (incident.kind)
  of     TEXT NOT NULL,             -- kind of the one before it; fault: any fault of an IOMMU
  before INTEGER NOT NULL,          -- how long before the other one it may begin, ns
  after  INTEGER NOT NULL,          -- how long after the other one it may begin, ns
  reason TEXT NOT NULL              -- why, in words
) STRICT;

-- The first 16 addresses of an incident.
CREATE TABLE incident_iova (
  incident INTEGER NOT NULL,        -- the incident (incident.id)
  place    INTEGER NOT NULL,        -- order, from 1
  iova     INTEGER NOT NULL,        -- address
  reserved INTEGER                  -- 1: it is in a range that the firmware reserves for a device (RMRR), NULL: in none
) STRICT;

CREATE INDEX incident_iova_incident ON incident_iova (incident);

-- A cause that was looked at for a subject, and how it fared.
CREATE TABLE verdict (
  id         INTEGER PRIMARY KEY,   -- number, no unit
  cause      TEXT NOT NULL,         -- the cause
  about      TEXT NOT NULL,         -- incident or boot
  subject    INTEGER NOT NULL,      -- which (incident.id or boot.id)
  case_id    INTEGER,               -- the case that decided (fault_case.id)
  kind       TEXT NOT NULL,         -- root, state, exposure or noise
  grade      TEXT NOT NULL,         -- confirmed, likely, possible or ruled out
  grade_rank INTEGER NOT NULL,      -- 1 confirmed, 2 likely, 3 possible, 9 ruled out
  would      TEXT NOT NULL,         -- the grade that its clues would give without what holds it down (verdict_cap)
  assumed    INTEGER NOT NULL DEFAULT 0, -- 1: it is another one without what the user assumed
  evidence   INTEGER NOT NULL,      -- best kind of clue: 1 own message, 2 address, 3 order, 4 time, 5 version
  missing    INTEGER NOT NULL,      -- facts that are missing; 0 where it is excluded
  place      INTEGER NOT NULL,      -- order within its subject, from 1
  says       TEXT                   -- ruled out: by what
) STRICT;

CREATE INDEX verdict_subject ON verdict (about, subject, grade_rank);

-- A clue of a verdict.
CREATE TABLE verdict_clue (
  verdict INTEGER NOT NULL,         -- the verdict (verdict.id)
  place   INTEGER NOT NULL,         -- order, from 1
  clue    TEXT NOT NULL,            -- its name
  role    TEXT NOT NULL,            -- trigger, needs, decides, supports, caps or excludes
  says    TEXT NOT NULL,            -- what it says
  n       INTEGER NOT NULL,         -- how often
  capture INTEGER,                  -- line that shows it (capture.id), NULL: told by the user
  line    INTEGER,                  -- line that shows it
  trust   TEXT                      -- who could have printed that line
) STRICT;

CREATE INDEX verdict_clue_verdict ON verdict_clue (verdict);

-- What holds a verdict down, or keeps a clue from ruling it out; only what made a difference.
CREATE TABLE verdict_cap (
  verdict INTEGER NOT NULL,         -- the verdict (verdict.id)
  place   INTEGER NOT NULL,         -- order, from 1
  kind    TEXT NOT NULL,            -- cap: a clue of that role; forgeable: dom0 could have printed the line; told: the user's word; assumed; gap: messages were lost; clock: nothing joins two clocks; old: the witness is too old
  clue    TEXT NOT NULL,            -- the clue that counts for less, '' where it is the whole verdict
  would   TEXT NOT NULL,            -- the grade without it: confirmed, or ruled out where the clue is an excludes
  says    TEXT NOT NULL,            -- why, in words
  capture INTEGER,                  -- line that tells (capture.id), NULL: none does
  line    INTEGER                   -- line that tells
) STRICT;

CREATE INDEX verdict_cap_verdict ON verdict_cap (verdict);

-- What verdicts say before anything is assumed; empty where nothing is.
CREATE TABLE verdict_plain (
  print TEXT PRIMARY KEY            -- cause, subject, grade and clues (v_verdict_print)
) STRICT, WITHOUT ROWID;

-- A fact that a verdict lacks.
CREATE TABLE verdict_missing (
  verdict      INTEGER NOT NULL,    -- the verdict (verdict.id)
  place        INTEGER NOT NULL,    -- order, from 1
  clue         TEXT NOT NULL,       -- the clue that would need it
  role         TEXT NOT NULL,       -- its role: needs, decides or excludes; told: the user's word stands in its place
  says         TEXT NOT NULL,       -- what is missing
  capture_next TEXT NOT NULL        -- how to capture it
) STRICT;

CREATE INDEX verdict_missing_verdict ON verdict_missing (verdict);

-- What to capture where nothing better than possible can be said.
CREATE TABLE cannot_say (
  incident     INTEGER NOT NULL,    -- the incident (incident.id)
  place        INTEGER NOT NULL,    -- order, from 1
  clue         TEXT NOT NULL,       -- what is missing
  says         TEXT NOT NULL,       -- what is missing, in words
  capture_next TEXT NOT NULL        -- how to capture it
) STRICT;

CREATE INDEX cannot_say_incident ON cannot_say (incident);

-- What to capture for an incident that no cause explains (rows: schema/facts/capture-next.tsv).
CREATE TABLE capture_hint (
  place        INTEGER NOT NULL,    -- order
  impl         TEXT NOT NULL,       -- for which incidents: a pattern for incident.impl
  driven_by    TEXT NOT NULL,       -- xen or linux: who drives the IOMMU; % for both
  unless       TEXT,                -- not asked for where every refused access is of this class of address or kind (fault_case.frame_class, kind)
  clue         TEXT NOT NULL,       -- what is missing
  observed     TEXT NOT NULL,       -- not asked for when v_observed has this
  says         TEXT NOT NULL,       -- what is missing, in words
  capture_next TEXT NOT NULL        -- how to capture it
) STRICT;

-- Incidents that are no fault of an IOMMU, in words (rows: schema/facts/incident-kinds.tsv).
CREATE TABLE incident_kind (
  kind TEXT PRIMARY KEY,            -- incident.kind
  one  TEXT NOT NULL,               -- words for one
  many TEXT NOT NULL,               -- words for several
  dma  INTEGER NOT NULL             -- 1: where no cause is found, what shows failed DMA is asked for
) STRICT;

-- The causes that have a verdict (their text: schema/causes/).
CREATE TABLE cause (
  id      TEXT PRIMARY KEY,         -- name
  title   TEXT NOT NULL,            -- one line
  explain TEXT NOT NULL,            -- what happens
  remedy  TEXT NOT NULL,            -- what to do
  refs    TEXT NOT NULL,            -- commits and documents, commas between them
  kind    TEXT NOT NULL,            -- root, state, exposure or noise
  refines TEXT,                     -- more general cause that it stands before at the same grade
  closes  TEXT                      -- of a finding: where it is confirmed of an incident, no cause is looked for any more, and why
) STRICT;

-- What is concluded: incidents, their cases, verdicts, and what speaks for and against each.

-- The symptoms of one device and one kind in one boot.
CREATE TABLE incident (
  id            INTEGER PRIMARY KEY, -- number in order of appearance, from 1
  boot          INTEGER NOT NULL,   -- power-on (boot.id)
  kind          TEXT NOT NULL,      -- kind of fault, or bounce-failed, or device-error
  impl          TEXT NOT NULL,      -- which IOMMU reported it; swiotlb or device where none did
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
  told         INTEGER NOT NULL     -- 1: grant_state rests on a clock that the user told
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

-- The first 16 addresses of an incident.
CREATE TABLE incident_iova (
  incident INTEGER NOT NULL,        -- the incident (incident.id)
  place    INTEGER NOT NULL,        -- order, from 1
  iova     INTEGER NOT NULL         -- address
) STRICT;

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

-- A fact that a verdict lacks.
CREATE TABLE verdict_missing (
  verdict      INTEGER NOT NULL,    -- the verdict (verdict.id)
  place        INTEGER NOT NULL,    -- order, from 1
  clue         TEXT NOT NULL,       -- the clue that would need it
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

-- The causes that were judged (their text: schema/causes/).
CREATE TABLE cause (
  id      TEXT PRIMARY KEY,         -- name
  title   TEXT NOT NULL,            -- one line
  explain TEXT NOT NULL,            -- what happens
  remedy  TEXT NOT NULL,            -- what to do
  refs    TEXT NOT NULL,            -- commits and documents, commas between them
  kind    TEXT NOT NULL,            -- root, state, exposure or noise
  refines TEXT                      -- more general cause that it stands before at the same grade
) STRICT;

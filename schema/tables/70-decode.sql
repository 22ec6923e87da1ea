-- What registers and codes mean, and which releases have which faults.

-- One bit, one field, one value of a field, one code or one word of a register, record or line (rows: schema/decode/).
CREATE TABLE decode (
  register TEXT NOT NULL,           -- register or code, such as smmu.fsr
  bit      INTEGER,                 -- bit number, the lowest of a field; NULL: a code or a word
  width    INTEGER,                 -- bits of the field; NULL: one
  code     INTEGER,                 -- value of the field, or of the whole register where bit is NULL; NULL: any
  names    TEXT,                    -- field: register whose codes are its values, NULL: it is a number
  name     TEXT NOT NULL,           -- its name, or the word; *: what is left when no bit has a kind
  kind     TEXT,                    -- what kind of fault it makes; NULL: none
  rank     INTEGER NOT NULL,        -- which kind counts when several bits are set, lowest first
  meaning  TEXT NOT NULL,           -- in words
  source   TEXT NOT NULL            -- where that is written
) STRICT;

CREATE INDEX decode_register ON decode (register, rank);
CREATE INDEX decode_code ON decode (register, code);

-- What people call a register (rows: schema/decode/alias.tsv).
CREATE TABLE decode_alias (
  alias    TEXT PRIMARY KEY,        -- short name
  register TEXT NOT NULL            -- register it stands for (decode.register)
) STRICT, WITHOUT ROWID;

-- In which releases of which branch a change is (rows: schema/facts/).
CREATE TABLE release_change (
  change     TEXT NOT NULL,         -- the change (known_change.change)
  branch     TEXT NOT NULL,         -- release branch, such as 4.14
  first_bad  INTEGER,               -- first patch release that has the fault, NULL: none has
  first_good INTEGER,               -- first patch release with the fix, NULL: never fixed there
  introduced TEXT,                  -- commit that brought the fault
  fixed      TEXT,                  -- commit that fixed it in this branch
  source     TEXT,                  -- how that is known; NULL: as known_change.source
  number     INTEGER AS (CAST(branch AS INTEGER) * 1000 + CAST(substr(branch, instr(branch, '.') + 1) AS INTEGER)) STORED -- the branch as a number that orders: 4014
) STRICT;

CREATE UNIQUE INDEX release_change_number ON release_change (change, number);

-- A change that release_change follows through the branches (rows: schema/facts/changes.tsv).
CREATE TABLE known_change (
  change  TEXT PRIMARY KEY,         -- the change, by name
  product TEXT NOT NULL,            -- xen or linux
  kind    TEXT NOT NULL,            -- fault: it came and was fixed; behaviour: "affected" releases lack it, "fixed" ones have it
  exposed TEXT,                     -- behaviour: lacks or has, whichever the causes are about; NULL: a fault
  arch    TEXT,                     -- arm or x86; NULL: both
  cause   TEXT NOT NULL,            -- causes that it may lead to (cause.id), with blanks between
  title   TEXT NOT NULL,            -- what goes wrong, or what it does
  bites   TEXT NOT NULL,            -- what a machine needs for it to matter
  source  TEXT NOT NULL             -- how its releases are known
) STRICT, WITHOUT ROWID;

-- What an option of Xen's command line does to a change; the last that is given decides (rows: schema/facts/change-options.tsv).
CREATE TABLE change_option (
  change   TEXT NOT NULL,           -- the change (known_change.change)
  option   TEXT NOT NULL,           -- the option, such as iommu
  value    TEXT NOT NULL,           -- one of its values; *: any, no: 0, off, false and disable, too, no-x: x=no and so on
  effect   TEXT NOT NULL,           -- mitigates: holds it off, undoes: takes that back, exposes: it bites because of it
  requires TEXT,                    -- behaviour without which a release does not know the option (known_change.change)
  says     TEXT NOT NULL,           -- what then holds
  PRIMARY KEY (change, option, value)
) STRICT, WITHOUT ROWID;

-- The branches that release_change knows about: what is newer is unknown to it (rows: schema/facts/releases.tsv).
CREATE TABLE known_release (
  product TEXT NOT NULL,            -- xen or linux
  branch  TEXT NOT NULL,            -- release branch, such as 4.14
  first   TEXT NOT NULL,            -- date of its first release
  patch   INTEGER NOT NULL,         -- its newest patch release
  date    TEXT NOT NULL,            -- date of that
  number  INTEGER AS (CAST(branch AS INTEGER) * 1000 + CAST(substr(branch, instr(branch, '.') + 1) AS INTEGER)) STORED, -- the branch as a number that orders: 4014
  PRIMARY KEY (product, branch)
) STRICT, WITHOUT ROWID;

-- A complaint that follows from a refused access (rows: schema/facts/consequences.tsv).
CREATE TABLE consequence_rule (
  what    TEXT NOT NULL,            -- device_error.what
  words   TEXT NOT NULL,            -- what the device did, in words
  within  INTEGER NOT NULL,         -- longest time between the two, ns
  reason  TEXT NOT NULL             -- why the one follows from the other
) STRICT;

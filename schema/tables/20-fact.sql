-- What the captures state about the machine, one row a statement.

-- A fact that a line states, or that the user told; once a stretch, however often it is repeated.
CREATE TABLE fact (
@event
  name     TEXT NOT NULL,           -- what is stated, such as xen.version
  value    TEXT NOT NULL,           -- its value, as printed
  told     INTEGER NOT NULL         -- 1: told or assumed by the user, no line states it
) STRICT;

-- The first line that states it stands for all that repeat it.
CREATE UNIQUE INDEX fact_once ON fact (segment, name, value, speaker, trust);

-- A kernel that started inside a boot.
CREATE TABLE kernel (
@event
  version  TEXT NOT NULL            -- release, such as 5.4.0-xilinx
) STRICT;

-- A line that was recognised and has no table of its own.
CREATE TABLE note (
@event
  fields   TEXT                     -- its fields, a JSON object
) STRICT;

-- A place where evidence was lost, or where there may be less than it seems.
CREATE TABLE loss (
@event
  what     TEXT NOT NULL,           -- suppressed, dropped, overflow, trace; of one line: torn, damaged, clipped
  count    INTEGER,                 -- how many, NULL: the line does not tell
  cpu      INTEGER,                 -- processor whose records of a trace are missing
  mapper   INTEGER,                 -- domain that ran there, domid
  vcpu     INTEGER,                 -- its virtual processor
  ran      INTEGER,                 -- who ran when records were lost: domid, virtual processor << 16
  first_lo INTEGER,                 -- when the first one was lost, cycles, lower 32 bits
  first_hi INTEGER,                 -- the same, upper 32 bits
  offset_in INTEGER,                -- where a file of a trace is damaged, bytes
  says     TEXT                     -- what is wrong with it
) STRICT;

CREATE INDEX loss_line ON loss (capture, line);

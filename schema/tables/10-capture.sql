-- What was read: captures, their stretches, clocks, and the text of lines that may be cited.

-- One input file, whole.  lines = matched + unmatched + damaged + replayed.
CREATE TABLE capture (
  id        INTEGER PRIMARY KEY,    -- number in order of arrival, from 1
  call      INTEGER NOT NULL,       -- call of the program that read it; captures of one call are of one machine
  name      TEXT NOT NULL,          -- the name it was given by, unprintable bytes as \xNN
  digest    TEXT NOT NULL,          -- XXH3-128 of all its bytes, hex
  bytes     INTEGER NOT NULL DEFAULT 0,       -- size, bytes
  lines     INTEGER NOT NULL DEFAULT 0,       -- lines, a last one without newline included
  matched   INTEGER NOT NULL DEFAULT 0,       -- lines that an entry of the catalogue claimed
  unmatched INTEGER NOT NULL DEFAULT 0,       -- lines that none claimed
  damaged   INTEGER NOT NULL DEFAULT 0,       -- unclaimed lines with control bytes, NUL, bytes that are not UTF-8, or cut
  replayed  INTEGER NOT NULL DEFAULT 0,       -- claimed lines that only repeat an earlier one
  matched_bytes   INTEGER NOT NULL DEFAULT 0, -- bytes of matched lines; bytes = the sum of these four
  unmatched_bytes INTEGER NOT NULL DEFAULT 0, -- bytes of unmatched lines
  damaged_bytes   INTEGER NOT NULL DEFAULT 0, -- bytes of damaged lines
  replayed_bytes  INTEGER NOT NULL DEFAULT 0, -- bytes of replayed lines
  wrapped   INTEGER NOT NULL DEFAULT 0,       -- claimed lines that stood broken over several, as mail does
  examined  INTEGER NOT NULL DEFAULT 0,       -- lines that a regular expression may have seen: with an anchor, or of an open block
  clipped   INTEGER NOT NULL DEFAULT 0,       -- lines longer than the limit, cut there
  torn      INTEGER NOT NULL DEFAULT 0,       -- lines with another speaker's line inside
  bare_lf   INTEGER NOT NULL DEFAULT 0,       -- claimed lines that ended in LF alone
  double_cr INTEGER NOT NULL DEFAULT 0,       -- claimed lines that ended in more than one CR: printed through the host's tty
  xen_lines INTEGER NOT NULL DEFAULT 0,       -- claimed lines that Xen spoke
  host_lines INTEGER NOT NULL DEFAULT 0,      -- claimed lines that the host's kernel spoke
  unstamped INTEGER NOT NULL DEFAULT 0,       -- lines that look like Xen's and have no time, where Xen's others have one: no evidence
  complete  INTEGER NOT NULL DEFAULT 0       -- 0: could not be read to its end
) STRICT;

-- What was looked at: files, members of archives, files below a folder; and what became of each.
CREATE TABLE input (
  id      INTEGER PRIMARY KEY,      -- number in order of reading
  call    INTEGER NOT NULL,         -- call of the program that looked at it
  name    TEXT NOT NULL,            -- the name it was given by, the path in its archive behind that
  form    TEXT NOT NULL,            -- what it was taken for: text, or a format's name
  capture INTEGER,                  -- the capture it became (capture.id), NULL: it was left
  why     TEXT                      -- why it was left, NULL: it was not
) STRICT;

CREATE INDEX input_capture ON input (capture);

-- A stretch of one capture that belongs to one power-on.
CREATE TABLE segment (
  id         INTEGER PRIMARY KEY,   -- number, no unit
  capture    INTEGER NOT NULL,      -- the capture (capture.id)
  first_line INTEGER NOT NULL,      -- line it starts at
  starts     TEXT NOT NULL,         -- what it starts with: file, xen-banner, linux-banner
  xen        INTEGER NOT NULL,      -- 1: Xen speaks in it
  kernels    INTEGER NOT NULL,      -- banners of the host's kernel in it
  rows       INTEGER NOT NULL,      -- rows that came from it
  boot       INTEGER                -- the power-on (boot.id), NULL: could not be told
) STRICT;

CREATE INDEX segment_boot ON segment (boot);
CREATE INDEX segment_capture ON segment (capture, first_line);

-- One power-on of the machine.
CREATE TABLE boot (
  id      INTEGER PRIMARY KEY,      -- number in order of appearance, from 1
  capture INTEGER NOT NULL,         -- where it was first seen (capture.id)
  line    INTEGER NOT NULL,         -- where it was first seen, line
  base    INTEGER                   -- clock that times of this boot are told in (clock.id), NULL: nothing is dated
) STRICT;

-- A source of time stamps.  Base time = stamp + offset, for every offset between the two.
CREATE TABLE clock (
  id        INTEGER PRIMARY KEY,    -- number, no unit
  segment   INTEGER NOT NULL,       -- stretch it was seen in (segment.id)
  kind      TEXT NOT NULL,          -- xen-boot, xen-raw, xen-date, host, trace, trace-other (faultline's own form), trace-perf (perf script), dN
  unit      TEXT NOT NULL,          -- ns or ticks
  khz       INTEGER,                -- how fast ticks count that were turned into ns by it, kHz; NULL: were not
  tick_lo   INTEGER,                -- the least of its stamps, ticks; NULL: it counts ns
  tick_hi   INTEGER,                -- the greatest of its stamps, ticks
  bound_lo  INTEGER,                -- host clock minus this clock, at least, ns; from the order of lines on the console
  bound_hi  INTEGER,                -- host clock minus this clock, at most, ns
  joined_by TEXT,                   -- base (it is that), same (the base's, in another capture), order (of lines on the console), anchor, printk (a trace's default), logged (lines with a stamp of both), now (Xen's clock in a line with another stamp), ticks (ticks at the rate that Xen prints), told (by the user); NULL: not joined
  join_capture INTEGER,             -- a line that joins it (capture.id), NULL: no single one
  join_line INTEGER,                -- a line that joins it
  offset_lo INTEGER,                -- base clock of the boot minus this clock, at least, ns; NULL: not joined
  offset_hi INTEGER                 -- base clock of the boot minus this clock, at most, ns; NULL: not joined
) STRICT;

CREATE INDEX clock_segment ON clock (segment);

-- Xen's clock, as a line of what a debug key dumps tells it: ns since Xen began.
CREATE TABLE xen_now (
@event
  key      TEXT,                    -- the debug key, NULL: not told
  what     TEXT,                    -- what it dumps, NULL: not told
  now      INTEGER,                 -- the clock, ns; NULL: told in two halves
  now_hi   INTEGER,                 -- the clock, ns, upper 32 bits
  now_lo   INTEGER                  -- the clock, ns, lower 32 bits
) STRICT;

-- A line of Xen with a stamp in ticks between two of the host's kernel: two clocks at one moment.  Not all of them: the narrow ones, and one now and then.
CREATE TABLE tick_sight (
@event
  tick     INTEGER NOT NULL         -- its own stamp, ticks; its times are the host's
) STRICT;

-- A clock that the user pinned (--clock): what its stamps and these add up to is the base clock of the boot.
CREATE TABLE told_clock (
  name      TEXT PRIMARY KEY,       -- the capture (capture.name)
  offset_lo INTEGER NOT NULL,       -- at least, ns
  offset_hi INTEGER NOT NULL        -- at most, ns
) STRICT;

-- The same words in a trace and in the kernel's log: two clocks at one moment.
CREATE TABLE anchor (
@event
  mark     TEXT NOT NULL,           -- the words
  edge     TEXT                     -- of a trace: before or after the log got them, both: its time is a span that holds that moment; NULL: not told
) STRICT;

-- Which clock a trace says that it has.
CREATE TABLE trace_clock (
@event
  kind     TEXT NOT NULL,           -- whose clock (clock.kind): trace of what tracefs writes, trace-other of faultline's own form
  name     TEXT NOT NULL            -- its name, as tracefs has it: local, global, perf, mono, boot, x86-tsc, …
) STRICT;

-- The entries of the catalogue that claimed a line.
CREATE TABLE message (
  id     INTEGER PRIMARY KEY,       -- number, no unit
  name   TEXT NOT NULL UNIQUE,      -- name of the entry
  title  TEXT NOT NULL,             -- what such a line says about the machine
  origin TEXT NOT NULL              -- function and file that print it
) STRICT;

-- Text of claimed lines, the first 10,000 of each entry and capture, unprintable bytes as \xNN.
CREATE TABLE line_text (
  capture INTEGER NOT NULL,         -- the capture (capture.id)
  line    INTEGER NOT NULL,         -- line number, from 1
  text    TEXT NOT NULL,            -- the line as it stands in the file; the halves of a torn line are joined
  speaker TEXT NOT NULL,            -- who said it: xen, host, dN, file (nobody: found in one), unknown
  trust   TEXT NOT NULL,            -- who could have printed it: hypervisor, host, guest, unknown
  tail    INTEGER,                  -- line that holds the second half of a torn line, NULL: whole
  hash    INTEGER NOT NULL,         -- of its text without stamps and who said it, no unit
  own     TEXT,                     -- whose stamp it has (clock.kind), NULL: none of its speaker's
  own_lo  INTEGER,                  -- that stamp, in the unit of its clock
  outer   TEXT,                     -- clock of what logged or received it (clock.kind), NULL: not told
  outer_lo INTEGER,                 -- the logger's stamp, earliest, ns
  outer_hi INTEGER,                 -- the logger's stamp, latest, ns
  PRIMARY KEY (capture, line)
) STRICT, WITHOUT ROWID;

-- A line that another capture of the same boot shows, too: its rows count once, those of the other capture.
CREATE TABLE same_line (
  capture    INTEGER NOT NULL,      -- the capture (capture.id)
  line       INTEGER NOT NULL,      -- its line
  as_capture INTEGER NOT NULL,      -- where it counts (capture.id)
  as_line    INTEGER NOT NULL,      -- where it counts, line
  PRIMARY KEY (capture, line)
) STRICT, WITHOUT ROWID;

-- Unclaimed lines that look alike and have a word in them that sounds like evidence.
CREATE TABLE unclaimed (
  capture INTEGER NOT NULL,         -- the capture (capture.id)
  shape   TEXT NOT NULL,            -- the line, words with a digit in them as #
  n       INTEGER NOT NULL,         -- lines of this shape
  line    INTEGER NOT NULL,         -- the first of them without a reason, else the first
  text    TEXT NOT NULL,            -- its text, unprintable bytes as \xNN
  reason  TEXT,                     -- why nothing claims it: torn, clipped or damaged, or that of ignored.tsv; NULL: it is not known
  PRIMARY KEY (capture, shape)
) STRICT, WITHOUT ROWID;

-- How the database came to be.
CREATE TABLE meta (
  name  TEXT PRIMARY KEY,           -- what: version, data
  value TEXT NOT NULL               -- its value
) STRICT;

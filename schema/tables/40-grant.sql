-- Grants: operations that were traced, and tables that were dumped.

-- One grant operation of a trace.
CREATE TABLE grant_op (
@event
  op        TEXT NOT NULL,          -- request (before the hypercall), map (after it), unmap, unmap-return; transfer (given away for good); xen-map, xen-unmap and xen-transfer: Xen's own trace, which tells no page
  domain    INTEGER,                -- domain that granted the page, domid
  mapper    INTEGER DEFAULT 0,      -- domain that maps it, domid; NULL: not told, which is dom0
  ref       INTEGER,                -- grant reference
  handle    INTEGER,                -- handle of the mapping
  bus_addr  INTEGER,                -- machine address that Xen returned
  frame     INTEGER,                -- machine frame, where the line states it
  host_addr INTEGER,                -- where the mapper sees the page, address
  flags     INTEGER,                -- GNTMAP flags, bits
  status    INTEGER,                -- GNTST status, 0 is success
  count     INTEGER NOT NULL DEFAULT 1, -- operations in the batch, of which the row is one
  shown     INTEGER NOT NULL DEFAULT 1, -- operations of the batch that the line shows, of a second half: that both show
  cpu       INTEGER,                -- processor that it was traced on
  vcpu      INTEGER                 -- virtual processor of the mapper
) STRICT;

-- What became of each grant that a trace saw mapped or unmapped: one row a grant, and one for the operations of a batch that its line does not show.
-- Made from grant_op after reading; v_grant_interval has the grants' own columns.
CREATE TABLE grant_interval (
  id      INTEGER PRIMARY KEY,      -- number in order of their ends, from 1
  boot    INTEGER NOT NULL,         -- power-on (boot.id)
  state   TEXT NOT NULL,            -- closed: both ends were seen; open: still mapped where the trace ends; reused: its handle was mapped again, its unmap not seen; left: its map was not seen; unknown: not shown
  frame   INTEGER,                  -- machine frame, NULL: the trace does not tell
  map_op  INTEGER,                  -- the map (grant_op.id), NULL: not seen; of unknown: the shown one of the batch
  end_op  INTEGER,                  -- what ended it (grant_op.id): the unmap, or the map that took its handle; of unknown: the shown one of the batch
  gap     INTEGER NOT NULL,         -- 1: the trace lost records while it was mapped
  unshown INTEGER NOT NULL,         -- unmaps of batches that the trace does not show while it was mapped: any may have been its end
  n       INTEGER NOT NULL          -- grants that the row stands for: 1, of unknown as many as the batch has and the line does not show
) STRICT;

CREATE INDEX grant_op_failed ON grant_op (segment) WHERE status < 0;

CREATE INDEX grant_interval_unknown ON grant_interval (boot) WHERE state = 'unknown';

-- The frame around the rows of a grant-table dump (debug key g).
CREATE TABLE grant_dump (
@event
  edge     TEXT NOT NULL,           -- begin, domain, limits, empty or end
  domain   INTEGER,                 -- domain whose table follows, domid
  ver      INTEGER,                 -- grant-table version
  frames   INTEGER,                 -- grant-table frames in use
  cap      INTEGER,                 -- grant-table frames at most
  maptrack INTEGER,                 -- maptrack frames in use
  "limit"  INTEGER                  -- maptrack frames at most
) STRICT;

-- One mapped grant of a dump.
CREATE TABLE grant_snapshot (
@event
  domain   INTEGER,                 -- domain that granted the page ("remote"), domid
  ref      INTEGER NOT NULL,        -- grant reference
  mapper   INTEGER NOT NULL,        -- domain that mapped it, domid
  frame    INTEGER NOT NULL,        -- machine frame
  pin      INTEGER NOT NULL,        -- four 8-bit counters: host write, host read, device write, device read
  grantee  INTEGER NOT NULL,        -- domain that the shared entry names; its guest can change it
  gframe   INTEGER NOT NULL,        -- frame that the granting guest names
  flags    INTEGER NOT NULL         -- GTF flags, bits
) STRICT;

-- A grant that Xen reports when a domain goes away.
CREATE TABLE grant_left (
@event
  domain   INTEGER NOT NULL,        -- domain that granted the page and goes away, domid
  ref      INTEGER,                 -- grant reference, from Xen 4.10 on
  gframe   INTEGER,                 -- guest frame, debug builds only
  frame    INTEGER NOT NULL         -- machine frame
) STRICT;

CREATE INDEX grant_snapshot_frame ON grant_snapshot (frame, segment);

-- A grant operation that went wrong, or a grant that could not be given back, as Xen or Linux reports it.
CREATE TABLE grant_error (
@event
  what     TEXT NOT NULL,           -- what went wrong: bad-ref, bad-flags, bad-handle, no-maptrack, in-use, leaked, …; freed, release: what had to come in the end
  by       TEXT NOT NULL,           -- who reports it: xen or linux
  domain   INTEGER,                 -- domain that granted the page, domid
  other    INTEGER,                 -- domain that was named instead, or that maps the page, domid
  caller   INTEGER,                 -- domain that was running when Xen printed the line, domid
  ref      INTEGER,                 -- grant reference
  handle   INTEGER,                 -- handle of the mapping
  frame    INTEGER,                 -- machine frame
  gframe   INTEGER,                 -- guest frame
  pin      INTEGER,                 -- four 8-bit counters: host write, host read, device write, device read
  flags    INTEGER,                 -- GTF or GNTMAP flags, bits
  other_frame INTEGER,              -- frame that was known instead
  other_gframe INTEGER,             -- guest frame that was known instead
  status   INTEGER,                 -- GNTST status, or errno
  other_status INTEGER,             -- GNTST status of the second mapping
  error    INTEGER,                 -- what the hypercall itself returned, negative errno
  nr       INTEGER,                 -- number of the virtual device it was for
  pending  INTEGER,                 -- slot of the back end's request
  host_addr INTEGER,                -- where the mapper sees the page, address
  deferred INTEGER,                 -- grants that still wait to be given back
  more     INTEGER,                 -- frames that the table should have grown by
  free     INTEGER,                 -- entries of the table that were free
  wanted   INTEGER,                 -- entries that were asked for
  function TEXT,                    -- function that prints the line
  comm     TEXT,                    -- name of the process
  driver   TEXT,                    -- driver of the device it was for
  dev      TEXT,                    -- bus name of the device it was for
  count    INTEGER,                 -- how many, where the line tells
  "limit"  INTEGER,                 -- how many there may be
  mapper   INTEGER,                 -- domain that mapped the page, or wanted to, domid
  caller_vcpu INTEGER,              -- virtual processor of the caller
  src_file TEXT,                    -- source file that printed the line, debug builds
  src_line INTEGER,                 -- line of the source file
  mask     INTEGER,                 -- flags that were looked at, bits
  asked    INTEGER,                 -- frame, bus address or number that the caller named
  addr     INTEGER,                 -- bus address that is right, or address of a page-table entry
  entry    INTEGER,                 -- page-table entry that was found, bits
  expected INTEGER,                 -- page-table entry that should have been there, bits
  subpage  INTEGER,                 -- 1: only a part of the page is granted
  writable INTEGER,                 -- 1: write access was asked for
  frames   INTEGER,                 -- grant-table frames in use
  maptrack INTEGER,                 -- maptrack frames
  ver      INTEGER,                 -- grant-table version
  page_offset INTEGER,              -- where in the page a copy starts, bytes
  granted_offset INTEGER,           -- where the granted part starts, bytes
  size     INTEGER,                 -- length of a copy, bytes
  granted_size INTEGER,             -- length of the granted part, bytes
  extra_pages INTEGER,              -- pages that a domain has beyond its limit
  side     TEXT                     -- which of two: source or dest, a or b
) STRICT;

CREATE INDEX grant_error_what ON grant_error (what);

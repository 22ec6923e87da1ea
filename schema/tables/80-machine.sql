-- Memory and domains.

-- A range of memory.
CREATE TABLE memory_range (
@event
  kind      TEXT NOT NULL,          -- host-ram, dom-bank, swiotlb, e820, rmrr (a device uses it by DMA, firmware says), rmrr-ignored; of a device tree: dt-memory, dt-reserved, dt-reserve, dt-module; of IORT: rmr; its (interrupt translator of Arm); iomem (of /proc/iomem)
  domain    INTEGER,                -- domain whose memory it is, domid
  start     INTEGER NOT NULL,       -- first address
  "end"     INTEGER NOT NULL,       -- last address as printed
  inclusive INTEGER NOT NULL,       -- 1: "end" belongs to the range, 0: it is one past it
  usage     TEXT,                   -- what firmware says it is, such as usable; of /proc/iomem: its name there, a device or what is in it
  depth     INTEGER,                -- /proc/iomem: how many ranges are around it, 0: none
  path      TEXT,                   -- node of the device tree that states it
  how       TEXT                    -- how the tree reserves it: no-map, reusable or map
) STRICT;

-- Memory that Xen set aside for a domain in one step.
CREATE TABLE allocation (
@event
  domain    INTEGER NOT NULL,       -- domain, domid
  direct    INTEGER NOT NULL,       -- 1: guest addresses are machine addresses
  mb        INTEGER NOT NULL        -- MiB in all
) STRICT;

-- A domain as debug key q shows it.
CREATE TABLE domain_info (
@event
  domain    INTEGER,                -- domain, domid
  dying     INTEGER,                -- 0 alive, 1 being torn down, 2 dead with references left
  refs      INTEGER,                -- references held on it
  pages     INTEGER,                -- pages it has
  pauses    INTEGER,                -- times that it is paused, one inside the other
  extra     TEXT                    -- rest of the line about its pages, as printed
) STRICT;

-- A domain that came or went.
CREATE TABLE domain_event (
@event
  domain    INTEGER NOT NULL,       -- domain, domid
  what      TEXT NOT NULL           -- crashed, destroyed
) STRICT;

-- A page that could not be entered, typed, held or given back: memory maps of guests (P2M) and page types.
CREATE TABLE page_error (
@event
  what     TEXT NOT NULL,           -- what went wrong: bad-type, no-type, not-entered, not-removed, no-memory, …
  by       TEXT NOT NULL,           -- who reports it: xen
  domain   INTEGER,                 -- domain whose memory map or page it is, domid
  other    INTEGER,                 -- domain that owns the page, or is named besides, domid
  caller   INTEGER,                 -- domain that was running when Xen printed the line, domid
  caller_vcpu INTEGER,              -- virtual processor of the caller
  src_file TEXT,                    -- source file that printed the line, debug builds
  src_line INTEGER,                 -- line of the source file
  gfn      INTEGER,                 -- guest frame
  fgfn     INTEGER,                 -- guest frame in the other domain
  mfn      INTEGER,                 -- machine frame
  start    INTEGER,                 -- first frame or address of a range
  "end"    INTEGER,                 -- last one
  page_order INTEGER,               -- log2 of a number of pages
  addr     INTEGER,                 -- address that the line names
  asked    INTEGER,                 -- frame or address that was asked for instead
  entry    INTEGER,                 -- page-table entry, bits
  expected INTEGER,                 -- entry that was to be written, bits
  slot     INTEGER,                 -- index in a page table
  level    INTEGER,                 -- page-table level
  flags    INTEGER,                 -- flags that are not allowed, bits
  type_info INTEGER,                -- PGT type, flags and count of the page, bits
  type_asked INTEGER,               -- PGT type that it was to have, bits
  count_info INTEGER,               -- PGC flags and references of the page, bits
  p2m_type INTEGER,                 -- type of the entry, as printed
  p2m_type_asked INTEGER,           -- type that it was to have
  p2m_access INTEGER,               -- access of the entry, as printed
  p2m_access_asked INTEGER,         -- access that it was to have
  status   INTEGER,                 -- what a function returned, errno
  vcpu     INTEGER,                 -- virtual processor it is about
  nr       INTEGER,                 -- index of a frame
  count    INTEGER,                 -- how many
  "limit"  INTEGER                  -- how many there may be
) STRICT;

-- Memory and domains.

-- A range of memory.
CREATE TABLE memory_range (
@event
  kind      TEXT NOT NULL,          -- host-ram, dom-bank, swiotlb, e820, rmrr (a device uses it by DMA, firmware says)
  domain    INTEGER,                -- domain whose memory it is, domid
  start     INTEGER NOT NULL,       -- first address
  "end"     INTEGER NOT NULL,       -- last address as printed
  inclusive INTEGER NOT NULL,       -- 1: "end" belongs to the range, 0: it is one past it
  usage     TEXT                    -- what firmware says it is, such as usable
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

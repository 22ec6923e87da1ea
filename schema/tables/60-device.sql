-- Devices, and what they complain about.

-- A device that reports failed DMA.
CREATE TABLE device_error (
@event
  driver   TEXT NOT NULL,           -- driver that reports
  dev      TEXT NOT NULL,           -- bus name of the device
  netdev   TEXT,                    -- network interface
  class    TEXT NOT NULL,           -- nic, disk, other
  what     TEXT NOT NULL,           -- hresp, dma-error, adma-error, host-bus-error, …
  status_bits INTEGER,              -- status register or code, where the line has one
  access   TEXT,                    -- read or write, where the line states it
  iova     INTEGER                  -- address of the data or of the descriptor, where the line has one
) STRICT;

-- A device that was found.
CREATE TABLE device (
@event
  driver   TEXT NOT NULL,           -- driver that serves it
  dev      TEXT NOT NULL,           -- bus name of the device
  netdev   TEXT,                    -- network interface
  class    TEXT NOT NULL,           -- nic, disk, iommu, other
  base     INTEGER                  -- first address of its registers
) STRICT;

-- A paravirtual back end, or a word about one.
CREATE TABLE backend (
@event
  kind     TEXT NOT NULL,           -- vif or vbd
  domain   INTEGER NOT NULL,        -- domain it serves, domid
  nr       INTEGER,                 -- number of the virtual device
  state    TEXT NOT NULL            -- ready, connected, stalled, gone, error
) STRICT;

-- What became of a device, its driver or its requests: timeouts, resets, links; no proof of failed DMA.
CREATE TABLE device_event (
@event
  driver   TEXT,                    -- driver that reports
  dev      TEXT,                    -- bus name of the device, or the driver's own name for it
  netdev   TEXT,                    -- network interface
  class    TEXT NOT NULL,           -- nic, disk, usb, gpu, other
  what     TEXT NOT NULL,           -- timeout, reset, hang, link-up, link-down, io-error, map-failed, removed, …
  status   INTEGER,                 -- status register, errno or code, where the line has one
  queue    INTEGER,                 -- queue of the network interface
  ms       INTEGER,                 -- how long it took, ms
  cpu      INTEGER,                 -- processor that saw it
  says     TEXT                     -- why, in words
) STRICT;

CREATE INDEX device_event_line ON device_event (capture, line);

-- A device and the domain or IOMMU group it belongs to, as a line states it.
CREATE TABLE assignment (
@event
  what     TEXT NOT NULL,           -- assigned, removed, failed, risky, listed, mapped, unmapped, quarantined, added, context, group
  by       TEXT NOT NULL,           -- who states it: xen, linux or toolstack
  bdf      TEXT,                    -- PCI function, segment:bus:device.function
  dev      TEXT,                    -- device-tree path or bus name
  domain   INTEGER,                 -- domain that has or gets it, domid
  other    INTEGER,                 -- domain that had it, domid
  "group"  INTEGER,                 -- IOMMU group
  instance TEXT,                    -- the IOMMU, where the line names it
  requester INTEGER,                -- requester ID, where the line has it as a number
  role     TEXT,                    -- what the function is: device, virtual function, phantom function …
  type     INTEGER,                 -- kind of device, a number of Xen's own
  pseudo   INTEGER,                 -- ID of the quarantine domain of one device
  context  INTEGER,                 -- context of the IOMMU that it uses
  root     INTEGER,                 -- root of its translation table, address
  level    INTEGER,                 -- levels of that table
  streams  INTEGER,                 -- stream IDs or micro-TLBs that it has
  numa     INTEGER,                 -- NUMA node, -1: none
  msis     TEXT,                    -- interrupts of its MSIs, as printed
  addr     INTEGER,                 -- address of memory that stands in the way
  status   INTEGER,                 -- errno, where it failed
  rc       INTEGER,                 -- code of libxl, where it failed (decode: libxl.error)
  says     TEXT,                    -- what went wrong, in words
  severity TEXT,                    -- how grave the toolstack calls it
  function TEXT,                    -- function of the toolstack that says it
  src_file TEXT,                    -- its source file
  src_line INTEGER                  -- its line
) STRICT;

-- Names that go together: one statement of a line (worked out by schema/settle/).
CREATE TABLE identity (
  boot    INTEGER NOT NULL,         -- power-on (boot.id)
  name    TEXT NOT NULL,            -- a name of a device: PCI address, bus name, network interface or path in the device tree
  how     TEXT NOT NULL,            -- is: both are names of one device; behind: the device is behind that IOMMU; in: it is in that group;
                                    -- sends as: an IOMMU may see its requests under that PCI address; unguarded: the tree gives it no IOMMU
  other   TEXT NOT NULL,            -- the other name, or empty
  stream  INTEGER,                  -- of behind: its stream ID there, the first of a stretch
  mask    INTEGER,                  -- of behind: bits of the ID that do not count
  count   INTEGER,                  -- of behind: IDs of the stretch, NULL: one
  capture INTEGER NOT NULL,         -- line that says so (capture.id)
  line    INTEGER NOT NULL          -- line that says so
) STRICT;

CREATE UNIQUE INDEX identity_once ON identity (boot, name, how, other, ifnull(stream, -1));
CREATE INDEX identity_other ON identity (boot, other);
CREATE INDEX identity_stream ON identity (boot, stream) WHERE stream IS NOT NULL;

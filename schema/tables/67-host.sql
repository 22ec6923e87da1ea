-- What programs of the host say about devices that they pass through or serve.

-- Trouble that QEMU reports: mappings, groups and devices of VFIO, grants and mappings of Xen, emulated IOMMUs of guests.
CREATE TABLE host_error (
@event
  what        TEXT NOT NULL,        -- map, unmap, fatal, p2p, limit, group, device, power, reset, aer, interrupt, access, migration, guest-iommu, grant, …
  program     TEXT,                 -- program that reports
  severity    TEXT,                 -- warning, where the line says so
  device_args TEXT,                 -- device of its command line
  function    TEXT,                 -- its function
  bdf         TEXT,                 -- device: of the host, or of the guest where the line is about the guest's IOMMU
  dev         TEXT,                 -- device by another name
  domain      INTEGER,              -- domain, domid
  "group"     INTEGER,              -- IOMMU group
  container   INTEGER,              -- VFIO container, address in the program
  iova        INTEGER,              -- address that the device would use
  "end"       INTEGER,              -- last address of a range
  size        INTEGER,              -- length, bytes
  vaddr       INTEGER,              -- address in the program
  access      TEXT,                 -- read or write, where the line states it
  pasid       INTEGER,              -- process address space ID
  sid         INTEGER,              -- stream or source ID
  ref         INTEGER,              -- grant reference
  irq         INTEGER,              -- interrupt of the host
  mode        TEXT,                 -- what was tried, or how
  state       TEXT,                 -- state that a device was to take
  name        TEXT,                 -- region, IOMMU or event by name
  path        TEXT,                 -- file
  status      INTEGER,              -- errno, negative as printed
  says        TEXT                  -- what went wrong, in words
) STRICT;

-- A state of migration that QEMU puts a device into, or has put it into.
CREATE TABLE vfio_state (
@event
  what     TEXT NOT NULL,           -- asked: about to; reached: the device is in it; set: a release that does not tell which
  bdf      TEXT,                    -- device of the host, segment:bus:device.function
  dev      TEXT,                    -- device by another name (mdev)
  state    TEXT,                    -- STOP, RUNNING, STOP_COPY, RESUMING, RUNNING_P2P, PRE_COPY, PRE_COPY_P2P, ERROR
  state_bits INTEGER,                -- the same in the first version of the protocol: 1 runs, 2 saves, 4 resumes
  mode     TEXT,                    -- state that it falls back to
  pid      INTEGER,                 -- thread of QEMU
  seconds  INTEGER,                 -- QEMU's clock, s since 1970
  us       INTEGER                  -- the rest of it, us
) STRICT;

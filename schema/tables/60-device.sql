-- Devices, and what they complain about.

-- A device that reports failed DMA.
CREATE TABLE device_error (
@event
  driver   TEXT NOT NULL,           -- driver that reports
  dev      TEXT NOT NULL,           -- bus name of the device
  netdev   TEXT,                    -- network interface
  class    TEXT NOT NULL,           -- nic, disk, other
  what     TEXT NOT NULL            -- hresp, …
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

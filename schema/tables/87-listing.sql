-- What listings of a kernel or of a tool say (parsers/listings.tsv).  A listing tells one moment, and not which.

-- A line of /proc/interrupts.
CREATE TABLE interrupt (
@event
  irq_label TEXT NOT NULL,          -- number of the interrupt, or the short name of one that is no device's
  counts   TEXT NOT NULL,           -- how often each processor took it, from the first one on, as printed; v_interrupt has the sum
  chip     TEXT,                    -- interrupt controller; xen-pirq: Xen passes the device's interrupt on; its PCI device behind it since Linux 6.2
  hwirq    INTEGER,                 -- number that the controller gives it
  trigger  TEXT,                    -- Edge or Level, where that is printed
  flow     TEXT,                    -- how it is handled, such as edge, msi, event
  handlers TEXT                     -- who handles it, as printed: names of devices, queues and drivers
) STRICT;

-- An option that a kernel, or Xen, was built with or without.
CREATE TABLE kernel_config (
@event
  what     TEXT,                    -- release: the line tells the release that the options are of; NULL: an option
  option   TEXT NOT NULL,           -- such as CONFIG_SWIOTLB_XEN; of a release: Linux or Xen
  arch     TEXT,                    -- kind of processor, where the line tells it
  value    TEXT NOT NULL            -- y, m, n (not set), a number or a text, as printed
) STRICT;

CREATE INDEX kernel_config_option ON kernel_config (option, capture);

-- A PCI device as lspci shows it; v_pci_device takes its registers apart.
CREATE TABLE pci_device (
@event
  bdf        TEXT NOT NULL,         -- segment:bus:device.function
  class      TEXT,                  -- what it is, in words
  class_code INTEGER,               -- PCI class, without its lowest byte
  prog_if    TEXT,                  -- programming interface, as printed
  vendor     TEXT,                  -- maker and model
  vendor_id  INTEGER,               -- PCI vendor
  device_id  INTEGER,               -- PCI device
  rev        INTEGER,               -- revision
  subsystem  TEXT,                  -- maker and model of the card, as printed
  driver     TEXT,                  -- driver in use
  "group"    INTEGER,               -- IOMMU group
  numa       INTEGER,               -- NUMA node
  control    TEXT,                  -- command register, as printed: BusMaster+ means that it may start DMA
  pci_state  TEXT,                  -- status register, as printed
  express_at INTEGER,               -- where its PCI Express capability is, offset
  port_kind  TEXT,                  -- what it is on PCI Express, as printed behind the capability's name
  bus        INTEGER,               -- bridge: bus it is on
  bus_first  INTEGER,               -- bridge: first bus behind it
  bus_last   INTEGER,               -- bridge: last bus behind it
  sec_latency INTEGER,              -- bridge: latency timer of the bus behind it, clocks
  dev_status TEXT,                  -- device status of PCI Express, as printed
  max_payload INTEGER,              -- data of a packet that it takes and sends at most, as set, bytes
  max_read   INTEGER,               -- data that it asks for at once at most, as set, bytes
  link_status TEXT,                 -- speed and width of its link, as printed
  ue_status  TEXT,                  -- AER: uncorrectable errors, as printed
  ce_status  TEXT,                  -- AER: correctable errors, as printed
  acs        TEXT,                  -- access control, as set, as printed
  ats        TEXT                   -- whether it may ask an IOMMU for translations, as printed
) STRICT;

-- A range of addresses of a PCI device, as lspci shows it.
CREATE TABLE pci_region (
@event
  bdf       TEXT,                   -- device, segment:bus:device.function
  bar       INTEGER,                -- base address register, NULL: not told
  start     INTEGER NOT NULL,       -- first address
  size_name TEXT NOT NULL,          -- its length: a number of bytes, K, M, G or T behind it
  usage     TEXT,                   -- width and kind, as printed
  says      TEXT                    -- [disabled], [virtual], as printed
) STRICT;

-- A line that views take apart together with those around it.
CREATE TABLE listing_line (
@event
  what     TEXT NOT NULL,           -- xl-list (JSON of xl list -l) or lspci-t (tree of buses)
  text     TEXT NOT NULL            -- the line
) STRICT;

-- What an option of a kernel means for DMA under Xen (rows: schema/facts/kernel-options.tsv).
CREATE TABLE option_meaning (
  option   TEXT NOT NULL,           -- such as CONFIG_SWIOTLB_XEN
  value    TEXT NOT NULL,           -- values that it is said of, a pattern of LIKE
  means    TEXT NOT NULL,           -- in words
  source   TEXT NOT NULL            -- where that is written
) STRICT;

-- A domain of xl list -l (schema/settle/40-domains.sql).
CREATE TABLE domain_config (
  capture  INTEGER NOT NULL,        -- line of its number (capture.id)
  line     INTEGER NOT NULL,        -- line of its number
  boot     INTEGER NOT NULL,        -- power-on (boot.id)
  domain   INTEGER NOT NULL,        -- domain, domid
  name     TEXT,                    -- its name
  type     TEXT,                    -- pv, hvm or pvh
  config   TEXT                     -- all that it was made with, an object of JSON
) STRICT;

-- A device that a domain of xl list -l was given.
CREATE TABLE domain_device (
  capture  INTEGER NOT NULL,        -- line of the domain (capture.id)
  line     INTEGER NOT NULL,        -- line of the domain
  boot     INTEGER NOT NULL,        -- power-on (boot.id)
  domain   INTEGER NOT NULL,        -- domain, domid
  bdf      TEXT,                    -- PCI function, segment:bus:device.function
  path     TEXT                     -- node of the device tree
) STRICT;

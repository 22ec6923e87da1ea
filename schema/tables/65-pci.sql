-- What PCIe reports of itself: errors, and what became of devices and links.

-- One error record of a PCIe device: AER, DPC, or a section of a record of the firmware (CPER).
CREATE TABLE pci_error (
@event
  kind        TEXT NOT NULL,        -- aer, aer-firmware (AER that the firmware read), dpc, rp-pio or cper
  driver      TEXT,                 -- driver of the device
  service     TEXT,                 -- port service that reports, where the line names it
  bdf         TEXT,                 -- device that has the error, segment:bus:device.function
  source      TEXT,                 -- device that sent the error message, segment:bus:device.function
  requester   INTEGER,              -- the same as a requester ID, where no segment is told
  severity    TEXT,                 -- corrected, nonfatal, fatal or info; NULL: not told
  layer       TEXT,                 -- layer that saw it: physical, data-link, transaction, inaccessible
  agent       TEXT,                 -- role of the agent that saw it: receiver, requester, completer, transmitter, none
  reason      TEXT,                 -- why a port was contained: uncorrectable, nonfatal, fatal, rp-pio, software, reserved
  removed     TEXT,                 -- removed: the devices below a contained port are taken away
  vendor_id   INTEGER,              -- PCI vendor
  device_id   INTEGER,              -- PCI device
  register    TEXT,                 -- register of the listed bits: correctable, uncorrectable, rp-pio
  status      INTEGER,              -- status register, bits
  mask        INTEGER,              -- mask register, bits
  sev_mask    INTEGER,              -- severity register, bits
  syserror    INTEGER,              -- RP PIO system error register, bits
  exception   INTEGER,              -- RP PIO exception register, bits
  imp_log     INTEGER,              -- RP PIO log that each maker defines
  first_bit   INTEGER,              -- number of the listed bit that is marked as the first error
  bit0        INTEGER,              -- number of the first bit that is listed without such a mark
  bit1        INTEGER,              -- number of the second
  bit2        INTEGER,              -- number of the third
  bit3        INTEGER,              -- number of the fourth
  bit4        INTEGER,              -- number of the fifth
  bit5        INTEGER,              -- number of the sixth
  bit6        INTEGER,              -- number of the seventh
  bit7        INTEGER,              -- number of the eighth
  dw0         INTEGER,              -- TLP header, first double word
  dw1         INTEGER,              -- TLP header, second double word
  dw2         INTEGER,              -- TLP header, third double word
  dw3         INTEGER,              -- TLP header, fourth double word
  prefix0     INTEGER,              -- first prefix of the TLP
  prefix1     INTEGER,              -- second prefix of the TLP
  prefix2     INTEGER,              -- third prefix of the TLP
  prefix3     INTEGER,              -- fourth prefix of the TLP
  extra       TEXT,                 -- header of a TLP in flit mode, or what is left of a TLP header, as printed
  reported    INTEGER,              -- 1: of several agents the one that reported first
  record      INTEGER,              -- number of the firmware's record
  nr          INTEGER,              -- number of the section in that record, from 0
  pa          INTEGER,              -- machine address that an error of memory is about
  section     TEXT,                 -- what the section is about: pcie, memory, processor, cxl, firmware, unknown
  fru         TEXT,                 -- replaceable unit, as the firmware names it
  fru_id      TEXT,                 -- identifier of the replaceable unit
  port_type   INTEGER,              -- kind of PCIe port
  port        TEXT,                 -- kind of PCIe port, in words
  version     TEXT,                 -- version of PCIe that the port follows
  command     INTEGER,              -- PCI command register, bits
  pci_status  INTEGER,              -- PCI status register, bits
  slot        TEXT,                 -- number of the slot
  bus         INTEGER,              -- number of the bus below a bridge
  class_code  INTEGER,              -- PCI class
  serial_lo   INTEGER,              -- serial number, lower half
  serial_hi   INTEGER,              -- serial number, upper half
  secondary_status INTEGER,         -- secondary status register of a bridge, bits
  bridge_control INTEGER,           -- bridge control register, bits
  cor_status  INTEGER,              -- status of correctable errors, where the record has both, bits
  cor_mask    INTEGER,              -- mask of correctable errors, where the record has both, bits
  headless    INTEGER               -- 1: the first line of the report is not in the capture
) STRICT;

CREATE INDEX pci_error_device ON pci_error (bdf, capture, line);

-- What became of a PCI device, a slot or a link: error messages, resets, recovery, hot-plug, power.
CREATE TABLE pci_event (
@event
  what        TEXT NOT NULL,        -- error-message, no-details, error-lost, no-device, injected, recovery-start, recovery-mmio,
                                    -- recovery-reset, recovery-resume, recovered, recovery-failed, cannot-recover, reset, reset-failed,
                                    -- no-reset, port-busy, link-stuck, disconnected, not-contained, no-port, link-down, link-up,
                                    -- card-present, card-gone, no-link, train-failed, power-fault, waiting, gave-up, ready, pending,
                                    -- power-stuck, resetting, reset-done, enabled, huge-fault; traced: an error as a tracepoint has it, beside what is printed
  driver      TEXT,                 -- driver of the device
  service     TEXT,                 -- port service that reports, where the line names it
  bdf         TEXT,                 -- device, segment:bus:device.function
  dev         TEXT,                 -- device in another form, as printed
  source      TEXT,                 -- device that sent an error message, segment:bus:device.function
  requester   INTEGER,              -- the same as a requester ID, where no segment is told
  severity    TEXT,                 -- corrected, nonfatal or fatal
  multiple    INTEGER,              -- 1: more than one error message came
  slot        TEXT,                 -- name of the slot
  reset       TEXT,                 -- kind of reset, as printed
  ms          INTEGER,              -- how long it took, ms
  extra       TEXT,                 -- TLP header of a traced error, four double words as printed
  status      INTEGER,              -- status, or errno
  cor_status  INTEGER,              -- correctable errors that were injected, bits
  says        TEXT,                 -- why, or which errors, as printed
  from_state  TEXT,                 -- power state before
  to_state    TEXT,                 -- power state wanted
  command_was INTEGER,              -- PCI command register before, bits
  "order"     INTEGER,              -- pages that were mapped at once, as a power of two
  bar         INTEGER,              -- base address register
  offset_in   INTEGER,              -- page in it
  command     INTEGER               -- PCI command register, bits
) STRICT;

CREATE INDEX pci_event_line ON pci_event (capture, line);

-- Registers of a PCI function (a BAR), as Linux finds or places them when it starts.
CREATE TABLE pci_bar (
@event
  what     TEXT NOT NULL,           -- found (they are there), no-space, failed, taken (somebody else has the addresses)
  driver   TEXT,                    -- driver of the device
  bdf      TEXT NOT NULL,           -- device, segment:bus:device.function
  bar      INTEGER,                 -- its number, NULL: reg tells
  reg      INTEGER,                 -- its place in the configuration space, bytes
  start    INTEGER,                 -- first address
  "end"    INTEGER,                 -- last address
  size     INTEGER,                 -- length where it has no place, bytes
  text     TEXT                     -- width and kind, as printed
) STRICT;

CREATE INDEX pci_bar_bdf ON pci_bar (bdf, segment, line);
-- A PCI function that Linux found.
CREATE TABLE pci_function (
@event
  driver     TEXT,                  -- who tells of it: pci
  bdf        TEXT NOT NULL,         -- segment:bus:device.function
  vendor_id  INTEGER,               -- PCI vendor
  device_id  INTEGER,               -- PCI device
  type       INTEGER,               -- layout of its registers
  class_code INTEGER,               -- PCI class, three bytes
  text       TEXT                   -- what it is on PCI Express, as printed
) STRICT;

-- A window of a PCIe controller, or a place in one, that is made known to the other side of its link.
CREATE TABLE pci_window (
@event
  what     TEXT NOT NULL,           -- window, or place: an offset in one that the other side writes to
  bar      INTEGER,                 -- base address register that the other side sees
  start    INTEGER,                 -- of a window: first address behind it
  size     INTEGER,                 -- of a window: its length, bytes
  offset_in INTEGER,                -- of a place: bytes from the start of the window
  function TEXT,                    -- function that prints the line
  flags    INTEGER,                 -- kind of window, bits
  value_hex INTEGER                 -- of a place: what is written there
) STRICT;

CREATE INDEX pci_window_line ON pci_window (capture, line);

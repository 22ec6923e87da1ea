-- What the machine reports of itself: errors of its memory, alarms of its buses, sleep; and what a network interface has for a PHY.

-- An error of memory, or one that a processor reports (machine check).
CREATE TABLE memory_error (
@event
  what      TEXT NOT NULL,          -- corrected, uncorrected, machine-check (bit 61 of the status tells), given-up: what the kernel did about one
  by        TEXT NOT NULL,          -- who reports it: xen or linux
  nr        INTEGER,                -- memory controller
  count     INTEGER,                -- errors that the line stands for
  page      INTEGER,                -- machine frame, 0 where the controller does not tell
  in_page   INTEGER,                -- place in the frame, bytes
  bytes     INTEGER,                -- how exact that place is, bytes
  addr      INTEGER,                -- machine address, where it is told whole
  cpu       INTEGER,                -- processor that reports it
  bank      INTEGER,                -- unit of the processor that reports it
  status_bits INTEGER,              -- status of that unit, bits
  reg       INTEGER,                -- status of the processor as a whole, bits
  number    INTEGER,                -- time-stamp counter then, cycles; 0: not told
  value_hex INTEGER,                -- further information of that unit, bits
  extra     TEXT,                   -- what follows, as printed
  says      TEXT                    -- what and where, or what was done about it, as printed
) STRICT;

-- A bus error that reaches a processor as a non-maskable interrupt.
CREATE TABLE bus_alarm (
@event
  what      TEXT NOT NULL,          -- serr (of PCI) or iock (memory or I/O)
  by        TEXT NOT NULL,          -- who reports it: xen or linux
  cpu       INTEGER,                -- processor that was told
  reason    INTEGER                 -- port 0x61 of the chip set, bits
) STRICT;

-- The machine goes to sleep, or has woken.
CREATE TABLE sleep_mark (
@event
  what      TEXT NOT NULL,          -- sleep or wake
  by        TEXT NOT NULL,          -- who says it: xen or linux
  mode      TEXT                    -- state of ACPI, or way of sleeping, as printed
) STRICT;

-- The driver that serves the PHY of a network interface.
CREATE TABLE phy (
@event
  dev       TEXT,                   -- bus name of the network device, or of the bus that its PHY is on
  netdev    TEXT,                   -- network interface
  phy       TEXT,                   -- the PHY by name
  name      TEXT                    -- its driver
) STRICT;


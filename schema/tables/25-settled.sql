-- What is worked out once after reading (schema/settle/): it would cost too much to ask again for each fault.

-- What is known of each boot: one row a fact, the best line that states it.
CREATE TABLE known_fact (
  boot    INTEGER NOT NULL,         -- power-on (boot.id)
  name    TEXT NOT NULL,            -- what is stated, such as xen.version
  value   TEXT NOT NULL,            -- its value, as printed
  capture INTEGER NOT NULL,         -- line that states it (capture.id), 0: none
  line    INTEGER NOT NULL,         -- line that states it, 0: none
  told    INTEGER NOT NULL,         -- 1: told or assumed by the user
  trust   TEXT NOT NULL,            -- who could have printed the line; user: told, assumed: assumed in place of what lines say
  speaker TEXT NOT NULL,            -- who said it
  PRIMARY KEY (boot, name)
) STRICT, WITHOUT ROWID;

-- What an address in a fault means, where the captures tell.
CREATE TABLE boot_model (
  boot  INTEGER PRIMARY KEY,        -- power-on (boot.id)
  model TEXT NOT NULL               -- M1: Arm, dom0 mapped 1:1; M2: Arm, dom0 not mapped 1:1; M3: x86, PV dom0; M4: x86, PVH dom0; M5: no Xen, Linux translates; M6: no Xen, devices pass by default
) STRICT;

-- The memory of a 1:1 mapped dom0, and whether its printed banks add up to what Xen says it allocated.
CREATE TABLE dom0_memory (
  boot       INTEGER PRIMARY KEY,   -- power-on (boot.id)
  capture    INTEGER NOT NULL,      -- line of the allocation (capture.id)
  line       INTEGER NOT NULL,      -- line of the allocation
  mb         INTEGER NOT NULL,      -- allocated, MiB
  bank_mb    INTEGER,               -- in banks, MiB
  ram_ranges INTEGER NOT NULL       -- ranges of host memory that were printed
) STRICT;

-- The releases of Xen and of the host's Linux of each boot, taken apart: 4.14.1-xilinx is branch 4.14, patch 1, suffix -xilinx.
CREATE TABLE boot_release (
  boot    INTEGER NOT NULL,         -- power-on (boot.id)
  product TEXT NOT NULL,            -- xen or linux
  version TEXT NOT NULL,            -- version as printed
  branch  TEXT,                     -- release branch, such as 4.14; NULL: the version is not of that form
  number  INTEGER,                  -- the branch as a number that orders: 1000 times the first plus the second
  patch   INTEGER,                  -- patch release, NULL: not stated
  suffix  TEXT NOT NULL,            -- what follows its numbers, '' for a plain release
  early   INTEGER NOT NULL,         -- 1: a candidate or a snapshot from before that release
  beyond  INTEGER NOT NULL,         -- 1: newer than the tables of changes know (known_release)
  capture INTEGER,                  -- line that states it (capture.id), NULL: told by the user
  line    INTEGER,                  -- line that states it
  told    INTEGER NOT NULL,         -- 1: told by the user
  PRIMARY KEY (product, boot)
) STRICT, WITHOUT ROWID;

-- Whether the releases of a boot have a fault that came and went with releases (v_release_change).
CREATE TABLE boot_change (
  change  TEXT NOT NULL,            -- the change (known_change.change)
  boot    INTEGER NOT NULL,         -- power-on (boot.id)
  product TEXT NOT NULL,            -- xen or linux
  state   TEXT NOT NULL,            -- affected, fixed, before or unknown
  version TEXT NOT NULL,            -- version as printed
  branch  TEXT,                     -- release branch, such as 4.14; NULL: the version is not of that form
  patch   INTEGER,                  -- patch release, NULL: not stated
  suffix  TEXT NOT NULL,            -- what follows its numbers, '' for a plain release
  beyond  INTEGER NOT NULL,         -- 1: newer than the tables of changes know
  fix     TEXT,                     -- commit of the fix in that branch
  good    INTEGER,                  -- first patch release of that branch with the fix, NULL: none, or not known
  capture INTEGER,                  -- line that states the version (capture.id), NULL: told by the user
  line    INTEGER,                  -- line that states the version
  told    INTEGER NOT NULL,         -- 1: told by the user
  PRIMARY KEY (change, boot)
) STRICT, WITHOUT ROWID;

-- Bounces of pages that are not dom0's own, in a 1:1 mapped dom0: the first of each device.
CREATE TABLE bounced_foreign (
  boot     INTEGER NOT NULL,        -- power-on (boot.id)
  dev      TEXT NOT NULL,           -- bus name of the device
  dev_addr INTEGER NOT NULL,        -- address before the bounce
  n        INTEGER NOT NULL,        -- bounces
  capture  INTEGER NOT NULL,        -- line of the first (capture.id)
  line     INTEGER NOT NULL,        -- line of the first
  PRIMARY KEY (boot, dev)
) STRICT, WITHOUT ROWID;

-- Complete dumps of the grant tables (debug key g), from their first line to their last.
CREATE TABLE whole_dump (
  capture  INTEGER NOT NULL,        -- the capture (capture.id)
  line     INTEGER NOT NULL,        -- its first line
  last     INTEGER NOT NULL,        -- its last line
  mark     INTEGER NOT NULL,        -- the row of its first line (grant_dump.id)
  PRIMARY KEY (capture, line)
) STRICT, WITHOUT ROWID;

-- Signs that a domain ended.
CREATE TABLE domain_end (
  capture  INTEGER NOT NULL,        -- line that tells (capture.id)
  line     INTEGER NOT NULL,        -- line that tells
  boot     INTEGER NOT NULL,        -- power-on (boot.id)
  domain   INTEGER NOT NULL,        -- domain, domid
  what     TEXT NOT NULL,           -- crashed, destroyed, dying, active grants left
  base_lo  INTEGER,                 -- earliest instant, base clock, ns
  base_hi  INTEGER,                 -- latest instant, base clock, ns
  PRIMARY KEY (capture, line, domain)
) STRICT, WITHOUT ROWID;

-- Which domain a context bank serves.
CREATE TABLE context_owner (
  boot     INTEGER NOT NULL,        -- power-on (boot.id)
  instance TEXT NOT NULL,           -- the SMMU, device-tree path
  context  INTEGER NOT NULL,        -- context bank
  domain   INTEGER NOT NULL,        -- domain it serves, domid
  capture  INTEGER NOT NULL,        -- line that tells (capture.id)
  line     INTEGER NOT NULL,        -- line that tells
  PRIMARY KEY (boot, instance, context)
) STRICT, WITHOUT ROWID;

-- What firmware states in tables of ACPI: IOMMUs, the devices each is for, IDs, and memory that devices use.

-- A table that was read; only DMAR and IORT are looked into.
CREATE TABLE acpi_table (
@event
  name     TEXT NOT NULL,           -- signature
  bytes    INTEGER NOT NULL,        -- length, bytes
  revision INTEGER NOT NULL,        -- revision of its format
  checksum TEXT NOT NULL,           -- good or wrong
  oem      TEXT NOT NULL,           -- who made it; -: not said
  oem_table TEXT NOT NULL           -- what its maker calls it; -: not said
) STRICT;

-- A structure of DMAR, or a node of IORT.
CREATE TABLE acpi_unit (
@event
  offset_in INTEGER NOT NULL,       -- where it stands in the table, bytes
  kind      TEXT NOT NULL,          -- drhd (an IOMMU), rmrr, atsr, rhsa, andd, satc, sidp; its, component, root, smmu, smmuv3, pmcg, rmr
  pci_segment INTEGER,                -- PCI segment
  base      INTEGER,                -- first address of its registers; of an rmrr, of the memory
  numa      INTEGER,                -- NUMA node
  number    INTEGER,                -- andd: its number; its: how many; smmu, smmuv3: the model
  flags     INTEGER,                -- flags, bits: drhd 0x1 all devices of the segment that no other names, atsr 0x1 all ports
  path      TEXT                    -- name in the namespace of ACPI, without the \ of the root
) STRICT;

-- A device that a structure of DMAR is for.
CREATE TABLE acpi_scope (
@event
  offset_in INTEGER NOT NULL,       -- the structure (acpi_unit.offset_in)
  kind      TEXT NOT NULL,          -- the structure: drhd, rmrr, atsr, satc, sidp
  type      TEXT NOT NULL,          -- endpoint, bridge (with all behind it), ioapic, hpet, namespace, or a number
  number    INTEGER NOT NULL,       -- ioapic, hpet: its number; namespace: number of the andd
  pci_segment INTEGER NOT NULL,       -- PCI segment
  bus       INTEGER NOT NULL,       -- PCI bus where the way starts
  path      TEXT NOT NULL,          -- device.function of each step, / between them
  bdf       TEXT                    -- the function, where the way has one step; segment:bus:device.function
) STRICT;

-- IDs of a node of IORT that are another node's.
CREATE TABLE acpi_map (
@event
  offset_in INTEGER NOT NULL,       -- the node (acpi_unit.offset_in)
  kind      TEXT NOT NULL,          -- the node: component, root, smmu, …
  input     INTEGER NOT NULL,       -- first ID
  count     INTEGER NOT NULL,       -- how many
  stream    INTEGER NOT NULL,       -- what the first one is at the other node: a stream ID, or a device ID
  target    INTEGER NOT NULL,       -- the other node (acpi_unit.offset_in)
  single    INTEGER NOT NULL        -- 1: the input does not count
) STRICT;

-- What in a table could not be used.
CREATE TABLE acpi_problem (
@event
  offset_in INTEGER NOT NULL,       -- where, bytes
  says      TEXT NOT NULL           -- what is wrong
) STRICT;

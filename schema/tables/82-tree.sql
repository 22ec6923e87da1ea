-- What a device tree states, one row a statement; told by who made the tree, not by who ran.

-- A device tree that was read.
CREATE TABLE tree (
@event
  bytes      INTEGER NOT NULL,      -- size of the blob, bytes
  nodes      INTEGER NOT NULL,      -- nodes that were read
  compatible TEXT                   -- what machine it is for, blanks between the names
) STRICT;

-- A node that stands for something: a device, an IOMMU, the hypervisor, a domain or a module for Xen.
CREATE TABLE tree_node (
@event
  kind       TEXT NOT NULL,         -- device, iommu, hypervisor, domain
  path       TEXT NOT NULL,         -- path of the node
  dev        TEXT,                  -- name that Linux gives such a device on its bus
  base       INTEGER,               -- first address of its registers, as the processor sees it; NULL: it has none, or it cannot be told
  cells      INTEGER,               -- cells of an ID of this IOMMU
  state      TEXT,                  -- its status: okay where the tree says nothing
  marks      TEXT,                  -- which properties it has, + between them: iommus, iommu-map, dma-coherent, xen,passthrough …; dma-moved: a bus of it gives memory other addresses (dma-ranges); -: none
  compatible TEXT                   -- what it is, blanks between the names; -: the tree does not say
) STRICT;

CREATE INDEX tree_node_path ON tree_node (capture, path);

-- An ID, or a stretch of IDs, by which an IOMMU knows a device.
CREATE TABLE tree_stream (
@event
  path      TEXT NOT NULL,          -- the device, path of its node
  dev       TEXT NOT NULL,          -- the device, bus name
  instance  TEXT NOT NULL,          -- the IOMMU, path of its node
  how       TEXT NOT NULL,          -- where it stands: iommus, iommu-map or mmu-masters
  stream    INTEGER,                -- stream ID, the first one of a stretch; NULL: the IOMMU has no IDs
  mask      INTEGER,                -- bits of the ID that do not count, SMMUv1 and v2
  count     INTEGER,                -- IDs of the stretch, NULL: one
  requester INTEGER,                -- requester ID that the first of them stands for
  requester_mask INTEGER            -- bits of the requester ID that count, NULL: all
) STRICT;

CREATE INDEX tree_stream_path ON tree_stream (capture, path);
CREATE INDEX tree_stream_instance ON tree_stream (capture, instance);

-- What in a tree could not be used.
CREATE TABLE tree_problem (
@event
  path TEXT NOT NULL,               -- the node
  says TEXT NOT NULL                -- what is wrong with it
) STRICT;

-- Which tree speaks for which boot (worked out by schema/settle/).
CREATE TABLE tree_use (
  boot    INTEGER NOT NULL,         -- power-on (boot.id)
  capture INTEGER NOT NULL,         -- the tree (capture.id)
  by_xen  INTEGER NOT NULL,         -- 1: Xen made it for a domain, and left out what is behind an IOMMU
  other   INTEGER NOT NULL,         -- 1: it is another board's, by its model
  proven  INTEGER NOT NULL,         -- 1: it has the very command line that Xen, or a kernel without Xen, was booted with
  PRIMARY KEY (boot, capture)
) STRICT, WITHOUT ROWID;

-- What a tree says of each device and IOMMUs (worked out by schema/settle/).
CREATE TABLE tree_device (
  capture INTEGER NOT NULL,         -- the tree (capture.id)
  path    TEXT NOT NULL,            -- path of the node
  dev     TEXT NOT NULL,            -- bus name
  line    INTEGER NOT NULL,         -- line that states it
  behind  TEXT NOT NULL,            -- yes or no, or unknown: the tree cannot tell
  says    TEXT NOT NULL,            -- why, in words
  PRIMARY KEY (capture, path)
) STRICT, WITHOUT ROWID;

CREATE INDEX tree_device_dev ON tree_device (dev);

-- What the trees say of the stream of a case that an SMMU refused (worked out by schema/analysis/).
CREATE TABLE fault_tree (
  "case"  INTEGER NOT NULL,         -- the case (fault_case.id)
  what    TEXT NOT NULL,            -- listed: it is a device's; unlisted: nobody's; binding: Xen does not read what the tree has
  says    TEXT NOT NULL,            -- in words
  capture INTEGER NOT NULL,         -- line that tells (capture.id)
  line    INTEGER NOT NULL,         -- line that tells
  PRIMARY KEY ("case", what)
) STRICT, WITHOUT ROWID;

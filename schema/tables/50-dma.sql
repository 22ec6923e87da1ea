-- DMA mappings and bounces.

-- A DMA mapping that went through the bounce pool.
CREATE TABLE dma_bounce (
@event
  dev      TEXT NOT NULL,           -- bus name of the device
  dma_mask INTEGER NOT NULL,        -- highest address that the device can reach
  dev_addr INTEGER NOT NULL,        -- address before the bounce
  page     INTEGER GENERATED ALWAYS AS ((dev_addr >> 12) & 0xfffffffffffff) STORED, -- dev_addr >> 12, frame
  size     INTEGER NOT NULL,        -- bytes
  how      TEXT                     -- NORMAL (the device could not reach it) or FORCE
) STRICT;

-- A DMA mapping that was refused because the bounce pool could not serve it.
CREATE TABLE swiotlb_full (
@event
  driver   TEXT,                    -- driver of the device
  dev      TEXT,                    -- bus name of the device
  size     INTEGER NOT NULL,        -- bytes that were asked for
  total    INTEGER,                 -- slots of 2048 bytes in the pool
  used     INTEGER                  -- slots in use
) STRICT;

-- A DMA mapping handed to a device.
CREATE TABLE dma_map (
@event
  what     TEXT NOT NULL,           -- call and return of a probe; map, unmap of a tracepoint, which tells all at once
  dev      TEXT,                    -- bus name of the device
  size     INTEGER,                 -- bytes
  how      TEXT,                    -- page, phys, resource, sg (a segment of a scatterlist) or alloc (memory shared with the device)
  nents    TEXT,                    -- of a scatterlist: parts before it was mapped, printed/all
  ents     TEXT,                    -- of a scatterlist: segments after it was mapped, printed/all
  shown    INTEGER,                 -- of a scatterlist: segments that the line shows
  virt     TEXT,                    -- virtual address of shared memory, hashed
  gfp      TEXT,                    -- how shared memory was asked for, flags by name
  attrs    TEXT,                    -- attributes, as a tracepoint prints them
  dir      INTEGER,                 -- 0 both, 1 to the device, 2 from the device
  dma      INTEGER,                 -- address that the device will use
  pa       INTEGER,                 -- physical address of the memory, as the kernel sees it
  page     INTEGER GENERATED ALWAYS AS ((dma >> 12) & 0xfffffffffffff) STORED -- dma >> 12, frame
) STRICT;

-- A range that Linux put into the tables of an IOMMU, or took out: tracepoints iommu:map and iommu:unmap, which name no device.
CREATE TABLE iommu_map (
@event
  what     TEXT NOT NULL,           -- map or unmap
  iova     INTEGER NOT NULL,        -- first address, as a device uses it
  "end"    INTEGER,                 -- first address behind it, NULL: not printed (before Linux 6.1)
  size     INTEGER NOT NULL,        -- bytes that were asked for
  bytes    INTEGER,                 -- of an unmap: bytes that were taken out
  pa       INTEGER                  -- of a map: physical address of the memory
) STRICT;

-- A DMA mapping that failed otherwise, or that a driver handles wrongly, as Linux reports it.
CREATE TABLE dma_error (
@event
  what        TEXT NOT NULL,        -- overflow, pool-overflow, no-mask, small-mask, no-pool, pool-full, wrong-size, not-checked, …
  driver      TEXT,                 -- driver of the device
  dev         TEXT,                 -- bus name of the device
  dma         INTEGER,              -- address that the device uses or would use
  dma_end     INTEGER,              -- its last byte, address
  size        INTEGER,              -- bytes that were mapped or asked for
  other_size  INTEGER,              -- bytes that were given back, synced or allowed
  dma_mask    INTEGER,              -- highest address that the device can reach
  bus_limit   INTEGER,              -- highest address that the bus carries, 0: no limit
  boundary    INTEGER,              -- boundary that a segment must not cross, mask
  mapped_as   TEXT,                 -- how it was mapped: single, page, scatter-gather, coherent, …
  other_as    TEXT,                 -- how it was given back
  mapped_dir  TEXT,                 -- direction it was mapped with, as printed
  other_dir   TEXT,                 -- direction it was given back or synced with, as printed
  pa          INTEGER,              -- physical address of the memory
  other_pa    INTEGER,              -- physical address that was given back
  gva         INTEGER,              -- kernel's virtual address; hashed from 4.15 on
  cacheline   INTEGER,              -- number of a cache line
  count       INTEGER,              -- entries or mappings, how many
  other_count INTEGER,              -- entries that were given back or synced, how many
  function    TEXT,                 -- function that prints the line
  status      INTEGER,              -- errno, where it failed
  dir         INTEGER,              -- direction: 0 both, 1 to the device, 2 from the device
  attrs       TEXT                  -- attributes, as a tracepoint prints them
) STRICT;

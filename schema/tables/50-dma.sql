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
  what     TEXT NOT NULL,           -- call or return
  dev      TEXT,                    -- bus name of the device
  size     INTEGER,                 -- bytes
  dir      INTEGER,                 -- 0 both, 1 to the device, 2 from the device
  dma      INTEGER,                 -- address that the device will use
  page     INTEGER GENERATED ALWAYS AS ((dma >> 12) & 0xfffffffffffff) STORED -- dma >> 12, frame
) STRICT;

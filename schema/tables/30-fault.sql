-- What IOMMUs say about refused accesses.

-- One refused access, as its IOMMU reports it.
CREATE TABLE iommu_fault (
@event
  impl        TEXT NOT NULL,        -- smmuv2, smmuv2-global, qcom, smmuv3, vtd, vtd-interrupt, amd, ipmmu, rk, mtk, exynos, virtio, trace
  by          TEXT NOT NULL,        -- who drives the IOMMU: xen or linux
  instance    TEXT,                 -- the IOMMU: device-tree path, device name or number
  context     INTEGER,              -- SMMU context bank
  stream      INTEGER,              -- stream ID, where the line states it
  bdf         TEXT,                 -- requester, segment:bus:device.function
  domain      INTEGER,              -- domain that the line names, domid
  access      TEXT,                 -- read or write, where the line states it
  iova        INTEGER,              -- address, 64 bits
  page        INTEGER GENERATED ALWAYS AS ((iova >> 12) & 0xfffffffffffff) STORED, -- iova >> 12, frame
  fsr         INTEGER,              -- SMMU context fault status, bits
  fsynr       INTEGER,              -- SMMU context fault syndrome, bits
  gfsr        INTEGER,              -- SMMU global fault status, bits
  gfsynr0     INTEGER,              -- SMMU global fault syndrome 0, bits
  gfsynr1     INTEGER,              -- SMMU global fault syndrome 1, bits
  gfsynr2     INTEGER,              -- SMMU global fault syndrome 2, bits
  event       INTEGER,              -- SMMUv3 event code
  word0       INTEGER,              -- SMMUv3 event record, first 64 bits
  word1       INTEGER,              -- SMMUv3 event record, second 64 bits
  word2       INTEGER,              -- SMMUv3 event record, third 64 bits
  word3       INTEGER,              -- SMMUv3 event record, fourth 64 bits
  type        TEXT,                 -- kind of fault by name, where the line has a name for it
  reason      INTEGER,              -- VT-d fault reason code
  reason_text TEXT,                 -- VT-d fault reason in words, as printed
  flags       INTEGER,              -- fault flags of AMD-Vi, bits; of a trace record: 0 read, 1 write
  status      INTEGER,              -- fault status of IPMMU or MediaTek, bits
  dev         TEXT,                 -- device that made the access, bus name, where the line names one that is no PCI function
  driver      TEXT,                 -- driver of dev, or of the IOMMU where the record names that instead
  pasid       INTEGER,              -- process address space ID; 0xffffffff: none
  ssid        INTEGER,              -- SMMUv3 substream ID, as the line states it
  endpoint    INTEGER,              -- endpoint of a virtio IOMMU
  "index"     INTEGER,              -- entry of the interrupt-remapping table that was asked for
  iommu_domain INTEGER,             -- number that the IOMMU driver gave the address space; no Xen domain
  ipa         INTEGER,              -- intermediate or guest physical address, as the line states it
  fetch       INTEGER,              -- address of a descriptor that could not be read
  pa          INTEGER,              -- physical address that the driver found for iova in its tables, 0: none
  atos        INTEGER,              -- physical address that the IOMMU gave for iova when it was asked
  format      INTEGER,              -- table format of an SMMU context, as printed
  s1_context  INTEGER,              -- context bank that the syndrome names, as printed
  level       INTEGER,              -- table level where the walk ended, as printed
  class       TEXT,                 -- SMMUv3, what was accessed: cd, table, input or reserved
  stage       TEXT,                 -- SMMUv3: s1 or s2
  privilege   TEXT,                 -- SMMUv3: priv or unpriv
  space       TEXT,                 -- SMMUv3: inst or data
  ttd         TEXT,                 -- SMMUv3: ttd_read or ttd_write
  stall       TEXT,                 -- SMMUv3: stall, where the transaction waits for an answer
  stag        INTEGER,              -- SMMUv3: tag of the stalled transaction
  root        INTEGER,              -- root of the tables, as the line states it
  larb        INTEGER,              -- MediaTek: local arbiter
  port        INTEGER,              -- MediaTek: port of the arbiter
  layer_nr    INTEGER,              -- MediaTek: layer
  flags_rmp   INTEGER,              -- AMD-Vi: flags of the reverse-map check, bits
  vmg_tag     INTEGER,              -- AMD-Vi: tag of the guest
  event0      INTEGER,              -- AMD-Vi event record, first 32 bits
  event1      INTEGER,              -- AMD-Vi event record, second 32 bits
  event2      INTEGER,              -- AMD-Vi event record, third 32 bits
  event3      INTEGER,              -- AMD-Vi event record, fourth 32 bits
  headless    INTEGER               -- 1: the first line of the report is not in the capture
) STRICT;

-- One level of a table walk that Xen or Linux printed after a fault.
CREATE TABLE iommu_walk (
@event
  bdf      TEXT,                    -- requester, segment:bus:device.function
  iommu    INTEGER,                 -- number of the IOMMU
  page     INTEGER,                 -- frame that was looked up
  what     TEXT NOT NULL,           -- head, root, context, pasid-directory, pasid or level
  level    INTEGER,                 -- page-table level
  "index"  INTEGER,                 -- slot in the table
  entry    INTEGER,                 -- the entry, or its lower 64 bits
  entry_hi INTEGER,                 -- upper 64 bits of a context entry
  perm     TEXT,                    -- what the entry allows: rw, r-, -w, --
  instance TEXT,                    -- the IOMMU by name, where it has no number
  iova     INTEGER                  -- address that was looked up, where the line has no frame
) STRICT;

-- A context bank that Xen set up for a domain.
CREATE TABLE context_bank (
@event
  instance TEXT NOT NULL,           -- the SMMU, device-tree path
  domain   INTEGER NOT NULL,        -- domain it serves, domid
  root     INTEGER NOT NULL         -- root of the stage-2 table, address
) STRICT;

CREATE INDEX context_bank_segment ON context_bank (segment);

-- What the merge pass found for a fault.
CREATE TABLE fault_join (
  fault        INTEGER PRIMARY KEY, -- the fault (iommu_fault.id)
  frame_class  TEXT,                -- foreign, own, bounce, ram, reserved, outside; NULL: not known
  grant_state  TEXT,                -- live, ended, later; NULL: no grant of this frame is known
  relation     TEXT,                -- certain or possible: how sure grant_state is
  grant_why    TEXT,                -- dump or trace: what shows the grant
  grant_ref    INTEGER,             -- grant reference
  grant_domain INTEGER,             -- domain that granted the page, domid
  grant_mapper INTEGER,             -- domain that mapped it, domid
  grant_flags  INTEGER,             -- GNTMAP or GTF flags as the witness prints them, bits
  distance     INTEGER,             -- longest time between witness and fault, ns; NULL: not bounded
  capture      INTEGER,             -- witness (capture.id)
  line         INTEGER,             -- witness, line
  end_capture  INTEGER,             -- what ended the grant (capture.id)
  end_line     INTEGER,             -- what ended the grant, line
  end_what     TEXT,                -- unmap, reuse (its handle was mapped again), domain, dump or gap
  unshown      INTEGER,             -- operations of batches that no line shows and that may make grant_state another: unmaps where it is live, else maps; NULL: none
  told         INTEGER NOT NULL DEFAULT 0 -- 1: grant_state rests on a clock that the user told
) STRICT;

-- A change of an IOMMU's tables that failed.
CREATE TABLE iommu_map_error (
@event
  what     TEXT NOT NULL,           -- map, unmap, flush, identity, context
  by       TEXT NOT NULL,           -- who reports it: xen or linux
  domain   INTEGER,                 -- domain whose tables they are, domid
  dev      TEXT,                    -- device, bus name
  dfn      INTEGER,                 -- frame that the device would use
  mfn      INTEGER,                 -- machine frame
  iova     INTEGER,                 -- address, where the line has no frame
  "end"    INTEGER,                 -- end of the range, an address or frame as the start
  pages    INTEGER,                 -- frames from the first on
  flags    INTEGER,                 -- what was to be flushed, bits
  status   INTEGER,                 -- errno
  entry    INTEGER,                 -- page-table entry that was to be written
  old_entry INTEGER                 -- page-table entry that was there
) STRICT;

-- Trouble of an IOMMU itself: queues, commands, its own errors.
CREATE TABLE iommu_trouble (
@event
  impl     TEXT NOT NULL,           -- smmuv2, smmuv3, vtd, ipmmu, amd, …
  by       TEXT NOT NULL,           -- who drives the IOMMU: xen or linux
  what     TEXT NOT NULL,           -- command-error, sync-timeout, global-error, queue-full, invalidate-timeout, msi-abort, events-lost, …
  instance TEXT,                    -- the IOMMU
  bdf      TEXT,                    -- device that the command was for
  dev      TEXT,                    -- device, device-tree path
  domain   INTEGER,                 -- domain that was served, domid
  iova     INTEGER,                 -- address that was being translated
  ms       INTEGER,                 -- how long it took, ms
  event0   INTEGER,                 -- AMD-Vi event record, first 32 bits
  event1   INTEGER,                 -- AMD-Vi event record, second 32 bits
  event2   INTEGER,                 -- AMD-Vi event record, third 32 bits
  event3   INTEGER,                 -- AMD-Vi event record, fourth 32 bits
  status   INTEGER,                 -- status register or code
  driver   TEXT,                    -- driver of the device
  queue_name TEXT,                  -- queue that it is about
  type     TEXT,                    -- kind of error by name, as printed
  requester INTEGER,                -- requester ID of the device that the command was for
  addr     INTEGER,                 -- address of the command, or that it was for
  hwprod   INTEGER,                 -- up to where the IOMMU knows its command queue to be filled
  hwcons   INTEGER,                 -- where the IOMMU is in its command queue
  qw0      INTEGER,                 -- first 64 bits of the command
  qw1      INTEGER,                 -- second 64 bits of the command
  vmg_tag  INTEGER                  -- AMD-Vi: tag of the guest
) STRICT;

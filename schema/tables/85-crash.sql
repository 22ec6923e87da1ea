-- How software came to its end, and where.

-- A panic, a failed assertion, a warning or an oops.
CREATE TABLE crash (
@event
  what     TEXT NOT NULL,           -- panic, bug, assert, warning, oops, serror, abort, hung, lockup, stall, domain
  by       TEXT NOT NULL,           -- who: xen or linux
  says     TEXT,                    -- its text, as printed
  cpu      INTEGER,                 -- processor
  other_cpu INTEGER,                -- processor that reports it
  pid      INTEGER,                 -- process
  comm     TEXT,                    -- name of the process
  src_file TEXT,                    -- source file
  src_line INTEGER,                 -- line of the source file
  symbol   TEXT,                    -- function it came from
  modules  TEXT,                    -- module it came from
  domain   INTEGER,                 -- domain, domid
  version  TEXT,                    -- version of the kernel or of Xen
  number   INTEGER,                 -- which oops since the start it is
  seconds  INTEGER,                 -- for how long, s
  extra    TEXT,                    -- how the kernel was built, as an oops prints it
  addr     INTEGER,                 -- address it is about
  reg      INTEGER                  -- syndrome or error code, bits
) STRICT;

-- One line of a call trace.
CREATE TABLE stack_frame (
@event
  by       TEXT NOT NULL,           -- whose stack: xen or linux
  addr     INTEGER,                 -- address
  symbol   TEXT,                    -- function, as printed
  symbol_at INTEGER,                -- how far behind its start, bytes
  symbol_size INTEGER,              -- its length, bytes
  how      TEXT,                    -- R register, S stack word, F frame pointer, PC, LR
  modules  TEXT                     -- module, livepatch
) STRICT;

-- What a processor was doing when Xen showed it: in Xen, or in a domain.
CREATE TABLE cpu_state (
@event
  version  TEXT,                    -- version of Xen
  arch     TEXT,                    -- kind of processor
  debug    TEXT,                    -- y or n: whether the build has its debug checks
  taint    TEXT,                    -- why Xen counts as tainted
  cpu      INTEGER,                 -- processor
  mode     TEXT,                    -- what ran: the hypervisor or a guest, as printed
  domain   INTEGER,                 -- domain that ran, domid
  vcpu     INTEGER,                 -- its virtual processor
  cs       INTEGER,                 -- code segment, selector
  pc       INTEGER,                 -- where it was, address
  symbol   TEXT,                    -- function, as printed
  symbol_at INTEGER,                -- how far behind its start, bytes
  symbol_size INTEGER,              -- its length, bytes
  lr       INTEGER,                 -- where it would have gone back to, address
  sp       INTEGER,                 -- stack pointer, address
  rflags   INTEGER,                 -- flags of x86, bits
  em       INTEGER,                 -- 1: Xen emulated for it
  cpsr     INTEGER,                 -- state of an Arm processor, bits
  esr      INTEGER,                 -- exception syndrome, bits
  far      INTEGER,                 -- address of the fault
  hpfar    INTEGER                  -- guest-physical address of the fault, as its register has it
) STRICT;

-- How far a kernel was moved from where it was linked.
CREATE TABLE kernel_offset (
@event
  addr     INTEGER NOT NULL,        -- distance, bytes
  base     INTEGER,                 -- where it was linked, address
  start    INTEGER,                 -- lowest address it may be moved to
  "end"    INTEGER                  -- highest one
) STRICT;

-- An access of a guest's processor to an address where the guest has nothing: no DMA.
CREATE TABLE guest_abort (
@event
  caller   INTEGER NOT NULL,        -- the guest, domid
  caller_vcpu INTEGER,              -- its virtual processor
  gpa      INTEGER NOT NULL,        -- address as the guest has it
  gva      INTEGER,                 -- the guest's virtual address
  pc       INTEGER,                 -- where its processor was, address
  esr      INTEGER,                 -- exception syndrome of Arm, bits
  code     INTEGER,                 -- exit qualification of EPT, bits
  access   TEXT,                    -- what it tried: r, w, x
  perm     TEXT,                    -- what its table allows: r, w, x
  mfn      INTEGER,                 -- machine frame behind the address, all ones: none
  p2m_type INTEGER,                 -- kind of page, a number of Xen's own
  src_file TEXT,                    -- source file of Xen
  src_line INTEGER                  -- its line
) STRICT;

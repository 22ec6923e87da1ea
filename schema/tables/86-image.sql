-- Images of programs: what identifies them, and the places in their code.

-- A file with a program in it, or with the memory of a machine.
CREATE TABLE image (
@event
  form     TEXT NOT NULL,           -- elf, bzimage, arm64, arm, zboot
  class    INTEGER,                 -- width of its addresses, bits
  data     TEXT,                    -- byte order: little or big
  type     TEXT,                    -- of an ELF file: exec, dyn, rel (a module), core (memory after a crash)
  machine  INTEGER,                 -- processor, number of ELF (decode: elf.machine)
  code     INTEGER,                 -- version of the boot protocol of a bzImage
  page     TEXT,                    -- page size of a kernel for arm64: 4K, 16K, 64K or unknown
  sections INTEGER                  -- sections of an ELF file
) STRICT;

-- What an image says of itself.
CREATE TABLE image_fact (
@event
  what     TEXT NOT NULL,           -- build-id, banner, release, module, vermagic, version, srcversion, debug-file, debug-lines, note, vmcoreinfo, core (whose memory: linux, xen, guest-pv, guest-hvm, guest, program, machine, unknown), vcpus, pages, page-size (bytes), left
  owner    TEXT,                    -- who defines a note
  type     INTEGER,                 -- kind of a note, number of its owner's (decode: xen.note)
  number   INTEGER,                 -- its value, where it is a number
  size     INTEGER,                 -- its length, where it is neither number nor text, bytes
  says     TEXT                     -- its value, where it is a text
) STRICT;

-- A place in the code of an image: functions and labels.
CREATE TABLE symbol (
@event
  addr     INTEGER NOT NULL,        -- address as linked; in a module: behind the start of its section
  size     INTEGER,                 -- length, bytes, 0: not told; NULL: the list has none
  type     TEXT NOT NULL,           -- T global, t local, W weak, i indirect, as nm has it
  name     TEXT NOT NULL,           -- its name
  section  TEXT,                    -- section of the image, NULL: not told
  module   TEXT                     -- module of the kernel that it is in
) STRICT;

CREATE INDEX symbol_addr ON symbol (capture, addr);
CREATE INDEX symbol_name ON symbol (name);

-- Source lines of places that the captures name, out of the debug information of the image that ran.
CREATE TABLE source_line (
  image TEXT NOT NULL,              -- the image (capture.name)
  at    INTEGER NOT NULL,           -- address as linked
  file  TEXT NOT NULL,              -- source file, as the debug information has it
  line  INTEGER NOT NULL,           -- line of the source file
  PRIMARY KEY (image, at)
) STRICT, WITHOUT ROWID;

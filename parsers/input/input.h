/*
 * Bytes of a capture: windows of whole lines, and one line made clean.
 *
 * A source is read once, front to back, with read(2): a capture may be a
 * pipe, may grow while it is read, and may shrink.
 */
#ifndef PARSERS_INPUT_INPUT_H
#define PARSERS_INPUT_INPUT_H

#include <stdint.h>

#include "parsers/base/arena.h"

/* How far a reader may look back and ahead, and the window that allows it. */
enum { INPUT_LOOK = 256 << 10, INPUT_WINDOW = 1 << 20 };

struct source;

struct window {
	const char *p;
	size_t n;
	uint64_t offset;	/* of p[0] in the capture */
	bool last;		/* nothing follows */
};

/* Where bytes come from that are no file's. */
struct feed {
	size_t (*read)(struct feed *, char *at, size_t room);	/* 0: the end */
	const char *problem;	/* why it ended too early, NULL: it did not */
};

/* "-" is standard input.  NULL with errno set when it cannot be opened. */
struct source *source_open(const char *path, size_t max_line);
struct source *source_memory(struct str bytes, size_t max_line);
struct source *source_feed(struct feed *, size_t max_line);
void source_close(struct source *);

/* Gives up the first drop bytes of the window and fills it up again. */
struct window source_next(struct source *, size_t drop);
/* Why a read failed, NULL: none did. */
const char *source_problem(const struct source *);
uint64_t source_bytes(const struct source *);

/* XXH3-128 of all bytes that were read, 32 hex digits and a NUL. */
enum { DIGEST_SIZE = 33 };
void source_digest(const struct source *, char *hex);
/*
 * Asks for the digest after so many bytes; source_mark_digest() has it once
 * they were read, and is false when the source ended before.
 */
void source_mark(struct source *, uint64_t bytes);
bool source_mark_digest(const struct source *, uint64_t bytes, char *hex);

/* The first bytes look like one of these instead of a console's text. */
const char *input_foreign_format(struct str head, const char **advice);

/* ---- compressed files and archives ------------------------------------- */

/*
 * Members one after another, as the packed bytes come: nothing is written to
 * disk, and memory does not follow the size of anything.
 */
struct unpack;

/* A member: path as the archive has it, untrusted bytes without NUL. */
struct member {
	struct str name;	/* valid until the next one */
	bool alone;		/* no archive: a file that was compressed */
	const char *left;	/* why it cannot be read, NULL: it can */
};

/* The library that does it, by the loader's name, or "no libarchive". */
const char *unpack_library(void);
/* What the first bytes say it is ("gzip data"); NULL: nothing to unpack. */
const char *unpack_format(struct str head);
/* Takes the source's bytes from its first one on; NULL: *why says why not. */
struct unpack *unpack_open(struct source *packed, const char **why);
void unpack_close(struct unpack *);
/* False at the end, or when no more can be read: see unpack_problem(). */
bool unpack_next(struct unpack *, struct member *);
/* The bytes of the member that came last. */
struct feed *unpack_feed(struct unpack *);
/* Why it ended too early; NULL: it did not. */
const char *unpack_problem(const struct unpack *);

/* ---- files that are no text ---------------------------------------------- */

/* What is not a regular file is copied into a nameless one up to here. */
#define SPOOL_MOST ((uint64_t)4 << 30)

/*
 * A descriptor of the caller's with all bytes of the source behind it, for
 * pread(); its own position says nothing.  -1: *why says why not.
 */
int source_spool(struct source *, const char **why);
/* Reads such a descriptor from its start, and closes it. */
struct source *source_spooled(int fd, size_t max_line);
/* The regular file that a source reads from its start; -1: it is none. */
int source_file(const struct source *);

/* A capture of its own in such a file: the messages in the memory of a core. */
struct part {
	const char *name, *form;	/* "printk", "the kernel's messages" */
	struct feed *feed;		/* NULL: it cannot be read */
	const char *why, *advice;	/* then; FILE is the file */
};

/*
 * A form of file, and the lines that are made of what is found in one.  Unless
 * they are a trace's, only entries "from file" claim them.
 */
struct form {
	const char *name;		/* "an ELF image" */
	bool is_trace;
	bool (*is)(struct str head);
	/* NULL: it cannot be read at all, *why says why. */
	struct feed *(*open)(struct source *, const char **why);
	void (*close)(struct feed *);
	/* After the last line: what else is in it; false: nothing more. */
	bool (*inner)(struct feed *, struct part *);
};

/* What the first bytes say it is; NULL: none of them. */
const struct form *input_form(struct str head);

/* ---- binary traces of Xen ---------------------------------------------- */

/* Starts so; either byte order. */
bool xentrace_is(struct str head);
/* Its records as lines of text, in the order of the file. */
struct feed *xentrace_open(struct source *raw, const char **why);
void xentrace_close(struct feed *);

/* ---- recordings of trace-cmd --------------------------------------------- */

/* The library that reads them, or "no libtracecmd". */
const char *recording_library(void);
bool recording_is(struct str head);
struct feed *recording_open(struct source *, const char **why);
void recording_close(struct feed *);

/* ---- images ------------------------------------------------------------- */

/* The library that reads ELF, by the loader's name. */
const char *elf_library_name(void);
/* ELF images and cores: parsers/messages/file-elf.msg tells the lines. */
bool elf_is(struct str head);
struct feed *elf_open(struct source *, const char **why);
void elf_close(struct feed *);
bool elf_inner(struct feed *, struct part *);
/*
 * Source lines of places in an image, by the debug information it has: an ELF
 * file that is no module.  NULL: *why says why not.
 */
struct source_lines;
struct source_line {
	uint64_t at;			/* address as linked */
	unsigned line;
	struct str file;		/* plain, valid until it is closed */
};
/* The library that reads it, or "no libdw". */
const char *source_lines_library(void);
struct source_lines *source_lines_open(const char *path, const uint64_t *at,
				       size_t n, const char **why);
bool source_lines_next(struct source_lines *, struct source_line *);
/* Why it ended early; NULL: it did not. */
const char *source_lines_problem(const struct source_lines *);
void source_lines_close(struct source_lines *);
/* Kernels as boot loaders take them: bzImage, Image, zImage, EFI's zboot. */
bool kernel_is(struct str head);
struct feed *kernel_open(struct source *, const char **why);
void kernel_close(struct feed *);

/* ---- device trees ---------------------------------------------------------- */

/* The library that reads them, by the loader's name, or "no libfdt". */
const char *tree_library(void);
bool tree_is(struct str head);
/* What a flattened device tree states, one statement a line. */
struct feed *tree_open(struct source *, const char **why);
void tree_close(struct feed *);

/* ---- tables of ACPI -------------------------------------------------------- */

/* DMAR or IORT, as the firmware has it; acpidump's text of any tables. */
bool acpi_is(struct str head);
bool acpidump_is(struct str head);
struct feed *acpi_open(struct source *, const char **why);
struct feed *acpidump_open(struct source *, const char **why);
void acpi_close(struct feed *);

/* ---- bytes of one line ------------------------------------------------- */

struct cleaned {
	struct str text;	/* no line end, no control bytes but TAB */
	unsigned returns;	/* '\r' at its end */
	bool damaged;		/* NUL, stray control bytes, not UTF-8 */
};

/* line: without '\n'.  The text is a part of it, or in the arena. */
void clean_line(struct str line, struct arena *, struct cleaned *);

/*
 * The next place from at on that needs a closer look: a control byte, a byte
 * above 0x7e, or another speaker's "(X" or "[   68.290307] " inside a line.  n
 * when there is none.
 */
size_t clean_next_odd(struct str text, size_t at);
/* More than a third is no text: control bytes, bytes that are not UTF-8. */
bool clean_is_binary(struct str head);
/* How many '\n' are in [from, to). */
uint64_t clean_count_lines(const char *from, const char *to);

#endif

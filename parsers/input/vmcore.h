/* A machine's memory in a core, and what its kernel printed; not for other rooms. */
#ifndef PARSERS_INPUT_VMCORE_H
#define PARSERS_INPUT_VMCORE_H

#include "parsers/input/lines.h"

/* ---- VMCOREINFO: "KEY=VALUE" lines -------------------------------------- */

/* Each is false when the note lacks the key, or has no such number. */
bool info_symbol(struct str info, const char *name, uint64_t *address);
/* key: "OFFSET(printk_info.seq)", "NUMBER(phys_base)". */
bool info_number(struct str info, const char *key, uint64_t *number);

/* ---- memory: from addresses to the file --------------------------------- */

/* How a kernel's addresses become physical ones. */
enum vmcore_model {
	VMCORE_AS_TOLD,		/* only as the segments have them */
	VMCORE_X86,		/* page tables */
	VMCORE_ARM64,		/* numbers of VMCOREINFO */
};

struct segment {
	uint64_t virtual_at, physical_at, offset, size;
};

struct vmcore;

/* The descriptor stays the caller's; at is an address of the kernel's data. */
struct vmcore *vmcore_new(int fd, enum vmcore_model, struct str info,
			  uint64_t at, const struct segment *, size_t n);
void vmcore_free(struct vmcore *);
/* All n bytes of a kernel's address, or false. */
bool vmcore_read(struct vmcore *, uint64_t address, void *to, size_t n);
/* A little-endian number of up to 8 bytes. */
bool vmcore_number(struct vmcore *, uint64_t address, size_t bytes,
		   uint64_t *number);
/* How long the file is: nothing in it can be longer. */
uint64_t vmcore_file_size(const struct vmcore *);

/* ---- the kernel's messages ---------------------------------------------- */

/* An address of the kernel's data in VMCOREINFO; false: no ring is told. */
bool printk_symbol(struct str info, uint64_t *address);
/* Lines as a console prints them; NULL: *why says why not. */
struct feed *printk_open(struct vmcore *, struct str info, const char **why);
void printk_close(struct feed *);

#endif

/* ELF images and cores, through libelf; not for other rooms. */
#ifndef PARSERS_INPUT_ELF_H
#define PARSERS_INPUT_ELF_H

#include <libelf.h>
#include <gelf.h>

#include "parsers/input/vmcore.h"

#define ELF_FUNCTIONS(X) \
	X(elf_version) X(elf_begin) X(elf_end) X(elf_kind) X(elf_errno) \
	X(elf_errmsg) X(elf_nextscn) X(elf_getscn) X(elf_ndxscn) \
	X(elf_getdata) X(elf_strptr) X(elf_rawdata) \
	X(elf_getphdrnum) X(elf_getshdrstrndx) X(elf_getdata_rawchunk) \
	X(gelf_getehdr) X(gelf_getphdr) X(gelf_getshdr) X(gelf_getsym) \
	X(gelf_getnote) X(gelf_getclass)

/* The library's own functions, asked for by name when they are needed. */
struct elf_library {
#define MEMBER(name) __typeof__(&name) name;
	ELF_FUNCTIONS(MEMBER)
#undef MEMBER
};

struct image {
	struct lines lines;		/* first */
	const struct elf_library *lib;
	int fd;
	Elf *elf;
	GElf_Ehdr head;
	size_t names;			/* section that names sections */
	unsigned step;			/* what comes next */
	/* The symbols that are being told. */
	Elf_Scn *symbols;
	Elf_Data *symbol_data;
	size_t strings, next, count;
	/* What its notes tell of a core. */
	struct str info;		/* VMCOREINFO */
	bool notes_left, of_xen, of_program, of_machine;
	uint64_t dump[4];		/* xl dump-core: magic, vcpus, pages, page */
	/* What is inside it, and its memory. */
	struct part parts[2];
	unsigned nparts, part;
	struct vmcore *memory;
};

/* A name of the file, cut where it is too long; nothing if there is none. */
struct str image_name_of(struct image *, size_t strings, size_t offset);
/* elf-note.c: notes of all kinds, a line each. */
void image_notes(struct image *);
/* A number in the file's own byte order. */
uint64_t image_number(const struct image *, struct str);
/* elf-core.c: what a note tells of a core, then the core itself. */
void core_note(struct image *, struct str owner, unsigned type, struct str);
void core_tell(struct image *);
void core_close(struct image *);

#endif

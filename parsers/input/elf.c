/* strnlen() and its kin */
#define _GNU_SOURCE

/*
 * ELF images and cores as lines: what they are, what identifies them, and the
 * places in their code.  The library is loaded when the first one comes.
 *
 *   elf file class=64 data=little type=exec machine=62 sections=39
 *   elf symbol ADDRESS SIZE LETTER NAME SECTION
 */

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "parsers/base/die.h"
#include "parsers/input/elf.h"
#include "parsers/input/kernel.h"
#include "parsers/input/late.h"

/* A section that is larger is left, so memory has an end. */
enum { SECTION_MOST = 256 << 20, SYMBOLS_MOST = 4 << 20, NAME_MOST = 512,
       AT_ONCE = 512 };

static struct elf_library library;

static const struct late parts[] = {
#define WANTED(name) { #name, &library.name },
	ELF_FUNCTIONS(WANTED)
#undef WANTED
};

static bool load_library(void)
{
	return LATE_LOAD(ELF_SONAME, parts) &&
	       library.elf_version(EV_CURRENT) != EV_NONE;
}

const char *elf_library_name(void)
{
	return ELF_SONAME;
}

bool elf_is(struct str head)
{
	return str_starts(head, STR(ELFMAG)) && head.n >= EI_NIDENT;
}

struct str image_name_of(struct image *x, size_t strings, size_t offset)
{
	const char *name = x->lib->elf_strptr(x->elf, strings, offset);

	return name ? (struct str){ name, strnlen(name, NAME_MOST) }
		    : (struct str){ 0 };
}

/* ---- what it is ---------------------------------------------------------- */

static const char *type_name(unsigned type)
{
	static const char *const names[] = {
		[ET_NONE] = "none", [ET_REL] = "rel", [ET_EXEC] = "exec",
		[ET_DYN] = "dyn", [ET_CORE] = "core",
	};

	return type < sizeof(names) / sizeof(*names) ? names[type] : "other";
}

static void tell_file(struct image *x)
{
	size_t sections = 0;

	for (Elf_Scn *s = NULL; (s = x->lib->elf_nextscn(x->elf, s)); )
		sections++;
	lines_add(&x->lines, "elf file class=%d data=%s type=%s machine=%u "
		  "sections=%zu\n",
		  x->head.e_ident[EI_CLASS] == ELFCLASS64 ? 64 : 32,
		  x->head.e_ident[EI_DATA] == ELFDATA2MSB ? "big" : "little",
		  type_name(x->head.e_type), x->head.e_machine, sections);
}

/* "key=value", NUL between them: what modinfo shows. */
static void tell_modinfo(struct image *x, struct str s)
{
	static const struct str wanted[] = {
		STR("name"), STR("vermagic"), STR("version"), STR("srcversion"),
	};

	while (s.n) {
		struct str pair = str_head(s, strnlen(s.p, s.n));
		struct str value = pair, key = str_split(&value, '=');

		s = str_skip(s, pair.n + 1);
		for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
			if (!str_eq(key, wanted[i]))
				continue;
			lines_add(&x->lines, "elf module %.*s=", STR_FMT(key));
			lines_text(&x->lines, str_head(value, NAME_MOST));
			lines_add(&x->lines, "\n");
		}
	}
}

/* Where the debug information is: a name, padded, and a checksum. */
static void tell_debuglink(struct image *x, struct str s)
{
	lines_add(&x->lines, "elf debug-file ");
	lines_text(&x->lines, str_head(s, strnlen(s.p, s.n < NAME_MOST ? s.n
							: NAME_MOST)));
	lines_add(&x->lines, "\n");
}

static void tell_sections(struct image *x)
{
	for (Elf_Scn *s = NULL; (s = x->lib->elf_nextscn(x->elf, s)); ) {
		GElf_Shdr head;
		struct str name;
		Elf_Data *data;
		struct str bytes;

		if (!x->lib->gelf_getshdr(s, &head) ||
		    head.sh_type != SHT_PROGBITS)
			continue;
		name = image_name_of(x, x->names, head.sh_name);
		if (str_eq(name, STR(".debug_line")) &&
		    x->head.e_type != ET_REL)
			lines_add(&x->lines, "elf debug-lines %llu\n",
				  (unsigned long long)head.sh_size);
		if (head.sh_size > SECTION_MOST)
			continue;
		if (!str_eq(name, STR(".modinfo")) &&
		    !str_eq(name, STR(".gnu_debuglink")))
			continue;
		data = x->lib->elf_rawdata(s, NULL);
		if (!data || !data->d_buf)
			continue;
		bytes = (struct str){ data->d_buf, data->d_size };
		if (str_eq(name, STR(".modinfo")))
			tell_modinfo(x, str_head(bytes, 64 << 10));
		else
			tell_debuglink(x, bytes);
	}
}

/* What a kernel says in its data; files of debug information have none. */
static void tell_texts(struct image *x)
{
	struct kernel_texts texts = { 0 };
	bool sections = false;
	GElf_Phdr segment;
	GElf_Shdr head;
	size_t n = 0;

	if (x->head.e_type != ET_EXEC && x->head.e_type != ET_DYN)
		return;
	for (Elf_Scn *s = NULL; (s = x->lib->elf_nextscn(x->elf, s)); ) {
		if (!x->lib->gelf_getshdr(s, &head))
			continue;
		sections = true;
		if (head.sh_type == SHT_PROGBITS && head.sh_flags & SHF_ALLOC &&
		    !(head.sh_flags & SHF_EXECINSTR))
			kernel_texts(&texts, &x->lines, x->fd, head.sh_offset,
				     head.sh_size);
	}
	if (sections || x->lib->elf_getphdrnum(x->elf, &n) != 0)
		return;
	for (size_t i = 0; i < n && i < 64; i++)
		if (x->lib->gelf_getphdr(x->elf, (int)i, &segment) &&
		    segment.p_type == PT_LOAD)
			kernel_texts(&texts, &x->lines, x->fd,
				     segment.p_offset, segment.p_filesz);
}

/* ---- places in its code ---------------------------------------------------- */

/* The full table if there is one, else what other programs may see. */
static void find_symbols(struct image *x)
{
	for (Elf_Scn *s = NULL; (s = x->lib->elf_nextscn(x->elf, s)); ) {
		GElf_Shdr head;

		if (!x->lib->gelf_getshdr(s, &head) || !head.sh_entsize ||
		    (head.sh_type != SHT_SYMTAB &&
		     (head.sh_type != SHT_DYNSYM || x->symbols)))
			continue;
		if (head.sh_size > SECTION_MOST) {
			lines_add(&x->lines, "elf left the table of symbols is "
				  "larger than 256 MiB\n");
			continue;
		}
		x->symbols = s;
		x->strings = head.sh_link;
		x->count = head.sh_size / head.sh_entsize;
		if (head.sh_type == SHT_SYMTAB)
			break;
	}
	if (!x->symbols)
		return;
	x->symbol_data = x->lib->elf_getdata(x->symbols, NULL);
	if (!x->symbol_data) {
		lines_add(&x->lines, "elf left the table of symbols cannot be "
			  "read\n");
		x->count = 0;
	} else if (x->count > SYMBOLS_MOST) {
		lines_add(&x->lines, "elf left all but the first %d symbols\n",
			  SYMBOLS_MOST);
		x->count = SYMBOLS_MOST;
	}
}

/* A letter as nm has it; 0: no place in code. */
static char symbol_letter(struct image *x, const GElf_Sym *symbol,
			  struct str *section)
{
	unsigned type = GELF_ST_TYPE(symbol->st_info);
	unsigned bind = GELF_ST_BIND(symbol->st_info);
	GElf_Shdr head;
	Elf_Scn *s;

	*section = STR("-");
	if (type != STT_FUNC && type != STT_NOTYPE && type != STT_GNU_IFUNC)
		return 0;
	if (symbol->st_shndx == SHN_UNDEF || symbol->st_shndx >= SHN_LORESERVE)
		return 0;
	s = x->lib->elf_getscn(x->elf, symbol->st_shndx);
	if (!s || !x->lib->gelf_getshdr(s, &head) ||
	    !(head.sh_flags & SHF_EXECINSTR))
		return 0;
	*section = image_name_of(x, x->names, head.sh_name);
	if (bind == STB_WEAK)
		return 'W';
	if (type == STT_GNU_IFUNC)
		return 'i';
	return bind == STB_LOCAL ? 't' : 'T';
}

/* "$x" and its kin mark code and data for tools, ".L" is a compiler's. */
static bool is_mark(struct str name)
{
	return !name.n || name.p[0] == '$' || str_starts(name, STR(".L"));
}

static void tell_symbol(struct image *x, size_t at)
{
	struct str name, section;
	GElf_Sym symbol;
	char letter;

	if (!x->lib->gelf_getsym(x->symbol_data, (int)at, &symbol))
		return;
	letter = symbol_letter(x, &symbol, &section);
	if (!letter)
		return;
	name = image_name_of(x, x->strings, symbol.st_name);
	if (is_mark(name))
		return;
	lines_add(&x->lines, "elf symbol %016llx %llx %c ",
		  (unsigned long long)symbol.st_value,
		  (unsigned long long)symbol.st_size, letter);
	lines_word(&x->lines, name);
	lines_add(&x->lines, " ");
	lines_word(&x->lines, section);
	lines_add(&x->lines, "\n");
}

static bool tell_symbols(struct image *x)
{
	size_t end = x->next + AT_ONCE < x->count ? x->next + AT_ONCE
						  : x->count;

	for (; x->next < end; x->next++)
		tell_symbol(x, x->next);
	return x->next < x->count;
}

/* ---- as a feed --------------------------------------------------------------- */

static bool tell_more(struct lines *lines)
{
	struct image *x = (struct image *)lines;

	switch (x->step) {
	case 0:
		tell_file(x);
		image_notes(x);
		core_tell(x);
		tell_sections(x);
		tell_texts(x);
		find_symbols(x);
		x->step++;
		return true;
	case 1:
		if (tell_symbols(x))
			return true;
		x->step++;
		return true;
	}
	return false;
}

struct feed *elf_open(struct source *source, const char **why)
{
	struct image *x;
	int fd;

	if (!load_library()) {
		*why = ELF_SONAME " cannot be loaded";
		return NULL;
	}
	fd = source_spool(source, why);
	if (fd < 0)
		return NULL;
	x = calloc(1, sizeof(*x));
	if (!x)
		die("out of memory");
	lines_init(&x->lines, tell_more);
	x->lib = &library;
	x->fd = fd;
	/* Not mapped: the file may become shorter while it is read. */
	x->elf = library.elf_begin(fd, ELF_C_READ, NULL);
	if (!x->elf || library.elf_kind(x->elf) != ELF_K_ELF ||
	    !library.gelf_getehdr(x->elf, &x->head)) {
		int error = library.elf_errno();

		*why = error ? library.elf_errmsg(error)
			     : "its header is damaged, or ends too early";
		elf_close(&x->lines.feed);
		return NULL;
	}
	if (library.elf_getshdrstrndx(x->elf, &x->names) != 0)
		x->names = 0;
	return &x->lines.feed;
}

void elf_close(struct feed *feed)
{
	struct image *x = (struct image *)feed;

	core_close(x);
	library.elf_end(x->elf);
	close(x->fd);
	lines_free(&x->lines);
	free(x);
}

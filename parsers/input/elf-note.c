/* strnlen() */
#define _POSIX_C_SOURCE 200809L

/*
 * Notes of ELF files: what identifies an image, what a kernel says it can do
 * under Xen, what a crash left.
 *
 *   elf build-id HEX
 *   elf note OWNER TYPE number=HEX text=TEXT
 *   elf vmcoreinfo LINE
 */

#include "parsers/input/elf.h"

enum { NOTES_MOST = 16 << 20, COUNT_MOST = 10000, TEXT_MOST = 1024 };

static bool is_text(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < ' ' || s.p[i] > '~')
			return false;
	return s.n != 0;
}

/* Up to the first NUL. */
static struct str until_nul(struct str s)
{
	return str_head(s, s.n ? strnlen(s.p, s.n) : 0);
}

static void tell_build_id(struct image *x, struct str s)
{
	if (s.n > 64)
		s.n = 64;
	lines_add(&x->lines, "elf build-id ");
	for (size_t i = 0; i < s.n; i++)
		lines_add(&x->lines, "%02x", (unsigned char)s.p[i]);
	lines_add(&x->lines, "\n");
}

/* Lines of text that a kernel leaves for what reads its dump. */
static void tell_vmcoreinfo(struct image *x, struct str owner, struct str s)
{
	for (unsigned n = 0; s.n && n < COUNT_MOST; n++) {
		struct str line = str_split(&s, '\n');

		if (!line.n || !line.p[0])
			continue;
		lines_add(&x->lines, "elf vmcoreinfo ");
		lines_word(&x->lines, owner);
		lines_add(&x->lines, " ");
		lines_text(&x->lines, str_head(until_nul(line), TEXT_MOST));
		lines_add(&x->lines, "\n");
	}
}

uint64_t image_number(const struct image *x, struct str s)
{
	bool big = x->head.e_ident[EI_DATA] == ELFDATA2MSB;
	uint64_t value = 0;

	for (size_t i = 0; i < s.n; i++)
		value |= (uint64_t)(unsigned char)s.p[i]
			 << 8 * (big ? s.n - 1 - i : i);
	return value;
}

/*
 * Xen's notes are numbers of 4 or 8 bytes, or texts, which may lack the NUL;
 * some bytes are either, and which of them is meant depends on the type.
 */
static void tell_note(struct image *x, struct str owner, unsigned type,
		      struct str s)
{
	struct str text = until_nul(s);

	lines_add(&x->lines, "elf note ");
	lines_word(&x->lines, str_head(owner, 64));
	lines_add(&x->lines, " 0x%x ", type);
	if (s.n == 4 || s.n == 8)
		lines_add(&x->lines, "number=0x%llx",
			  (unsigned long long)image_number(x, s));
	else if (!is_text(text))
		lines_add(&x->lines, "bytes=%zu", s.n);
	if (is_text(text)) {
		lines_add(&x->lines, "%stext=", s.n == 4 || s.n == 8 ? " " : "");
		lines_text(&x->lines, str_head(text, TEXT_MOST));
	}
	lines_add(&x->lines, "\n");
}

static bool tell_notes(struct image *x, Elf_Data *data, unsigned *count)
{
	size_t at = 0, next, name, desc;
	GElf_Nhdr note;

	while ((next = x->lib->gelf_getnote(data, at, &note, &name, &desc))) {
		struct str owner = until_nul((struct str){
			(char *)data->d_buf + name, note.n_namesz });
		struct str s = { (char *)data->d_buf + desc, note.n_descsz };

		if (++*count > COUNT_MOST)
			return false;
		core_note(x, owner, note.n_type, s);
		if (str_eq(owner, STR("GNU")) && note.n_type == NT_GNU_BUILD_ID)
			tell_build_id(x, s);
		else if (str_starts(owner, STR("VMCOREINFO")))
			tell_vmcoreinfo(x, owner, s);
		else if (str_eq(owner, STR("Xen")))
			tell_note(x, owner, note.n_type, s);
		at = next;
	}
	return at + 4 >= data->d_size;
}

static bool notes_in_segments(struct image *x, unsigned *count, bool *whole)
{
	size_t n = 0;
	bool any = false;

	if (x->lib->elf_getphdrnum(x->elf, &n) != 0)
		return false;
	for (size_t i = 0; i < n && *count <= COUNT_MOST; i++) {
		GElf_Phdr head;
		Elf_Data *data;

		if (!x->lib->gelf_getphdr(x->elf, (int)i, &head) ||
		    head.p_type != PT_NOTE || !head.p_filesz)
			continue;
		if (head.p_filesz > NOTES_MOST) {
			*whole = false;
			continue;
		}
		data = x->lib->elf_getdata_rawchunk(x->elf,
			(int64_t)head.p_offset, head.p_filesz,
			head.p_align == 8 ? ELF_T_NHDR8 : ELF_T_NHDR);
		any |= data != NULL;
		*whole &= data && tell_notes(x, data, count);
	}
	return any;
}

static void notes_in_sections(struct image *x, unsigned *count, bool *whole)
{
	for (Elf_Scn *s = NULL; (s = x->lib->elf_nextscn(x->elf, s)) &&
	     *count <= COUNT_MOST; ) {
		GElf_Shdr head;
		Elf_Data *data;

		if (!x->lib->gelf_getshdr(s, &head) ||
		    head.sh_type != SHT_NOTE || !head.sh_size)
			continue;
		if (head.sh_size > NOTES_MOST) {
			*whole = false;
			continue;
		}
		data = x->lib->elf_getdata(s, NULL);
		*whole &= data && tell_notes(x, data, count);
	}
}

void image_notes(struct image *x)
{
	unsigned count = 0;
	bool whole = true;

	/* Files of debug information keep the headers of what they lack. */
	if (!notes_in_segments(x, &count, &whole) || !count)
		notes_in_sections(x, &count, &whole);
	x->notes_left = !whole || count > COUNT_MOST;
	if (x->notes_left)
		lines_add(&x->lines, "elf left some of the notes: damaged, or too "
			  "many\n");
}

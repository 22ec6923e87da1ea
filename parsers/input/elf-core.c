/*
 * Cores: whose memory it is, and what of it can be read.
 *
 *   elf core kind=linux
 *   elf core vcpus=4
 *   elf left the kernel's messages: WHY
 *
 * Nothing is looked for in memory: what a guest wrote there could pass for
 * Xen's words.  Only places that the core's own notes name are read.
 */

#include <stdlib.h>

#include "parsers/base/die.h"
#include "parsers/input/elf.h"

enum { SEGMENTS_MOST = 1 << 20, SECTIONS_MOST = 64 };

/* xen/include/public/elfnote.h; tools/libs/ctrl/xc_core.h */
enum { DUMPCORE_HEADER = 0x2000001, CRASH_INFO = 0x1000001,
       DUMP_PV = 0xF00FEBED, DUMP_HVM = 0xF00FEBEE };

void core_note(struct image *x, struct str owner, unsigned type, struct str s)
{
	if (x->head.e_type != ET_CORE)
		return;
	if (str_eq(owner, STR("VMCOREINFO"))) {
		if (!x->info.n)
			x->info = s;
	} else if (str_eq(owner, STR("VMCOREINFO_XEN"))) {
		x->of_xen = true;
	} else if (str_eq(owner, STR("Xen"))) {
		x->of_xen |= type == CRASH_INFO;
		if (type != DUMPCORE_HEADER || s.n < sizeof(x->dump))
			return;
		for (unsigned i = 0; i < 4; i++)
			x->dump[i] = image_number(x, str_head(
				str_skip(s, 8 * i), 8));
	} else if (str_eq(owner, STR("CORE"))) {
		/* A dead kernel has no name of a program, a program has. */
		x->of_program |= type == NT_PRPSINFO;
	} else if (str_eq(owner, STR("QEMU"))) {
		x->of_machine = true;
	}
}

/* ---- the guest of xl dump-core -------------------------------------------- */

static bool has_section(struct image *x, struct str wanted)
{
	unsigned n = 0;

	for (Elf_Scn *s = NULL; (s = x->lib->elf_nextscn(x->elf, s)) &&
	     n++ < SECTIONS_MOST; ) {
		GElf_Shdr head;

		if (x->lib->gelf_getshdr(s, &head) &&
		    str_eq(image_name_of(x, x->names, head.sh_name), wanted))
			return true;
	}
	return false;
}

static const char *guest_kind(struct image *x)
{
	if (x->dump[0] == DUMP_PV)
		return "guest-pv";
	if (x->dump[0] == DUMP_HVM)
		return "guest-hvm";
	return has_section(x, STR(".xen_prstatus")) ||
	       has_section(x, STR(".xen_pages")) ? "guest" : NULL;
}

/* ---- its memory ------------------------------------------------------------- */

static struct segment *segments_of(struct image *x, size_t *count)
{
	struct segment *segments;
	GElf_Phdr head;
	size_t n = 0;

	*count = 0;
	if (x->lib->elf_getphdrnum(x->elf, &n) != 0)
		n = 0;
	if (n > SEGMENTS_MOST) {
		lines_add(&x->lines, "elf left all but the first %d segments\n",
			  SEGMENTS_MOST);
		n = SEGMENTS_MOST;
	}
	segments = calloc(n + 1, sizeof(*segments));
	if (!segments)
		die("out of memory");
	for (size_t i = 0; i < n; i++)
		if (x->lib->gelf_getphdr(x->elf, (int)i, &head) &&
		    head.p_type == PT_LOAD && head.p_filesz)
			segments[(*count)++] = (struct segment){
				head.p_vaddr, head.p_paddr, head.p_offset,
				head.p_filesz,
			};
	return segments;
}

static void open_memory(struct image *x)
{
	enum vmcore_model model = VMCORE_AS_TOLD;
	struct segment *segments;
	uint64_t at = 0;
	size_t n;

	if (x->head.e_machine == EM_X86_64)
		model = VMCORE_X86;
	else if (x->head.e_machine == EM_AARCH64)
		model = VMCORE_ARM64;
	printk_symbol(x->info, &at);
	segments = segments_of(x, &n);
	x->memory = vmcore_new(x->fd, model, x->info, at, segments, n);
	free(segments);
}

static const char *no_kernel(const struct image *x)
{
	bool x86 = x->head.e_machine == EM_X86_64 ||
		   x->head.e_machine == EM_386;

	if (!x->info.n)
		return x->notes_left ? "its notes are damaged, or cut"
				     : "it has no VMCOREINFO that leads there";
	if (x->of_xen && x86)
		return "where dom0's memory is in a core of Xen on x86 is not "
		       "known";
	if (x->head.e_ident[EI_CLASS] != ELFCLASS64 ||
	    x->head.e_ident[EI_DATA] != ELFDATA2LSB)
		return "memory of 32-bit and of big-endian machines is not "
		       "read";
	return NULL;
}

/* ---- what is inside ----------------------------------------------------------- */

static struct part *add_part(struct image *x, const char *name,
			     const char *form, const char *why,
			     const char *advice)
{
	struct part *part = &x->parts[x->nparts++];

	*part = (struct part){ .name = name, .form = form, .why = why,
			       .advice = advice };
	if (why)
		lines_add(&x->lines, "elf left %s: %s\n", form, why);
	return part;
}

static void add_kernel(struct image *x)
{
	const char *why = no_kernel(x);
	struct feed *feed = NULL;

	if (!why) {
		open_memory(x);
		feed = printk_open(x->memory, x->info, &why);
	}
	add_part(x, "printk", "the kernel's messages", why, x->of_xen
		 ? "give the console's text, or dom0's dmesg and journal"
		 : "makedumpfile --dump-dmesg FILE dmesg.txt may get them, or "
		   "crash with the kernel's vmlinux and its command log")
		->feed = feed;
}

static void tell_guest(struct image *x)
{
	static const char *const names[] = { NULL, "vcpus", "pages",
					     "page-size" };

	for (unsigned i = 1; x->dump[0] && i < 4; i++)
		lines_add(&x->lines, "elf core %s=%llu\n", names[i],
			  (unsigned long long)x->dump[i]);
	add_part(x, "printk", "the kernel's messages", "xl dump-core leaves "
		 "no VMCOREINFO that leads there", "give the guest's console, "
		 "/var/log/xen/console/guest-NAME.log");
}

void core_tell(struct image *x)
{
	const char *kind = guest_kind(x);

	if (x->head.e_type != ET_CORE)
		return;
	if (!kind)
		kind = x->of_xen ? "xen" : x->info.n ? "linux"
			: x->of_program ? "program"
			: x->of_machine ? "machine" : "unknown";
	lines_add(&x->lines, "elf core kind=%s\n", kind);
	if (str_starts(str_from(kind), STR("guest"))) {
		tell_guest(x);
		return;
	}
	if (x->of_xen)
		add_part(x, "conring", "Xen's console ring", "the core does "
			 "not say where it is", "crash xen-syms FILE, and its "
			 "command log, print it: give that text");
	if (strcmp(kind, "program") == 0)
		add_part(x, "printk", "the kernel's messages", "it is the "
			 "memory of a program", "give the text that the "
			 "console printed");
	else
		add_kernel(x);
}

bool elf_inner(struct feed *feed, struct part *part)
{
	struct image *x = (struct image *)feed;

	if (x->part == x->nparts)
		return false;
	*part = x->parts[x->part++];
	return true;
}

void core_close(struct image *x)
{
	for (unsigned i = 0; i < x->nparts; i++)
		printk_close(x->parts[i].feed);
	vmcore_free(x->memory);
}

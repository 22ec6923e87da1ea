/* pread() */
#define _GNU_SOURCE

/*
 * Kernels as boot loaders take them: what their headers state, and what is in
 * the packed kernel behind them.
 *
 *   kernel image form=bzimage release=6.1.0-18-amd64 ...
 *
 * Sources: Documentation/arch/x86/boot.rst, Documentation/arch/arm64/booting.rst,
 * arch/arm/boot/compressed/head.S, drivers/firmware/efi/libstub/zboot-header.S.
 */

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "parsers/base/die.h"
#include "parsers/base/escape.h"
#include "parsers/input/kernel.h"

enum { HEAD = 0x250, RELEASE_MOST = 256, MAX_LINE = 4096 };

/* Bytes of a file from one place to another. */
struct range {
	struct feed feed;		/* first */
	int fd;
	uint64_t at, end;
};

struct kernel {
	struct lines lines;		/* first */
	int fd;
	uint64_t size;
	bool told;
	/* The kernel that is packed in it, down to what is found there. */
	struct range range;
	struct source *packed, *unpacked;
	struct unpack *unpack;
	struct feed *inner;
	const struct form *form;
};

static uint32_t number(const char *p, unsigned bytes)
{
	uint32_t value = 0;

	for (unsigned i = 0; i < bytes; i++)
		value |= (uint32_t)(unsigned char)p[i] << 8 * i;
	return value;
}

static bool has(struct str head, size_t at, struct str bytes)
{
	return head.n >= at + bytes.n &&
	       memcmp(head.p + at, bytes.p, bytes.n) == 0;
}

static bool is_bzimage(struct str head)
{
	return head.n >= HEAD && has(head, 0x1fe, STR("\x55\xaa")) &&
	       has(head, 0x202, STR("HdrS"));
}

static bool is_arm64(struct str head)
{
	return has(head, 56, STR("ARM\x64"));
}

static bool is_arm(struct str head)
{
	return has(head, 0x24, STR("\x18\x28\x6f\x01"));
}

static bool is_zboot(struct str head)
{
	return has(head, 0, STR("MZ")) && has(head, 4, STR("zimg"));
}

bool kernel_is(struct str head)
{
	return is_bzimage(head) || is_arm64(head) || is_arm(head) ||
	       is_zboot(head);
}

/* ---- the kernel inside ----------------------------------------------------- */

static size_t read_range(struct feed *feed, char *at, size_t room)
{
	struct range *r = (struct range *)feed;
	size_t want = r->end - r->at < room ? (size_t)(r->end - r->at) : room;
	ssize_t n = want ? pread(r->fd, at, want, (off_t)r->at) : 0;

	if (n <= 0)
		return 0;
	r->at += (uint64_t)n;
	return (size_t)n;
}

static void leave_inner(struct kernel *k, const char *why)
{
	lines_add(&k->lines, "kernel left what is packed in it: %s\n", why);
}

/* The packed kernel is an ELF image on x86, another boot image elsewhere. */
static void open_inner(struct kernel *k, uint64_t from, uint64_t size)
{
	const char *why = "it is not packed in a way that is known";
	struct member member;
	struct window window;
	struct str head;

	if (from >= k->size || size > k->size - from || !size) {
		leave_inner(k, "the file ends before it does");
		return;
	}
	k->range = (struct range){
		.feed.read = read_range, .fd = k->fd, .at = from,
		.end = from + size,
	};
	k->packed = source_feed(&k->range.feed, MAX_LINE);
	window = source_next(k->packed, 0);
	head = (struct str){ window.p, window.n };
	if (!unpack_format(head)) {
		leave_inner(k, why);
		return;
	}
	k->unpack = unpack_open(k->packed, &why);
	if (!k->unpack || !unpack_next(k->unpack, &member)) {
		leave_inner(k, k->unpack ? "it cannot be unpacked" : why);
		return;
	}
	k->unpacked = source_feed(unpack_feed(k->unpack), MAX_LINE);
	window = source_next(k->unpacked, 0);
	k->form = input_form((struct str){ window.p, window.n });
	head = (struct str){ window.p, window.n };
	/* One inside the other, and no more. */
	if (!k->form || k->form->is_trace || is_bzimage(head) ||
	    is_zboot(head)) {
		leave_inner(k, "it is no kernel");
		return;
	}
	k->inner = k->form->open(k->unpacked, &why);
	if (!k->inner)
		leave_inner(k, why);
}

/* ---- headers --------------------------------------------------------------- */

static void tell_bzimage(struct kernel *k, struct str head)
{
	unsigned setup = (unsigned char)head.p[0x1f1];
	unsigned protocol = number(head.p + 0x206, 2);
	uint32_t length = number(head.p + 0x24c, 4);
	uint64_t payload = (uint64_t)(setup ? setup + 1 : 5) * 512 +
			   number(head.p + 0x248, 4);
	char release[RELEASE_MOST], magic[2] = "";
	struct str text;
	ssize_t n;

	lines_add(&k->lines, "kernel image form=bzimage protocol=0x%x\n",
		  protocol);
	n = pread(k->fd, release, sizeof(release),
		  (off_t)number(head.p + 0x20e, 2) + 0x200);
	text = (struct str){ release, n > 0 ? strnlen(release, (size_t)n) : 0 };
	if (number(head.p + 0x20e, 2) && text.n && escape_is_plain(text))
		lines_add(&k->lines, "kernel release %.*s\n", STR_FMT(text));
	if (protocol < 0x208) {
		leave_inner(k, "its boot protocol is older than 2.08");
		return;
	}
	/* All but gzip have the unpacked size behind them. */
	n = pread(k->fd, magic, sizeof(magic), (off_t)payload);
	if (length > 4 && !(n == 2 && memcmp(magic, "\x1f\x8b", 2) == 0))
		length -= 4;
	open_inner(k, payload, length);
}

static void tell_arm64(struct kernel *k, struct str head)
{
	static const char *const pages[] = { "unknown", "4K", "16K", "64K" };
	uint32_t flags = number(head.p + 24, 4);
	struct kernel_texts texts = { 0 };

	lines_add(&k->lines, "kernel image form=arm64 page=%s data=%s\n",
		  pages[flags >> 1 & 3], flags & 1 ? "big" : "little");
	kernel_texts(&texts, &k->lines, k->fd, 0, k->size);
}

static void tell_zboot(struct kernel *k, struct str head)
{
	lines_add(&k->lines, "kernel image form=zboot\n");
	if (head.n < 16)
		leave_inner(k, "the file ends before it does");
	else
		open_inner(k, number(head.p + 8, 4), number(head.p + 12, 4));
}

static bool tell_head(struct kernel *k)
{
	char bytes[HEAD];
	ssize_t n = pread(k->fd, bytes, sizeof(bytes), 0);
	struct str head = { bytes, n > 0 ? (size_t)n : 0 };

	if (is_bzimage(head))
		tell_bzimage(k, head);
	else if (is_zboot(head))
		tell_zboot(k, head);
	else if (is_arm64(head))
		tell_arm64(k, head);
	else if (is_arm(head))
		lines_add(&k->lines, "kernel image form=arm\n"
			  "kernel left what is packed in it: where it starts "
			  "is not told\n");
	else
		return false;
	return true;
}

static bool tell_more(struct lines *lines)
{
	struct kernel *k = (struct kernel *)lines;
	char bytes[4096];
	size_t n;

	if (!k->told) {
		k->told = true;
		return tell_head(k);
	}
	n = k->inner ? k->inner->read(k->inner, bytes, sizeof(bytes)) : 0;
	/* Lines already, with nothing of the file that is not made safe. */
	lines_add(lines, "%.*s", (int)n, bytes);
	return n != 0;
}

struct feed *kernel_open(struct source *source, const char **why)
{
	struct kernel *k;
	struct stat info;
	int fd = source_spool(source, why);

	if (fd < 0)
		return NULL;
	k = calloc(1, sizeof(*k));
	if (!k)
		die("out of memory");
	lines_init(&k->lines, tell_more);
	k->fd = fd;
	k->size = fstat(fd, &info) == 0 ? (uint64_t)info.st_size : 0;
	return &k->lines.feed;
}

void kernel_close(struct feed *feed)
{
	struct kernel *k = (struct kernel *)feed;

	if (k->inner)
		k->form->close(k->inner);
	source_close(k->unpacked);
	unpack_close(k->unpack);
	source_close(k->packed);
	close(k->fd);
	lines_free(&k->lines);
	free(k);
}

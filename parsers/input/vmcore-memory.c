/* pread() */
#define _POSIX_C_SOURCE 200809L

/*
 * A kernel's addresses in a core: by its page tables or the numbers that it
 * left, then as the segments have them.  All that is found there is hostile:
 * every step ends, and nothing follows the size of the file but the list of
 * its segments.
 */

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "parsers/base/die.h"
#include "parsers/base/num.h"
#include "parsers/input/vmcore.h"

/* Where x86-64 maps the kernel itself, and how much of it at most. */
#define X86_TEXT 0xffffffff80000000u
#define X86_TEXT_SIZE ((uint64_t)1 << 30)
#define X86_FRAME 0x000ffffffffff000u
/* What an image of the kernel takes at most, on arm64. */
#define IMAGE_MOST ((uint64_t)1 << 30)

enum { PAGE = 4096, SLOTS = 8, INFO_MOST = 1 << 20 };

struct span {
	uint64_t start, size, offset;
	size_t farthest;	/* of all up to this one: which ends last */
};

struct spans {
	struct span *items;
	size_t n;
};

struct slot {
	uint64_t at;
	size_t n;
	char bytes[PAGE];
};

struct vmcore {
	int fd;
	uint64_t file_size;
	enum vmcore_model model;
	struct spans virtual_map, physical_map;
	/* x86 */
	bool has_base;
	uint64_t phys_base, tables, secret;
	unsigned levels;
	/* arm64 */
	bool has_image, has_linear;
	uint64_t image_at, image_to_physical, linear_at, linear_size;
	uint64_t physical_at;
	/* What was read last. */
	struct slot slots[SLOTS];
	unsigned oldest;
};

/* ---- VMCOREINFO ------------------------------------------------------------ */

static bool info_value(struct str info, struct str key, struct str *value)
{
	info = str_head(info, INFO_MOST);
	while (info.n) {
		struct str line = str_split(&info, '\n');

		if (!str_starts(line, key) || line.n == key.n ||
		    line.p[key.n] != '=')
			continue;
		*value = str_skip(line, key.n + 1);
		return true;
	}
	return false;
}

bool info_symbol(struct str info, const char *name, uint64_t *address)
{
	struct str value;

	return info_value(info, str_from(name), &value) &&
	       num_hex(value, address);
}

bool info_number(struct str info, const char *key, uint64_t *number)
{
	struct str value;
	int64_t n;

	if (!info_value(info, str_from(key), &value))
		return false;
	if (str_starts(value, STR("0x")))
		return num_hex(value, number);
	if (!num_dec(value, &n))
		return false;
	*number = (uint64_t)n;
	return true;
}

/* ---- segments ---------------------------------------------------------------- */

static int by_start(const void *a, const void *b)
{
	uint64_t x = ((const struct span *)a)->start;
	uint64_t y = ((const struct span *)b)->start;

	return x < y ? -1 : x > y;
}

static void spans_init(struct spans *s, const struct segment *segments,
		       size_t n, bool physical)
{
	s->items = calloc(n + 1, sizeof(*s->items));
	if (!s->items)
		die("out of memory");
	for (size_t i = 0; i < n; i++) {
		const struct segment *from = &segments[i];
		uint64_t start = physical ? from->physical_at
					  : from->virtual_at;

		if (!from->size || start > UINT64_MAX - from->size ||
		    from->size > INT64_MAX ||
		    from->offset > INT64_MAX - from->size)
			continue;
		s->items[s->n++] = (struct span){ start, from->size,
						  from->offset, 0 };
	}
	qsort(s->items, s->n, sizeof(*s->items), by_start);
	for (size_t i = 1; i < s->n; i++) {
		const struct span *far = &s->items[s->items[i - 1].farthest];
		const struct span *own = &s->items[i];

		s->items[i].farthest = own->start + own->size >
				       far->start + far->size
			? i : s->items[i - 1].farthest;
	}
}

/* Where an address is in the file, and how many bytes follow there. */
static bool spans_find(const struct spans *s, uint64_t at, uint64_t *offset,
		       uint64_t *run)
{
	size_t low = 0, high = s->n;
	const struct span *span;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (s->items[middle].start <= at)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return false;
	/* If any of those that start before holds it, this one does. */
	span = &s->items[s->items[low - 1].farthest];
	if (at - span->start >= span->size)
		return false;
	*offset = span->offset + (at - span->start);
	*run = span->size - (at - span->start);
	return true;
}

static size_t read_file(int fd, char *to, size_t n, uint64_t offset)
{
	size_t done = 0;

	while (done < n) {
		ssize_t got = pread(fd, to + done, n - done,
				    (off_t)(offset + done));

		if (got <= 0)
			break;
		done += (size_t)got;
	}
	return done;
}

static uint64_t number_at(const char *p, size_t n)
{
	uint64_t value = 0;

	for (size_t i = 0; i < n; i++)
		value |= (uint64_t)(unsigned char)p[i] << 8 * i;
	return value;
}

/* ---- kernel's addresses to physical ones --------------------------------------- */

static bool physical_number(struct vmcore *m, uint64_t at, uint64_t *value)
{
	uint64_t offset, run;
	char bytes[8];

	if (!spans_find(&m->physical_map, at, &offset, &run) || run < 8 ||
	    read_file(m->fd, bytes, 8, offset) != 8)
		return false;
	*value = number_at(bytes, 8);
	return true;
}

static bool x86_text(const struct vmcore *m, uint64_t at, uint64_t *physical)
{
	if (!m->has_base || at < X86_TEXT || at - X86_TEXT >= X86_TEXT_SIZE)
		return false;
	*physical = at - X86_TEXT + m->phys_base;
	return true;
}

static bool x86_physical(struct vmcore *m, uint64_t at, uint64_t *physical)
{
	uint64_t table = m->tables, entry;

	if (x86_text(m, at, physical))
		return true;
	if (!m->levels)
		return false;
	for (unsigned level = m->levels; level; level--) {
		unsigned shift = 12 + 9 * (level - 1);
		uint64_t inside = ((uint64_t)1 << shift) - 1;

		if (!physical_number(m, table + (at >> shift & 511) * 8, &entry)
		    || !(entry & 1))
			return false;
		entry &= ~m->secret;
		table = entry & X86_FRAME;
		/* A page of 1 GiB, 2 MiB or 4 KiB. */
		if (level == 1 || (level <= 3 && entry & 0x80)) {
			*physical = (table & ~inside) | (at & inside);
			return true;
		}
	}
	return false;
}

static void x86_init(struct vmcore *m, struct str info)
{
	uint64_t root, five = 0;

	m->has_base = info_number(info, "NUMBER(phys_base)", &m->phys_base);
	info_number(info, "NUMBER(sme_mask)", &m->secret);
	info_number(info, "NUMBER(pgtable_l5_enabled)", &five);
	if (info_symbol(info, "SYMBOL(swapper_pg_dir)", &root) &&
	    x86_text(m, root, &m->tables))
		m->levels = five == 1 ? 5 : 4;
}

static bool arm64_physical(const struct vmcore *m, uint64_t at,
			   uint64_t *physical)
{
	/* The image lies around what was asked for first. */
	if (m->has_image && at - (m->image_at - IMAGE_MOST) < 2 * IMAGE_MOST)
		*physical = at - m->image_to_physical;
	else if (m->has_linear && at - m->linear_at < m->linear_size)
		*physical = at - m->linear_at + m->physical_at;
	else
		return false;
	return true;
}

/*
 * Linux 5.4 swapped the halves of the kernel's space: since then its image is
 * in the upper one, and the map of all memory in the lower one.
 */
static void arm64_init(struct vmcore *m, struct str info, uint64_t image_at)
{
	uint64_t bits, half;

	m->image_at = image_at;
	m->has_image = info_number(info, "NUMBER(kimage_voffset)",
				   &m->image_to_physical);
	if (!info_number(info, "NUMBER(VA_BITS)", &bits) || bits < 36 ||
	    bits > 52 ||
	    !info_number(info, "NUMBER(PHYS_OFFSET)", &m->physical_at))
		return;
	half = (uint64_t)1 << ((bits < 48 ? bits : 48) - 1);
	m->has_linear = true;
	m->linear_size = (uint64_t)1 << (bits - 1);
	m->linear_at = 0 - m->linear_size;
	if (image_at & half) {
		m->linear_at = 0 - 2 * m->linear_size;
		/* The lower part, as far as 48 bits of a map of 52 go. */
		m->linear_size = 2 * m->linear_size - half;
	}
}

static bool find_bytes(struct vmcore *m, uint64_t at, uint64_t *offset,
		       uint64_t *run)
{
	uint64_t physical;
	bool known = false;

	if (m->model == VMCORE_X86)
		known = x86_physical(m, at, &physical);
	else if (m->model == VMCORE_ARM64)
		known = arm64_physical(m, at, &physical);
	if (known && spans_find(&m->physical_map, physical, offset, run))
		return true;
	return spans_find(&m->virtual_map, at, offset, run);
}

/* ---- reading --------------------------------------------------------------------- */

static const struct slot *slot_of(struct vmcore *m, uint64_t at)
{
	uint64_t offset, run, room = PAGE - at % PAGE;
	struct slot *slot;

	for (unsigned i = 0; i < SLOTS; i++)
		if (at - m->slots[i].at < m->slots[i].n)
			return &m->slots[i];
	if (!find_bytes(m, at, &offset, &run))
		return NULL;
	slot = &m->slots[m->oldest++ % SLOTS];
	slot->at = at;
	slot->n = read_file(m->fd, slot->bytes,
			    (size_t)(run < room ? run : room), offset);
	return slot->n ? slot : NULL;
}

bool vmcore_read(struct vmcore *m, uint64_t at, void *to, size_t n)
{
	char *p = to;

	if (at > UINT64_MAX - n)
		return false;
	while (n) {
		const struct slot *slot = slot_of(m, at);
		size_t skip, part;

		if (!slot)
			return false;
		skip = (size_t)(at - slot->at);
		part = slot->n - skip < n ? slot->n - skip : n;
		memcpy(p, slot->bytes + skip, part);
		p += part;
		at += part;
		n -= part;
	}
	return true;
}

bool vmcore_number(struct vmcore *m, uint64_t at, size_t bytes,
		   uint64_t *number)
{
	char buffer[8];

	if (!vmcore_read(m, at, buffer, bytes))
		return false;
	*number = number_at(buffer, bytes);
	return true;
}

uint64_t vmcore_file_size(const struct vmcore *m)
{
	return m->file_size;
}

struct vmcore *vmcore_new(int fd, enum vmcore_model model, struct str info,
			  uint64_t at, const struct segment *segments, size_t n)
{
	struct vmcore *m = calloc(1, sizeof(*m));
	struct stat stat;

	if (!m)
		die("out of memory");
	m->fd = fd;
	m->file_size = fstat(fd, &stat) == 0 ? (uint64_t)stat.st_size : 0;
	m->model = model;
	spans_init(&m->virtual_map, segments, n, false);
	spans_init(&m->physical_map, segments, n, true);
	if (model == VMCORE_X86)
		x86_init(m, info);
	else if (model == VMCORE_ARM64)
		arm64_init(m, info, at);
	return m;
}

void vmcore_free(struct vmcore *m)
{
	if (!m)
		return;
	free(m->virtual_map.items);
	free(m->physical_map.items);
	free(m);
}

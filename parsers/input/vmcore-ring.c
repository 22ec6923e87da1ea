/*
 * What a kernel printed, out of the ring in its memory, as a console shows it:
 *
 *   [    1.234567] text
 *
 * The ring of Linux 5.10 and later (kernel/printk/printk_ringbuffer.c) has an
 * array of descriptors, numbered on and on, and the texts apart; the one of
 * 3.5 to 5.9 (kernel/printk/printk.c) is one record behind the other.  Both are
 * laid out as VMCOREINFO says.  A record is looked at once, and all texts
 * together are not longer than the ring or the file.
 */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "parsers/base/die.h"
#include "parsers/input/vmcore.h"

/* The longest rings, as powers of two; what is given up; records at once. */
enum { TEXTS_BITS = 26, RECORDS_BITS = 22, LOST_MOST = 10000, AT_ONCE = 64,
       TEXT_MOST = 65535, PART_MOST = 65536 };

/* Two bits above the number of a record. */
#define ID_MASK (UINT64_MAX >> 2)
#define NO_TEXT 3u		/* lpos of an empty line */

enum {
	HEADS, TEXTS, COUNT_BITS, DESCS, INFOS, HEAD, TAIL, DESC_SIZE, STATE,
	LPOS, BEGIN, NEXT, INFO_SIZE, STAMP, LENGTH, SIZE_BITS, DATA, COUNTER,
	NEW_KEYS
};

static const char *const new_keys[NEW_KEYS] = {
	[HEADS] = "OFFSET(printk_ringbuffer.desc_ring)",
	[TEXTS] = "OFFSET(printk_ringbuffer.text_data_ring)",
	[COUNT_BITS] = "OFFSET(prb_desc_ring.count_bits)",
	[DESCS] = "OFFSET(prb_desc_ring.descs)",
	[INFOS] = "OFFSET(prb_desc_ring.infos)",
	[HEAD] = "OFFSET(prb_desc_ring.head_id)",
	[TAIL] = "OFFSET(prb_desc_ring.tail_id)",
	[DESC_SIZE] = "SIZE(prb_desc)",
	[STATE] = "OFFSET(prb_desc.state_var)",
	[LPOS] = "OFFSET(prb_desc.text_blk_lpos)",
	[BEGIN] = "OFFSET(prb_data_blk_lpos.begin)",
	[NEXT] = "OFFSET(prb_data_blk_lpos.next)",
	[INFO_SIZE] = "SIZE(printk_info)",
	[STAMP] = "OFFSET(printk_info.ts_nsec)",
	[LENGTH] = "OFFSET(printk_info.text_len)",
	[SIZE_BITS] = "OFFSET(prb_data_ring.size_bits)",
	[DATA] = "OFFSET(prb_data_ring.data)",
	[COUNTER] = "OFFSET(atomic_long_t.counter)",
};

enum { OLD_SIZE, OLD_STAMP, OLD_LENGTH, OLD_TEXT, OLD_KEYS };

/* The second name is that of Linux 3.5 to 3.10. */
static const char *const old_keys[OLD_KEYS][2] = {
	[OLD_SIZE] = { "SIZE(printk_log)", "SIZE(log)" },
	[OLD_STAMP] = { "OFFSET(printk_log.ts_nsec)", "OFFSET(log.ts_nsec)" },
	[OLD_LENGTH] = { "OFFSET(printk_log.len)", "OFFSET(log.len)" },
	[OLD_TEXT] = { "OFFSET(printk_log.text_len)", "OFFSET(log.text_len)" },
};

struct printk {
	struct lines lines;		/* first */
	struct vmcore *memory;
	bool old, wrapped;
	uint64_t at[NEW_KEYS];		/* of either kind of ring */
	uint64_t texts, size;		/* where they are, and bytes of them */
	uint64_t budget;		/* bytes that may still come */
	uint64_t descs, infos, count;
	uint64_t id, left;		/* next record, and how many to come */
	uint64_t next, end;		/* old: places in the ring */
	unsigned lost;
	const char *why;		/* it ends before its end */
	char problem[160];
	char text[TEXT_MOST];
};

bool printk_symbol(struct str info, uint64_t *address)
{
	return info_symbol(info, "SYMBOL(prb)", address) ||
	       info_symbol(info, "SYMBOL(log_buf)", address);
}

/* ---- lines ------------------------------------------------------------------- */

/* Each line of a record has its stamp: none can pass for another's. */
static void tell_record(struct printk *p, uint64_t stamp, size_t n)
{
	struct str text = { p->text, n };

	do {
		struct str line = str_split(&text, '\n');

		lines_add(&p->lines, "[%5" PRIu64 ".%06" PRIu64 "] ",
			  stamp / 1000000000, stamp / 1000 % 1000000);
		lines_raw(&p->lines, line);
		lines_add(&p->lines, "\n");
	} while (text.n);
}

/* Reads a text and tells it; false: it is not there. */
static bool take_text(struct printk *p, uint64_t stamp, uint64_t address,
		      uint64_t n)
{
	if (n > p->budget) {
		p->why = "records lie over each other";
		return true;
	}
	p->budget -= n;
	if (!vmcore_read(p->memory, address, p->text, (size_t)n))
		return false;
	tell_record(p, stamp, (size_t)n);
	return true;
}

/* ---- since Linux 5.10 ---------------------------------------------------------- */

/* Where the text of a record is; false: the ring has lost it. */
static bool find_text(struct printk *p, uint64_t id, uint64_t begin,
		      uint64_t next, uint64_t *address, uint64_t *room)
{
	uint64_t first = begin & (p->size - 1), own;

	/* A block lies in one round of the ring, or at the next one's start. */
	if (begin / p->size != (next - 1) / p->size) {
		/* Places start just below 2^64, and go on at 0. */
		if ((begin + p->size) / p->size != (next - 1) / p->size)
			return false;
		*room = next & (p->size - 1);
		first = 0;
	} else {
		*room = next - begin;
	}
	if (*room < 8 || *room > p->size - first ||
	    !vmcore_number(p->memory, p->texts + first, 8, &own) || own != id)
		return false;
	*room -= 8;
	*address = p->texts + first + 8;
	return true;
}

/* False: it cannot be read. */
static bool take_record(struct printk *p, uint64_t id)
{
	uint64_t desc = p->descs + (id & (p->count - 1)) * p->at[DESC_SIZE];
	uint64_t info = p->infos + (id & (p->count - 1)) * p->at[INFO_SIZE];
	uint64_t lpos = desc + p->at[LPOS];
	uint64_t state, begin, next, stamp, n, address, room;

	if (!vmcore_number(p->memory, desc + p->at[STATE] + p->at[COUNTER], 8,
			   &state) || (state & ID_MASK) != id)
		return false;
	/* 1: written, 2: final; 0: being written, 3: free again. */
	if (state >> 62 != 1 && state >> 62 != 2)
		return true;
	if (!vmcore_number(p->memory, lpos + p->at[BEGIN], 8, &begin) ||
	    !vmcore_number(p->memory, lpos + p->at[NEXT], 8, &next) ||
	    !vmcore_number(p->memory, info + p->at[STAMP], 8, &stamp) ||
	    !vmcore_number(p->memory, info + p->at[LENGTH], 2, &n))
		return false;
	if (begin & 1 && next & 1) {
		if (begin != NO_TEXT || next != NO_TEXT)
			return false;
		tell_record(p, stamp, 0);
		return true;
	}
	return find_text(p, id, begin, next, &address, &room) &&
	       take_text(p, stamp, address, n < room ? n : room);
}

static bool more_new(struct printk *p)
{
	for (unsigned i = 0; i < AT_ONCE && p->left && !p->why; i++) {
		p->lost += !take_record(p, p->id);
		p->id = (p->id + 1) & ID_MASK;
		p->left--;
		if (p->lost > LOST_MOST)
			p->why = "too many of its records are not there";
	}
	return p->left && !p->why;
}

static const char *open_new(struct printk *p, struct str info, uint64_t ring)
{
	struct vmcore *m = p->memory;
	uint64_t heads, texts, bits, text_bits, head, tail;

	for (unsigned i = 0; i < NEW_KEYS; i++)
		if (!info_number(info, new_keys[i], &p->at[i]) ||
		    p->at[i] > PART_MOST)
			return "VMCOREINFO does not say how its ring is made";
	if (!vmcore_number(m, ring, 8, &ring))
		return "the address of its ring is not in the file";
	heads = ring + p->at[HEADS];
	texts = ring + p->at[TEXTS];
	if (!vmcore_number(m, heads + p->at[COUNT_BITS], 4, &bits) ||
	    !vmcore_number(m, heads + p->at[DESCS], 8, &p->descs) ||
	    !vmcore_number(m, heads + p->at[INFOS], 8, &p->infos) ||
	    !vmcore_number(m, heads + p->at[HEAD] + p->at[COUNTER], 8, &head) ||
	    !vmcore_number(m, heads + p->at[TAIL] + p->at[COUNTER], 8, &tail) ||
	    !vmcore_number(m, texts + p->at[SIZE_BITS], 4, &text_bits) ||
	    !vmcore_number(m, texts + p->at[DATA], 8, &p->texts))
		return "the head of its ring is not in the file";
	if (!bits || bits > RECORDS_BITS || !text_bits ||
	    text_bits > TEXTS_BITS)
		return "its ring is damaged, or larger than 64 MiB";
	p->count = (uint64_t)1 << bits;
	p->size = (uint64_t)1 << text_bits;
	p->left = ((head - tail) & ID_MASK) + 1;
	if (p->left > p->count)
		return "the head and the tail of its ring contradict each other";
	p->id = tail & ID_MASK;
	return NULL;
}

/* ---- till Linux 5.9 -------------------------------------------------------------- */

static void take_old(struct printk *p)
{
	uint64_t record = p->texts + p->next, stamp, length, n;

	if (p->next > p->size - p->at[OLD_SIZE] ||
	    !vmcore_number(p->memory, record + p->at[OLD_STAMP], 8, &stamp) ||
	    !vmcore_number(p->memory, record + p->at[OLD_LENGTH], 2, &length) ||
	    !vmcore_number(p->memory, record + p->at[OLD_TEXT], 2, &n)) {
		p->why = "a record is not in the file";
		return;
	}
	/* A record without a length: the next one is at the start. */
	if (!length && !p->wrapped) {
		p->wrapped = true;
		p->next = 0;
		return;
	}
	if (length < p->at[OLD_SIZE] || n > length - p->at[OLD_SIZE] ||
	    length > p->size - p->next) {
		p->why = "a record is damaged";
		return;
	}
	p->lost += !take_text(p, stamp, record + p->at[OLD_SIZE], n);
	p->next += length;
}

/* Forward to the end of the ring, and once from its start to where it began. */
static bool more_old(struct printk *p)
{
	for (unsigned i = 0; i < AT_ONCE && p->left && !p->why &&
	     p->next != p->end; i++) {
		take_old(p);
		p->left--;
	}
	if (p->next != p->end && !p->why && !p->left)
		p->why = "its records have no end";
	return p->next != p->end && !p->why;
}

static const char *open_old(struct printk *p, struct str info, uint64_t buffer)
{
	struct vmcore *m = p->memory;
	uint64_t length, first, next;

	for (unsigned i = 0; i < OLD_KEYS; i++)
		if ((!info_number(info, old_keys[i][0], &p->at[i]) &&
		     !info_number(info, old_keys[i][1], &p->at[i])) ||
		    p->at[i] > PART_MOST)
			return "VMCOREINFO does not say how its ring is made";
	if (!info_symbol(info, "SYMBOL(log_buf_len)", &length) ||
	    !info_symbol(info, "SYMBOL(log_first_idx)", &first) ||
	    !info_symbol(info, "SYMBOL(log_next_idx)", &next))
		return "VMCOREINFO does not say where its ring is";
	if (!vmcore_number(m, buffer, 8, &p->texts) ||
	    !vmcore_number(m, length, 4, &p->size) ||
	    !vmcore_number(m, first, 4, &p->next) ||
	    !vmcore_number(m, next, 4, &p->end))
		return "the head of its ring is not in the file";
	if (p->at[OLD_SIZE] < 12 || p->size < p->at[OLD_SIZE] ||
	    p->size > (uint64_t)1 << TEXTS_BITS || p->next >= p->size ||
	    p->end > p->size)
		return "its ring is damaged, or larger than 64 MiB";
	p->left = p->size / p->at[OLD_SIZE] + 2;
	p->old = true;
	return NULL;
}

/* ---- as a feed --------------------------------------------------------------------- */

static bool more_records(struct lines *lines)
{
	struct printk *p = (struct printk *)lines;

	if (p->old ? more_old(p) : more_new(p))
		return true;
	if (p->why)
		snprintf(p->problem, sizeof(p->problem), "the kernel's "
			 "messages end early: %s", p->why);
	else if (p->lost)
		snprintf(p->problem, sizeof(p->problem), "%u of the kernel's "
			 "messages are not in the file, or damaged", p->lost);
	if (p->problem[0])
		lines->feed.problem = p->problem;
	return false;
}

struct feed *printk_open(struct vmcore *memory, struct str info,
			 const char **why)
{
	struct printk *p = calloc(1, sizeof(*p));
	uint64_t address;

	if (!p)
		die("out of memory");
	lines_init(&p->lines, more_records);
	p->memory = memory;
	if (info_symbol(info, "SYMBOL(prb)", &address))
		*why = open_new(p, info, address);
	else if (info_symbol(info, "SYMBOL(log_buf)", &address))
		*why = open_old(p, info, address);
	else
		*why = "VMCOREINFO does not say where its ring is";
	if (*why) {
		printk_close(&p->lines.feed);
		return NULL;
	}
	p->budget = p->size < vmcore_file_size(memory)
		? p->size : vmcore_file_size(memory);
	return &p->lines.feed;
}

void printk_close(struct feed *feed)
{
	struct printk *p = (struct printk *)feed;

	if (!p)
		return;
	lines_free(&p->lines);
	free(p);
}

/*
 * xentrace's binary records, one a line: xen/include/public/trace.h, and
 * tools/xentrace/xentrace.c for the windows, each of one processor, that the
 * file is made of.  What a record means is the catalogue's business; here it
 * is known only who was running when it was written.
 *
 *   xentrace TSC cpu=N by=dNvN event=HEX WORD...
 */

#include <stdio.h>
#include <stdlib.h>

#include "parsers/base/die.h"
#include "parsers/input/input.h"

enum {
	WRAP = 0x1f002, GOES_ON = 0x21002, SWITCH = 0x21001, SWITCH_MASK = 0xff0ff,
	HEAD = 12, CPUS_MAX = 4096, LINE_ROOM = 256,
};
static const uint32_t FIRST = 0x2001f003;	/* no time, two words */

/* Who runs on a processor, as far as its records tell. */
struct running {
	bool known;
	uint16_t domain, vcpu;
};

struct xentrace {
	struct feed feed;		/* first */
	struct source *raw;
	struct window window;
	size_t at;			/* in the window */
	bool swapped, broken;
	uint32_t cpu;
	uint32_t left;			/* bytes of this processor's window */
	struct running cpus[CPUS_MAX];
	char line[LINE_ROOM];
	size_t n, used;			/* of the line */
};

static uint32_t word_at(const char *p, bool swapped)
{
	uint32_t word;

	memcpy(&word, p, sizeof(word));
	return swapped ? __builtin_bswap32(word) : word;
}

bool xentrace_is(struct str head)
{
	uint32_t first;
	bool swapped;

	if (head.n < HEAD)
		return false;
	first = word_at(head.p, false);
	swapped = first == __builtin_bswap32(FIRST);
	return (first == FIRST || swapped) &&
	       word_at(head.p + 8, swapped) % 4 == 0;
}

/* Bytes from here on, at least want of them where the file has so many. */
static struct str look(struct xentrace *x, size_t want)
{
	if (x->window.n - x->at < want && !x->window.last) {
		x->window = source_next(x->raw, x->at);
		x->at = 0;
	}
	return (struct str){ x->window.p + x->at, x->window.n - x->at };
}

static void say(struct xentrace *x, const char *what)
{
	x->n = (size_t)snprintf(x->line, sizeof(x->line),
		"xentrace damaged at byte %llu: %s\n",
		(unsigned long long)(x->window.offset + x->at), what);
}

/* Past the rest of a window whose records make no sense. */
static void skip_window(struct xentrace *x, const char *what)
{
	struct str rest;

	say(x, what);
	while (x->left && (rest = look(x, 1)).n) {
		size_t n = rest.n < x->left ? rest.n : x->left;

		x->at += n;
		x->left -= (uint32_t)n;
	}
	x->left = 0;
}

static bool next_window(struct xentrace *x)
{
	struct str s = look(x, HEAD);

	if (!s.n)
		return false;
	if (s.n < HEAD || word_at(s.p, x->swapped) != FIRST) {
		say(x, s.n < HEAD ? "the file ends inside a record"
				  : "no window of a processor starts here");
		x->broken = true;
		return true;
	}
	x->cpu = word_at(s.p + 4, x->swapped);
	x->left = word_at(s.p + 8, x->swapped);
	x->at += HEAD;
	x->n = (size_t)snprintf(x->line, sizeof(x->line),
		"xentrace cpu=%u window of %u bytes\n", x->cpu, x->left);
	return true;
}

/* 0x21N01 is a switch from state N to running (0). */
static void learn_running(struct xentrace *x, uint32_t event, const char *words,
			  unsigned n)
{
	bool runs = (event & SWITCH_MASK) == SWITCH || event == GOES_ON;
	uint32_t who;

	if (n < 1 || x->cpu >= CPUS_MAX || !runs)
		return;
	who = word_at(words, x->swapped);
	x->cpus[x->cpu] = (struct running){
		.known = true, .domain = (uint16_t)(who >> 16),
		.vcpu = (uint16_t)who,
	};
}

static void add(struct xentrace *x, const char *format, unsigned long long a,
		unsigned b)
{
	/* Seven words at the most: sized for that. */
	x->n += (size_t)snprintf(x->line + x->n, sizeof(x->line) - x->n,
				 format, a, b);
}

static void write_record(struct xentrace *x, uint32_t event, bool has_tsc,
			 uint64_t tsc, const char *words, unsigned n)
{
	const struct running *r = x->cpu < CPUS_MAX ? &x->cpus[x->cpu] : NULL;

	x->n = 0;
	if (has_tsc)
		add(x, "xentrace %016llx cpu=%u", tsc, x->cpu);
	else
		add(x, "xentrace cpu=%llu", x->cpu, 0);
	if (r && r->known)
		add(x, " by=d%lluv%u", r->domain, r->vcpu);
	add(x, " event=%llx", event, 0);
	for (unsigned i = 0; i < n; i++)
		add(x, " 0x%llx", word_at(words + 4 * i, x->swapped), 0);
	x->line[x->n++] = '\n';
}

static bool has_one_class(uint32_t event)
{
	uint32_t class = event >> 16;

	return class && !(class & (class - 1));
}

static bool next_record(struct xentrace *x)
{
	struct str s;
	uint32_t head, event;
	unsigned n;
	size_t size, words;
	bool has_tsc;
	uint64_t tsc = 0;

	if (!x->left)
		return next_window(x);
	s = look(x, 40);
	if (s.n < 4) {
		say(x, "the file ends inside a window");
		x->broken = true;
		return true;
	}
	head = word_at(s.p, x->swapped);
	event = head & 0xfffffff;
	n = head >> 28 & 7;
	has_tsc = head >> 31;
	words = has_tsc ? 12 : 4;
	size = words + 4 * n;
	if (size > x->left || size > s.n || !has_one_class(event)) {
		skip_window(x, size > s.n ? "the file ends inside a record"
			: "no record starts here; the rest of the window is "
			  "left");
		return true;
	}
	if (has_tsc)
		tsc = word_at(s.p + 4, x->swapped) |
		      (uint64_t)word_at(s.p + 8, x->swapped) << 32;
	learn_running(x, event, s.p + words, n);
	/* What fills the end of a ring is no record. */
	write_record(x, event, has_tsc, tsc, s.p + words, event == WRAP ? 0 : n);
	x->at += size;
	x->left -= (uint32_t)size;
	return true;
}

static size_t read_lines(struct feed *feed, char *at, size_t room)
{
	struct xentrace *x = (struct xentrace *)feed;
	size_t n;

	if (x->used == x->n) {
		x->n = x->used = 0;
		if (x->broken || !next_record(x)) {
			x->feed.problem = source_problem(x->raw);
			return 0;
		}
	}
	n = x->n - x->used < room ? x->n - x->used : room;
	memcpy(at, x->line + x->used, n);
	x->used += n;
	return n;
}

struct feed *xentrace_open(struct source *raw, const char **why)
{
	struct xentrace *x = calloc(1, sizeof(*x));

	(void)why;
	if (!x)
		die("out of memory");
	x->feed.read = read_lines;
	x->raw = raw;
	x->window = source_next(raw, 0);
	x->swapped = x->window.n >= 4 &&
		     word_at(x->window.p, false) != FIRST;
	return &x->feed;
}

void xentrace_close(struct feed *feed)
{
	free(feed);
}

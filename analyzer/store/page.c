/* A list of what may be live, in the order in which it began. */

#include <stdlib.h>

#include "analyzer/store/page.h"
#include "analyzer/store/sort.h"
#include "parsers/base/die.h"

enum { ROOM = 64, HIT_BITS = 1 << 23 };

/* What is sorted: where a grant begins, or ends; the first ones are the key. */
enum {
	BOOT, PAGE, SINCE, MAP, ENDS, KEYS,
	MAP_HI = KEYS, REF, DOMAIN, MAPPER, FLAGS, CAPTURE, LINE, WORDS,
	END_LO = KEYS, END_HI, REUSED, END_CAPTURE, END_LINE,
};

struct page {
	struct sort *sort;
	const int64_t *next;		/* the record that was not taken, NULL: none */
	bool reading;
	int64_t boot, page;
	struct granted *items;
	size_t first, count, room;	/* first: number of items[0] */
	size_t longest;			/* number of the one that ends last */
	int64_t until;			/* when it ends */
	uint64_t *hits;			/* one bit of many for each page of a fault */
};

struct page *page_open(struct store *s)
{
	struct page *p = calloc(1, sizeof(*p));

	if (p)
		p->hits = calloc(HIT_BITS / 64, sizeof(*p->hits));
	if (!p || !p->hits)
		die("out of memory");
	p->sort = sort_open(s, "sorted_grants", WORDS, KEYS);
	return p;
}

void page_close(struct page *p)
{
	sort_close(p->sort);
	free(p->items);
	free(p->hits);
	free(p);
}

void page_clear(struct page *p)
{
	sort_clear(p->sort);
}

/* Pages that follow each other are near each other in memory, too. */
static uint64_t bit_of(int64_t boot, int64_t page)
{
	return ((uint64_t)page + (uint64_t)boot * 0x9e3779b97f4a7c15u) %
	       HIT_BITS;
}

void page_hit(struct page *p, int64_t boot, int64_t page)
{
	uint64_t bit = bit_of(boot, page);

	p->hits[bit / 64] |= UINT64_C(1) << bit % 64;
}

/* May be true of others, too: that costs time only. */
static bool is_hit(const struct page *p, struct which w)
{
	uint64_t bit = bit_of(w.boot, w.page);

	return p->hits[bit / 64] >> bit % 64 & 1;
}

void page_map(struct page *p, struct which w, const struct granted *g)
{
	if (!is_hit(p, w))
		return;
	sort_add(p->sort, (int64_t[WORDS]){
		[BOOT] = w.boot, [PAGE] = w.page, [SINCE] = w.since,
		[MAP] = w.map, [MAP_HI] = g->map_hi, [REF] = g->ref,
		[DOMAIN] = g->domain, [MAPPER] = g->mapper,
		[FLAGS] = g->flags, [CAPTURE] = g->capture, [LINE] = g->line,
	});
}

void page_end(struct page *p, struct which w, const struct granted *g)
{
	if (!is_hit(p, w))
		return;
	sort_add(p->sort, (int64_t[WORDS]){
		[BOOT] = w.boot, [PAGE] = w.page, [SINCE] = w.since,
		[MAP] = w.map, [ENDS] = 1, [END_LO] = g->end_lo,
		[END_HI] = g->end_hi, [REUSED] = g->reused,
		[END_CAPTURE] = g->end_capture, [END_LINE] = g->end_line,
	});
}

static void take_end(struct granted *g, const int64_t *end)
{
	g->ends = true;
	g->end_lo = end[END_LO];
	g->end_hi = end[END_HI];
	g->reused = end[REUSED];
	g->end_capture = end[END_CAPTURE];
	g->end_line = end[END_LINE];
}

/* The grant that the next record begins, with its end if it has one. */
static void add(struct page *p)
{
	const int64_t *r = p->next;
	size_t number = p->first + p->count;
	int64_t map = r[MAP];
	struct granted *g;

	if (p->count == p->room) {
		p->room = p->room ? p->room * 2 : ROOM;
		p->items = realloc(p->items, p->room * sizeof(*p->items));
		if (!p->items)
			die("out of memory (%zu grants of a page)", p->count);
	}
	g = &p->items[p->count++];
	*g = (struct granted){
		.since = r[SINCE], .map_lo = r[SINCE], .map_hi = r[MAP_HI],
		.end_lo = EVER, .end_hi = NEVER, .ref = r[REF],
		.domain = r[DOMAIN], .mapper = r[MAPPER], .flags = r[FLAGS],
		.capture = r[CAPTURE], .line = r[LINE],
		.before = p->until, .longest = p->longest,
	};
	p->next = r = sort_next(p->sort);
	if (r && r[ENDS] && r[MAP] == map) {
		take_end(g, r);
		p->next = sort_next(p->sort);
	}
	if (number == 0 || g->end_hi >= p->until) {
		p->until = g->end_hi;
		p->longest = number;
	}
}

/*
 * Those that ended before any fault that may come are dropped, up to the first
 * that did not; the last stays.  Half at least, so each is moved few times.
 */
static void forget(struct page *p, int64_t before)
{
	size_t n = 0;

	while (n + 1 < p->count && p->items[n].end_hi < before)
		n++;
	if (n <= p->count / 2)
		return;
	for (size_t i = n; i < p->count; i++)
		p->items[i - n] = p->items[i];
	p->first += n;
	p->count -= n;
}

/* Is the next record of an earlier page than that? */
static bool is_before(const struct page *p, int64_t boot, int64_t page)
{
	const int64_t *r = p->next;

	return r && (r[BOOT] != boot ? r[BOOT] < boot : r[PAGE] < page);
}

static bool is_of(const struct page *p, const struct fault *f)
{
	const int64_t *r = p->next;

	return r && r[BOOT] == f->boot && r[PAGE] == f->page;
}

void page_load(struct page *p, const struct fault *f, int64_t bound)
{
	if (!p->reading) {
		p->reading = true;
		p->next = sort_next(p->sort);
	}
	if (p->boot != f->boot || p->page != f->page) {
		p->boot = f->boot;
		p->page = f->page;
		p->first = p->count = p->longest = 0;
		p->until = EVER;
		while (is_before(p, f->boot, f->page))
			p->next = sort_next(p->sort);
	}
	while (is_of(p, f)) {
		if (p->count && p->items[p->count - 1].since > bound)
			break;
		if (p->count == p->room)
			forget(p, f->lo == EVER ? EVER : f->lo - SLACK_NS);
		add(p);
	}
}

size_t page_begun(const struct page *p, int64_t bound)
{
	size_t low = 0, high = p->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (p->items[middle].since > bound)
			high = middle;
		else
			low = middle + 1;
	}
	return p->first + low;
}

const struct granted *page_item(const struct page *p, size_t number)
{
	return number < p->first || number >= p->first + p->count
		? NULL : &p->items[number - p->first];
}

/* A list of what may be live, in the order in which it began. */

#include <stdlib.h>

#include "analyzer/store/inside.h"
#include "analyzer/store/page.h"
#include "parsers/base/die.h"

enum { ROOM = 64 };

struct page {
	struct query *q;
	bool any;			/* the query has a row that was not taken */
	int64_t boot, page;
	struct granted *items;
	size_t first, count, room;	/* first: number of items[0] */
	size_t longest;			/* number of the one that ends last */
	int64_t until;			/* when it ends */
};

static const char sql[] =
	"SELECT i.boot, i.frame, m.t_lo + k.offset_lo AS since, "
	"       m.t_hi + k.offset_hi, e.t_lo + x.offset_lo, "
	"       e.t_hi + x.offset_hi, e.id, i.state = 'reused', m.ref, "
	"       m.domain, ifnull(m.mapper, 0), m.flags, m.capture, m.line, "
	"       e.capture, e.line "
	"  FROM grant_interval AS i "
	" CROSS JOIN fault_page AS p ON p.boot = i.boot AND p.page = i.frame "
	" CROSS JOIN grant_op AS m ON m.id = i.map_op "
	"  LEFT JOIN clock AS k ON k.id = m.clock "
	"  LEFT JOIN grant_op AS e ON e.id = i.end_op "
	"  LEFT JOIN clock AS x ON x.id = e.clock "
	" WHERE i.state <> 'unknown' "
	" ORDER BY i.boot, i.frame, since, i.map_op";

struct page *page_open(struct store *s)
{
	struct page *p = calloc(1, sizeof(*p));

	if (!p)
		die("out of memory");
	p->q = query_must(s, sql);
	p->any = query_row(p->q);
	return p;
}

void page_close(struct page *p)
{
	query_close(p->q);
	free(p->items);
	free(p);
}

static void add(struct page *p)
{
	const struct query *q = p->q;
	size_t number = p->first + p->count;
	struct granted *g;

	if (p->count == p->room) {
		p->room = p->room ? p->room * 2 : ROOM;
		p->items = realloc(p->items, p->room * sizeof(*p->items));
		if (!p->items)
			die("out of memory (%zu grants of a page)", p->count);
	}
	g = &p->items[p->count++];
	*g = (struct granted){
		.since = int_or(q, 2, EVER), .map_lo = int_or(q, 2, EVER),
		.map_hi = int_or(q, 3, NEVER), .end_lo = int_or(q, 4, EVER),
		.end_hi = int_or(q, 5, NEVER), .ends = !query_is_null(q, 6),
		.reused = query_int(q, 7), .ref = int_or(q, 8, -1),
		.domain = int_or(q, 9, -1), .mapper = query_int(q, 10),
		.flags = int_or(q, 11, -1), .capture = query_int(q, 12),
		.line = query_int(q, 13), .end_capture = int_or(q, 14, 0),
		.end_line = int_or(q, 15, 0),
		.before = p->until, .longest = p->longest,
	};
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

static bool is_before(const struct query *q, int64_t boot, int64_t page)
{
	int64_t of = query_int(q, 0);

	return of != boot ? of < boot : query_int(q, 1) < page;
}

void page_load(struct page *p, const struct fault *f, int64_t bound)
{
	if (p->boot != f->boot || p->page != f->page) {
		p->boot = f->boot;
		p->page = f->page;
		p->first = p->count = p->longest = 0;
		p->until = EVER;
		while (p->any && is_before(p->q, f->boot, f->page))
			p->any = query_row(p->q);
	}
	while (p->any && query_int(p->q, 0) == f->boot &&
	       query_int(p->q, 1) == f->page) {
		if (p->count && p->items[p->count - 1].since > bound)
			break;
		if (p->count == p->room)
			forget(p, f->lo == EVER ? EVER : f->lo - SLACK_NS);
		add(p);
		p->any = query_row(p->q);
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

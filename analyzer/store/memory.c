/* Ranges sorted and merged once a machine, then found by halving. */

#include <stdlib.h>

#include "analyzer/store/memory.h"

/* In the order of what counts where ranges overlap. */
enum class { BOUNCE, OWN, FOREIGN, RAM, RESERVED, CLASSES };

static const char *const class_names[CLASSES] = {
	[BOUNCE] = "bounce", [OWN] = "own", [FOREIGN] = "foreign",
	[RAM] = "ram", [RESERVED] = "reserved",
};

struct memory_range {
	int64_t first, last;
	enum class class;
};

/* Power-ons of one machine have the same ranges, which are kept once. */
struct memory_boot {
	int64_t boot;
	size_t start, count;	/* of its ranges */
	bool m1;		/* Arm: own, foreign; else e820 */
	bool whole;		/* M1: the banks add up to what was allocated */
	bool ram;		/* M3: usable memory is known */
};

static enum class class_of(struct str name)
{
	for (int i = 0; i < CLASSES; i++)
		if (str_eq(name, str_from(class_names[i])))
			return (enum class)i;
	return RESERVED;
}

static int by_place(const void *a, const void *b)
{
	const struct memory_range *x = a, *y = b;

	if (x->class != y->class)
		return x->class < y->class ? -1 : 1;
	return x->first < y->first ? -1 : x->first > y->first;
}

/* Those from start on: sorted, and what touches or overlaps becomes one. */
static void merge(struct memory *m, size_t start)
{
	size_t out = start;

	qsort(m->items + start, m->count - start, sizeof(*m->items), by_place);
	for (size_t i = start; i < m->count; i++) {
		struct memory_range *last = out > start ? &m->items[out - 1]
							: NULL;
		const struct memory_range *now = &m->items[i];

		if (last && last->class == now->class &&
		    now->first <= last->last) {
			if (now->last > last->last)
				last->last = now->last;
			continue;
		}
		m->items[out++] = *now;
	}
	m->count = out;
}

static bool same_ranges(const struct memory *m, size_t a, size_t b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (m->items[a + i].class != m->items[b + i].class ||
		    m->items[a + i].first != m->items[b + i].first ||
		    m->items[a + i].last != m->items[b + i].last)
			return false;
	return true;
}

static int by_boot(const void *a, const void *b)
{
	int64_t x = ((const struct memory_boot *)a)->boot;
	int64_t y = ((const struct memory_boot *)b)->boot;

	return x < y ? -1 : x > y;
}

static struct memory_boot *find_boot(const struct memory *m, int64_t boot)
{
	struct memory_boot key = { .boot = boot };

	return m->nboots ? bsearch(&key, m->boots, m->nboots, sizeof(key),
				   by_boot) : NULL;
}

/* The ranges from start on are those of a boot, before is the one before it. */
static void end_ranges(struct memory *m, struct memory_boot *b, size_t start,
		       const struct memory_boot *before)
{
	merge(m, start);
	b->start = start;
	b->count = m->count - start;
	for (size_t i = start; i < m->count; i++)
		b->ram |= m->items[i].class == RAM;
	if (!before || before->count != b->count ||
	    !same_ranges(m, before->start, start, b->count))
		return;
	b->start = before->start;
	m->count = start;
}

static void load_boots(struct memory *m, struct store *store)
{
	struct query *q = query_must(store, "SELECT m.boot, m.model = 'M1', "
		"ifnull(d.bank_mb = d.mb AND d.ram_ranges > 0, 0) FROM v_model "
		"AS m LEFT JOIN v_dom0_memory AS d ON d.boot = m.boot");

	while (query_next(q)) {
		heap_grow(&m->boots, &m->boots_room, m->nboots + 1,
			  sizeof(*m->boots));
		m->boots[m->nboots++] = (struct memory_boot){
			.boot = query_int(q, 0), .m1 = query_int(q, 1),
			.whole = query_int(q, 2),
		};
	}
	query_close(q);
	if (m->nboots)
		qsort(m->boots, m->nboots, sizeof(*m->boots), by_boot);
}

void memory_load(struct memory *m, struct store *store)
{
	struct memory_boot *now = NULL, *before = NULL;
	struct query *q;
	size_t start = 0;

	load_boots(m, store);
	q = query_must(store, "SELECT boot, class, first, last "
			      "FROM v_join_memory ORDER BY boot");
	while (query_next(q)) {
		int64_t boot = query_int(q, 0);

		if (!now || now->boot != boot) {
			if (now) {
				end_ranges(m, now, start, before);
				before = now;
			}
			now = find_boot(m, boot);
			start = m->count;
		}
		heap_grow(&m->items, &m->room, m->count + 1,
			  sizeof(*m->items));
		m->items[m->count++] = (struct memory_range){
			.class = class_of(query_text(q, 1)),
			.first = query_int(q, 2), .last = query_int(q, 3),
		};
	}
	query_close(q);
	if (now)
		end_ranges(m, now, start, before);
}

void memory_free(struct memory *m)
{
	heap_free(m->items);
	heap_free(m->boots);
}

/* Is the address in a range of that class? */
static bool contains(const struct memory *m, const struct memory_boot *b,
		     enum class class, int64_t address)
{
	struct memory_range key = { .class = class, .first = address };
	size_t low = b->start, high = b->start + b->count;
	const struct memory_range *r;

	while (low < high) {		/* first range that starts behind it */
		size_t middle = low + (high - low) / 2;

		if (by_place(&m->items[middle], &key) > 0)
			high = middle;
		else
			low = middle + 1;
	}
	if (low == b->start)
		return false;
	r = &m->items[low - 1];
	return r->class == class && address < r->last;
}

const char *memory_class(const struct memory *m, int64_t boot, int64_t address)
{
	const struct memory_boot *b = find_boot(m, boot);

	if (!b)
		return NULL;
	for (int class = 0; class < CLASSES; class++) {
		/* A lost bank would make own pages look foreign. */
		if (class == FOREIGN && !b->whole)
			continue;
		if (contains(m, b, (enum class)class, address))
			return class_names[class];
	}
	if (b->m1)
		return b->whole ? "outside" : NULL;
	return b->ram ? "outside" : NULL;
}

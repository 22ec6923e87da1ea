/* A run is sorted by the bytes of its keys that differ, last first. */

#include <stdlib.h>
#include <string.h>

#include "analyzer/store/run.h"
#include "parsers/base/die.h"

enum {
	RUN_BYTES = 1 << 20,
	RUNS = 128,			/* more are merged to one */
};

struct slot {
	uint64_t key;
	uint32_t at;			/* in the run that is gathered */
};

struct sort {
	struct run_table table;
	size_t words, keys;
	int64_t *items;			/* the run that is gathered */
	size_t count, room;
	struct slot *slots;
	struct run runs[RUNS];
	size_t nruns;
	uint32_t heap[RUNS];		/* of runs, the least on top */
	size_t heaped;
	bool reading;
	size_t taken;			/* of the run, where it is the only one */
};

struct sort *sort_open(struct store *store, const char *name, int words,
		       int keys)
{
	struct sort *s = calloc(1, sizeof(*s));

	if (!s)
		die("out of memory");
	s->table = (struct run_table){
		.store = store, .name = name, .words = (size_t)words,
	};
	s->words = (size_t)words;
	s->keys = (size_t)keys;
	s->room = RUN_BYTES / ((size_t)words * sizeof(int64_t));
	s->items = malloc(s->room * s->words * sizeof(*s->items));
	if (!s->items)
		die("out of memory");
	return s;
}

static const int64_t *item(const struct sort *s, size_t at)
{
	return &s->items[at * s->words];
}

static int compare(const struct sort *s, const int64_t *a, const int64_t *b,
		   size_t from)
{
	for (size_t i = from; i < s->keys; i++)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return 0;
}

/* ---- in memory --------------------------------------------------------- */

/* How many keys the records are not in order of as they came. */
static size_t unsorted(const struct sort *s)
{
	size_t from = 0;

	for (size_t i = 1; i < s->count && from < s->keys; i++)
		while (compare(s, item(s, i - 1), item(s, i), from) > 0)
			from++;
	return from;
}

static void by_byte(const struct slot *from, struct slot *to, size_t n,
		    int shift)
{
	size_t start[256] = { 0 }, sum = 0;

	for (size_t i = 0; i < n; i++)
		start[from[i].key >> shift & 0xff]++;
	for (int i = 0; i < 256; i++) {
		size_t here = start[i];

		start[i] = sum;
		sum += here;
	}
	for (size_t i = 0; i < n; i++)
		to[start[from[i].key >> shift & 0xff]++] = from[i];
}

/* Leaves the order in slots. */
static void order(struct sort *s)
{
	struct slot *now, *spare, *both;

	both = s->slots;
	if (!both)
		both = malloc(2 * s->room * sizeof(*both));
	if (!both)
		die("out of memory");
	s->slots = now = both;
	spare = both + s->room;
	for (size_t i = 0; i < s->count; i++)
		now[i].at = (uint32_t)i;
	for (size_t key = unsorted(s); key-- > 0;) {
		uint64_t differs = 0;

		for (size_t i = 0; i < s->count; i++) {
			now[i].key = (uint64_t)item(s, now[i].at)[key] ^
				     UINT64_C(1) << 63;
			differs |= now[i].key ^ now[0].key;
		}
		for (int shift = 0; shift < 64; shift += 8) {
			struct slot *was = now;

			if (!(differs >> shift & 0xff))
				continue;
			by_byte(now, spare, s->count, shift);
			now = spare;
			spare = was;
		}
	}
	if (now != both)
		memcpy(both, now, s->count * sizeof(*both));
}

/* ---- runs -------------------------------------------------------------- */

static bool is_less(const struct sort *s, uint32_t a, uint32_t b)
{
	return compare(s, s->runs[a].now, s->runs[b].now, 0) < 0;
}

static void sift(struct sort *s, size_t at)
{
	uint32_t moved = s->heap[at];

	for (;;) {
		size_t below = 2 * at + 1;

		if (below + 1 < s->heaped &&
		    is_less(s, s->heap[below + 1], s->heap[below]))
			below++;
		if (below >= s->heaped || !is_less(s, s->heap[below], moved))
			break;
		s->heap[at] = s->heap[below];
		at = below;
	}
	s->heap[at] = moved;
}

static void start_merge(struct sort *s)
{
	s->heaped = 0;
	for (uint32_t i = 0; i < s->nruns; i++)
		if (run_get(&s->table, &s->runs[i]))
			s->heap[s->heaped++] = i;
	for (size_t i = s->heaped / 2; i-- > 0;)
		sift(s, i);
	s->taken = 0;
}

static const int64_t *next_merged(struct sort *s)
{
	if (s->taken++ && s->heaped) {
		if (!run_get(&s->table, &s->runs[s->heap[0]]))
			s->heap[0] = s->heap[--s->heaped];
		if (s->heaped)
			sift(s, 0);
	}
	return s->heaped ? s->runs[s->heap[0]].now : NULL;
}

static void drop_runs(struct sort *s)
{
	for (size_t i = 0; i < s->nruns; i++)
		free(s->runs[i].bytes);
	s->nruns = 0;
}

static void keep_run(struct sort *s, struct run *r)
{
	run_end(&s->table, r);
	s->runs[s->nruns++] = *r;
}

/* All runs to one. */
static void collapse(struct sort *s)
{
	struct run r = run_new(&s->table);
	const int64_t *record;

	start_merge(s);
	while ((record = next_merged(s)))
		run_put(&s->table, &r, record);
	drop_runs(s);
	keep_run(s, &r);
	run_table_drop(&s->table, r.first);
}

static void spill(struct sort *s)
{
	struct run r = run_new(&s->table);

	order(s);
	for (size_t i = 0; i < s->count; i++)
		run_put(&s->table, &r, item(s, s->slots[i].at));
	keep_run(s, &r);
	s->count = 0;
	if (s->nruns == RUNS)
		collapse(s);
}

void sort_add(struct sort *s, const int64_t *record)
{
	if (s->count == s->room)
		spill(s);
	memcpy(&s->items[s->count++ * s->words], record,
	       s->words * sizeof(*record));
}

void sort_clear(struct sort *s)
{
	drop_runs(s);
	s->count = 0;
	run_table_drop(&s->table, INT64_MAX);
}

static void start_reading(struct sort *s)
{
	s->reading = true;
	if (!s->nruns) {
		order(s);
		return;
	}
	spill(s);
	free(s->items);
	free(s->slots);
	s->items = NULL;
	s->slots = NULL;
	start_merge(s);
}

const int64_t *sort_next(struct sort *s)
{
	if (!s->reading)
		start_reading(s);
	if (s->nruns)
		return next_merged(s);
	return s->taken < s->count ? item(s, s->slots[s->taken++].at) : NULL;
}

void sort_close(struct sort *s)
{
	drop_runs(s);
	run_table_close(&s->table);
	free(s->items);
	free(s->slots);
	free(s);
}

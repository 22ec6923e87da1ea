/*
 * Which stretches of which captures belong to one power-on.
 *
 * Captures of one call are of one machine.  A stretch that starts at Xen's
 * banner is a boot; one that starts at Linux's is a boot when no Xen speaks in
 * it, unless it is the log of the host's kernel under the only Xen of the call.
 * A capture without a banner belongs to the boot of the others when there is
 * exactly one, and is otherwise one of its own.  Listings, and what else is
 * found in files, come last: by themselves they are no power-on, and share one.
 */

#include <stdio.h>

#include "analyzer/store/inside.h"
#include "analyzer/store/same.h"

struct segment {
	int64_t id, call, capture, line, kernels, rows, boot;
	bool xen, on_xen, banner_xen, banner_linux, alone, of_file;
};

/* Two stretches that are of one power-on by their stamps, or are not. */
struct twin {
	int64_t a, b;
	bool same;
};

struct boots {
	struct store *store;
	struct twin *twins;
	size_t ntwins, twins_room;
	struct segment *items;
	size_t count, room;
	int64_t next;
	struct query *insert;
};

static void load(struct boots *b)
{
	struct query *q = query_must(b->store,
		"SELECT s.id, c.call, s.capture, s.first_line, s.kernels, "
		"       s.rows, s.xen, s.starts = 'xen-banner', "
		"       s.starts = 'linux-banner', "
		"       EXISTS (SELECT 1 FROM fact AS f WHERE f.segment = s.id "
		"               AND f.name = 'linux.on_xen'), "
		"       EXISTS (SELECT 1 FROM input AS i WHERE i.capture = c.id "
		"               AND i.form <> 'text') "
		"       AND NOT EXISTS (SELECT 1 FROM line_text AS t "
		"               WHERE t.capture = c.id "
		"               AND t.speaker NOT IN ('file', 'unknown')) "
		"  FROM segment AS s JOIN capture AS c ON c.id = s.capture "
		" ORDER BY c.call, s.capture, s.id");

	while (query_next(q)) {
		heap_grow(&b->items, &b->room, b->count + 1,
			  sizeof(*b->items));
		b->items[b->count++] = (struct segment){
			.id = query_int(q, 0), .call = query_int(q, 1),
			.capture = query_int(q, 2), .line = query_int(q, 3),
			.kernels = query_int(q, 4), .rows = query_int(q, 5),
			.xen = query_int(q, 6), .banner_xen = query_int(q, 7),
			.banner_linux = query_int(q, 8),
			.on_xen = query_int(q, 9), .of_file = query_int(q, 10),
		};
	}
	query_close(q);
}

static void load_twins(struct boots *b)
{
	struct query *q = query_must(b->store, "SELECT a, b, same FROM twin");

	while (query_row(q)) {
		heap_grow(&b->twins, &b->twins_room, b->ntwins + 1,
			  sizeof(*b->twins));
		b->twins[b->ntwins++] = (struct twin){
			query_int(q, 0), query_int(q, 1), query_int(q, 2),
		};
	}
	query_close(q);
}

static const struct segment *find_segment(const struct boots *b, int64_t id)
{
	for (size_t i = 0; i < b->count; i++)
		if (b->items[i].id == id)
			return &b->items[i];
	return NULL;
}

/* The boot of a stretch that has the same lines, 0: there is none yet. */
static int64_t twin_boot(const struct boots *b, const struct segment *seg)
{
	for (size_t i = 0; i < b->ntwins; i++) {
		const struct twin *t = &b->twins[i];
		const struct segment *other;

		if (!t->same || (t->a != seg->id && t->b != seg->id))
			continue;
		other = find_segment(b, t->a == seg->id ? t->b : t->a);
		if (other && other->boot)
			return other->boot;
	}
	return 0;
}

/* Has that boot a stretch that cannot be of the same power-on? */
static bool contradicts(const struct boots *b, const struct segment *seg,
			int64_t boot)
{
	for (size_t i = 0; i < b->ntwins; i++) {
		const struct twin *t = &b->twins[i];
		const struct segment *other;

		if (t->same || (t->a != seg->id && t->b != seg->id))
			continue;
		other = find_segment(b, t->a == seg->id ? t->b : t->a);
		if (other && other->boot == boot)
			return true;
	}
	return false;
}

static int64_t new_boot(struct boots *b, const struct segment *seg)
{
	query_bind_int(b->insert, 1, b->next);
	query_bind_int(b->insert, 2, seg->capture);
	query_bind_int(b->insert, 3, seg->line);
	query_run(b->insert);
	return b->next++;
}

/*
 * Marks stretches that are the only one of their capture with anything in it;
 * stretches of a capture stand side by side.
 */
static void mark_alone(struct boots *b)
{
	for (size_t from = 0, to; from < b->count; from = to) {
		size_t busy = 0;

		for (to = from; to < b->count &&
		     b->items[to].capture == b->items[from].capture; to++)
			busy += b->items[to].rows != 0;
		for (size_t i = from; i < to; i++)
			b->items[i].alone = busy == (b->items[i].rows != 0);
	}
}

/* The only stretch of the call in which Xen speaks from its banner on. */
static struct segment *only_xen(struct boots *b, int64_t call)
{
	struct segment *found = NULL;

	for (size_t i = 0; i < b->count; i++) {
		struct segment *seg = &b->items[i];

		if (seg->call != call || !seg->banner_xen)
			continue;
		if (found)
			return NULL;
		found = seg;
	}
	return found;
}

static bool same_kernel(struct boots *b, const struct segment *x,
			const struct segment *y)
{
	struct query *q;
	bool same;

	if (!x->kernels)
		return true;
	q = query_must(b->store,
		"SELECT count(DISTINCT version) = 1 FROM kernel "
		" WHERE segment IN (?1, ?2) AND speaker IN ('host', 'unknown')");
	query_bind_int(q, 1, x->id);
	query_bind_int(q, 2, y->id);
	same = query_next(q) && query_int(q, 0);
	query_close(q);
	return same;
}

/* Stretches that a banner starts, and those before a banner. */
static void assign_banners(struct boots *b)
{
	struct segment *xen = NULL;

	for (size_t i = 0; i < b->count; i++) {
		struct segment *seg = &b->items[i];

		if (!seg->banner_xen && (!seg->rows || seg->alone))
			continue;
		seg->boot = twin_boot(b, seg);
		if (!seg->boot)
			seg->boot = new_boot(b, seg);
	}
	for (size_t i = 0; i < b->count; i++) {
		struct segment *seg = &b->items[i];

		if (i == 0 || seg->call != b->items[i - 1].call)
			xen = only_xen(b, seg->call);
		if (seg->boot || !seg->banner_linux || !seg->rows)
			continue;
		seg->boot = twin_boot(b, seg);
		if (!seg->boot && seg->on_xen && xen &&
		    xen->capture != seg->capture && same_kernel(b, xen, seg) &&
		    !contradicts(b, seg, xen->boot))
			seg->boot = xen->boot;
		if (!seg->boot)
			seg->boot = new_boot(b, seg);
	}
}

/* The boot of the call's other captures when there is exactly one, or 0. */
static int64_t only_boot(const struct boots *b, int64_t call)
{
	int64_t boot = 0;

	for (size_t i = 0; i < b->count; i++) {
		const struct segment *seg = &b->items[i];

		if (seg->call != call || !seg->boot || seg->boot == boot)
			continue;
		if (boot)
			return 0;
		boot = seg->boot;
	}
	return boot;
}

/* Stretches without a banner, from here on to the end of their call. */
static size_t assign_call(struct boots *b, size_t from)
{
	int64_t call = b->items[from].call;

	for (int of_file = 0; of_file < 2; of_file++) {
		int64_t boot = only_boot(b, call);

		for (size_t i = from; i < b->count && b->items[i].call == call;
		     i++) {
			struct segment *seg = &b->items[i];

			if (seg->boot || !seg->rows || seg->of_file != of_file)
				continue;
			seg->boot = twin_boot(b, seg);
			if (!seg->boot && !contradicts(b, seg, boot))
				seg->boot = boot;
			if (!seg->boot)
				seg->boot = new_boot(b, seg);
			if (of_file)
				boot = seg->boot;
		}
	}
	while (from < b->count && b->items[from].call == call)
		from++;
	return from;
}

static void assign_rest(struct boots *b)
{
	for (size_t from = 0; from < b->count; )
		from = assign_call(b, from);
}

void boots_settle(struct store *s)
{
	struct boots b = { .store = s, .next = 1 };
	struct query *update;

	store_run(s, STR("DELETE FROM boot"), "settle boots");
	b.insert = query_must(s, "INSERT INTO boot (id, capture, line) "
				 "VALUES (?1, ?2, ?3)");
	update = query_must(s, "UPDATE segment SET boot = ?2 WHERE id = ?1");
	load(&b);
	if (same_any(s))
		load_twins(&b);
	mark_alone(&b);
	assign_banners(&b);
	assign_rest(&b);
	for (size_t i = 0; i < b.count; i++) {
		if (!b.items[i].boot)
			continue;
		query_bind_int(update, 1, b.items[i].id);
		query_bind_int(update, 2, b.items[i].boot);
		query_run(update);
	}
	query_close(update);
	query_close(b.insert);
	heap_free(b.items);
	heap_free(b.twins);
}

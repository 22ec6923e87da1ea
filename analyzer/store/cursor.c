/* The operations of traces, one by one, each in its boot and on its clock. */

#include "analyzer/store/blind.h"
#include "analyzer/store/inside.h"
#include "analyzer/store/pass.h"

static bool is_at(const struct timeline *p, int64_t segment, int64_t clock)
{
	return p->segment == segment && p->clock == clock;
}

static void find_line(struct cursor *c, int64_t segment, int64_t clock)
{
	struct query *q = c->find;

	c->line = (struct timeline){ .segment = segment, .clock = clock };
	query_bind_int(q, 1, segment);
	if (clock)
		query_bind_int(q, 2, clock);
	else
		query_bind_null(q, 2);
	if (query_row(q)) {
		c->line.boot = query_int(q, 0);
		c->line.lane = query_int(q, 1);
		c->line.lo = query_int(q, 2);
		c->line.hi = query_int(q, 3);
		c->line.based = !query_is_null(q, 2);
	}
	query_reset(q);
}

/* Of 32 bits, as Xen has them. */
static bool is_number(int64_t n)
{
	return n >= 0 && n <= UINT32_MAX;
}

/*
 * The next operation of a boot, false: there is none.  What is not bounded is
 * 0 in *at.
 */
static bool next_op(struct cursor *c)
{
	const struct query *q = c->q;
	const struct timeline *p = &c->line;
	struct op *o = &c->op;
	int64_t segment, clock, lo, hi;
	bool has_lo, has_hi, based_lo, based_hi;

	do {
		if (!query_row(c->q))
			return false;
		segment = query_int(q, 1);
		clock = query_int(q, 2);
		if (!is_at(p, segment, clock))
			find_line(c, segment, clock);
	} while (!p->boot);
	has_lo = !query_is_null(q, 3);
	has_hi = !query_is_null(q, 4);
	based_lo = has_lo && p->based;
	based_hi = has_hi && p->based;
	lo = plus(query_int(q, 3), p->lo);
	hi = plus(query_int(q, 4), p->hi);
	*o = (struct op){
		.id = query_int(q, 0), .boot = p->boot, .lane = p->lane,
		.t = has_lo ? lo : 0, .dated = has_lo,
		.lo = based_lo ? lo : EVER, .hi = based_hi ? hi : NEVER,
		.capture = query_int(q, 5), .line = query_int(q, 6),
		.segment = segment, .maps = query_int(q, 7),
		.mapper = query_int(q, 8), .handle = int_or(q, 9, -1),
		.frame = query_int(q, 10), .has_frame = !query_is_null(q, 10),
		.count = query_int(q, 11), .shown = query_int(q, 12),
		.domain = -1, .ref = -1, .flags = -1,
	};
	o->fine = o->count > 0 && query_int(q, 13) == 0 && is_number(o->mapper)
		&& is_number(o->handle) && o->handle != UINT32_MAX;
	if (c->wide && o->maps) {
		o->domain = int_or(q, 14, -1);
		o->ref = int_or(q, 15, -1);
		o->flags = int_or(q, 16, -1);
	}
	c->at = (struct span){ based_lo ? lo : 0, based_hi ? hi : 0 };
	return true;
}

struct cursor cursor_open(const struct pass *p, const char *order)
{
	struct cursor c = { .wide = p->page };
	struct arena *arena = arena_new();

	c.q = query_must(p->store, arena_printf(arena, "SELECT o.op, o.segment,"
		" o.clock, o.t_lo, o.t_hi, o.capture, o.line, o.maps, o.mapper,"
		" o.handle, o.frame, o.count, o.shown, o.status%s "
		"FROM v_join_grant_op AS o %s",
		p->page ? ", o.domain, o.ref, o.flags" : "", order).p);
	c.find = query_must(p->store, "SELECT g.boot, " LANE("g.id", "?2")
		", k.offset_lo, k.offset_hi FROM segment AS g "
		"LEFT JOIN clock AS k ON k.id = ?2 "
		"WHERE g.id = ?1 AND g.boot IS NOT NULL");
	arena_free(arena);
	return c;
}

void cursor_close(struct cursor *c)
{
	query_close(c->q);
	query_close(c->find);
}

void pass_advance(struct cursor *c)
{
	c->before = c->op;
	c->any = next_op(c);
}

/*
 * The pass over the operations of traces as they were read.  On the way it
 * learns what the merge has to know of each trace: from when to when it tells,
 * and where records were lost.
 */

#include "analyzer/store/inside.h"
#include "analyzer/store/pass.h"

/* Lines between a record of a trace and the next, at most, and one. */
enum { NEXT_TO = 2 };

/* From when to when one stretch of a capture has operations. */
struct cover {
	int64_t boot, segment, capture, line;
	struct span first, last;
	bool used;
};

struct stream {
	struct pass *pass;
	struct cursor ops;
	struct query *losses, *cover, *dark, *loss_at;
	struct cover now;
	int64_t capture, line, segment, boot;	/* of the next loss */
	bool one_line;			/* … it is a line that is damaged */
	bool any;
};

static void end_cover(struct stream *s)
{
	const struct cover *c = &s->now;

	if (!c->used)
		return;
	query_bind_int(s->cover, 1, c->boot);
	query_bind_int(s->cover, 2, c->capture);
	query_bind_int(s->cover, 3, c->line);
	query_bind_int(s->cover, 4, c->first.lo);
	query_bind_int(s->cover, 5, c->first.hi);
	query_bind_int(s->cover, 6, c->last.lo);
	query_bind_int(s->cover, 7, c->last.hi);
	query_run(s->cover);
	s->now.used = false;
}

static void cover(struct stream *s)
{
	const struct op *o = &s->ops.op;
	struct span at = s->ops.at;

	if (o->lane != 0)
		return;
	if (!s->now.used || s->now.segment != o->segment) {
		end_cover(s);
		s->now = (struct cover){
			.boot = o->boot, .segment = o->segment,
			.capture = o->capture, .line = o->line, .first = at,
			.last = at, .used = true,
		};
	}
	if (at.lo < s->now.first.lo)
		s->now.first = at;
	if (at.lo > s->now.last.lo)
		s->now.last = at;
}

static void next_loss(struct stream *s)
{
	s->any = query_row(s->losses);
	if (!s->any)
		return;
	s->capture = query_int(s->losses, 0);
	s->line = query_int(s->losses, 1);
	s->segment = query_int(s->losses, 2);
	s->boot = query_int(s->losses, 3);
	s->one_line = query_int(s->losses, 4);
}

/* A line that cannot be read is one of a trace's if it stands next to one. */
static bool is_of_trace(const struct stream *s)
{
	const struct op *before = &s->ops.before, *next = &s->ops.op;

	return !s->one_line ||
	       (before->segment == s->segment &&
		s->line - before->line <= NEXT_TO) ||
	       (s->ops.any && next->segment == s->segment &&
		next->line - s->line <= NEXT_TO);
}

/*
 * Lost before the next record; since when, no record tells.  One that no
 * record of the same trace follows may be of any time.
 */
static void take_loss(struct stream *s)
{
	const struct cursor *c = &s->ops;
	bool next = c->any && c->op.segment == s->segment;
	const struct op *o = next ? &c->op : &c->before;

	if (!is_of_trace(s))
		return;
	query_bind_int(s->dark, 1, s->boot);
	if (next && o->lane == 0)
		query_bind_int(s->dark, 2, c->at.hi);
	else
		query_bind_int(s->dark, 2, INT64_MAX);
	query_run(s->dark);
	if (o->segment != s->segment)
		return;			/* not of a trace of grants */
	query_bind_int(s->loss_at, 1, o->boot);
	query_bind_int(s->loss_at, 2, o->lane);
	query_bind_int(s->loss_at, 3, o->t);
	query_bind_int(s->loss_at, 4, s->capture);
	query_bind_int(s->loss_at, 5, s->line);
	query_run(s->loss_at);
	pass_lane(s->pass, o->boot, o->lane)->losses++;
}

static bool loss_comes_first(const struct stream *s)
{
	const struct op *o = &s->ops.op;

	return s->any && (s->capture != o->capture ? s->capture < o->capture
						   : s->line < o->line);
}

bool stream_run(struct pass *p)
{
	struct stream s = {
		.pass = p,
		.ops = cursor_open(p, "ORDER BY o.op"),
		.losses = query_must(p->store, "SELECT l.capture, l.line, "
			"l.segment, g.boot, l.what <> 'trace' "
			"FROM loss AS l CROSS JOIN segment "
			"AS g ON g.id = l.segment WHERE l.what IN "
			"('trace', 'torn', 'damaged', 'clipped') "
			"AND l.trust <> 'guest' AND g.boot IS NOT NULL "
			"ORDER BY l.id"),
		.cover = query_must(p->store, "INSERT INTO trace_cover VALUES "
					"(?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
		.dark = query_must(p->store, "INSERT INTO grant_lost VALUES "
			"(?1, ?2) ON CONFLICT (boot) DO UPDATE "
			"SET hi = max(hi, excluded.hi)"),
		.loss_at = query_must(p->store, "INSERT INTO loss_at VALUES "
						"(?1, ?2, ?3, ?4, ?5)"),
	};

	next_loss(&s);
	for (pass_advance(&s.ops); s.ops.any; pass_advance(&s.ops)) {
		const struct op *o = &s.ops.op;
		struct lane *lane;

		for (; loss_comes_first(&s); next_loss(&s))
			take_loss(&s);
		lane = pass_lane(p, o->boot, o->lane);
		p->ordered &= !o->dated || o->t >= lane->last;
		if (o->dated)
			lane->last = o->t;
		cover(&s);
		if (p->ordered)
			pass_take(p, &s.ops);
	}
	for (; s.any; next_loss(&s))
		take_loss(&s);
	end_cover(&s);
	cursor_close(&s.ops);
	query_close(s.losses);
	query_close(s.cover);
	query_close(s.dark);
	query_close(s.loss_at);
	return p->ordered;
}

/*
 * Operations of a trace, in time, to intervals from map to unmap.  What is
 * mapped is kept by mapper and handle until it is unmapped, so memory follows
 * what is live and not how long the trace is.
 *
 * Traces are mostly stored in time already: they are streamed as they were
 * read.  When an operation turns out to be older than one before it (traces of
 * several processors, or files), all is done again in sorted order.  Both ways
 * give the same rows.
 */

#include "analyzer/store/inside.h"
#include "analyzer/store/pass.h"
#include "analyzer/store/spans.h"

struct lane *pass_lane(struct pass *p, int64_t boot, int64_t lane)
{
	size_t i = p->lane;

	if (i < p->nlanes && p->lanes[i].boot == boot &&
	    p->lanes[i].lane == lane)
		return &p->lanes[i];
	for (i = 0; i < p->nlanes; i++)
		if (p->lanes[i].boot == boot && p->lanes[i].lane == lane)
			break;
	if (i == p->nlanes) {
		heap_grow(&p->lanes, &p->room, i + 1, sizeof(*p->lanes));
		p->lanes[p->nlanes++] = (struct lane){
			.boot = boot, .lane = lane, .last = EVER,
		};
	}
	p->lane = i;
	return &p->lanes[i];
}

struct row {
	const char *state;
	int64_t boot, frame, map_op, end_op, gap, unshown, n;
};

static struct cell some(int64_t value, int64_t none)
{
	return (struct cell){ .number = value, .known = value != none };
}

static void write_row(struct pass *p, const struct row *r)
{
	struct cell *to = batch_row(p->write);

	to[0] = cell_number(r->boot);
	to[1].text = r->state;
	to[2] = some(r->frame, LIVE_NO_FRAME);
	to[3] = some(r->map_op, 0);
	to[4] = some(r->end_op, 0);
	to[5] = cell_number(r->gap);
	to[6] = cell_number(r->unshown);
	to[7] = cell_number(r->n);
}

static void page_tell_map(struct pass *p, const struct live *e,
			  const struct op *o)
{
	if (p->page && e->frame != LIVE_NO_FRAME)
		page_map(p->page, (struct which){
			o->boot, e->frame, e->since, e->op,
		}, &(struct granted){
			.map_hi = o->hi, .ref = o->ref, .domain = o->domain,
			.mapper = o->mapper, .flags = o->flags,
			.capture = o->capture, .line = o->line,
		});
}

static void page_tell_end(struct pass *p, const struct live *e,
			  const struct op *o)
{
	if (p->page && e->frame != LIVE_NO_FRAME)
		page_end(p->page, (struct which){
			o->boot, e->frame, e->since, e->op,
		}, &(struct granted){
			.end_lo = o->lo, .end_hi = o->hi, .reused = o->maps,
			.end_capture = o->capture, .end_line = o->line,
		});
}

/* A grant whose map was seen ends, or the trace does. */
static void write_live(struct pass *p, const struct live *e, const char *state,
		       int64_t end_op)
{
	const struct lane *lane = &p->lanes[e->lane];

	write_row(p, &(struct row){
		.state = state, .boot = lane->boot, .frame = e->frame,
		.map_op = e->op, .end_op = end_op,
		.gap = lane->losses != e->losses,
		.unshown = (uint32_t)(lane->unmaps - e->unmaps), .n = 1,
	});
}

/* What the last line did not show of its batch. */
static void end_batch(struct pass *p)
{
	const struct batch *b = &p->batch;
	const struct op *o = &b->op;
	int64_t n = o->count - o->shown;
	struct lane *lane;

	if (!b->used)
		return;
	p->batch.used = false;
	if (n > UINT32_MAX)
		n = UINT32_MAX;
	lane = pass_lane(p, o->boot, o->lane);
	lane->upto[o->maps] += n;
	if (!o->maps)
		lane->unmaps += (uint32_t)n;
	write_row(p, &(struct row){
		.state = "unknown", .boot = o->boot, .frame = LIVE_NO_FRAME,
		.map_op = o->maps ? o->id : 0, .end_op = o->maps ? 0 : o->id,
		.n = n,
	});
	if (o->lane != 0)		/* once for all, at the end */
		return;
	query_bind_int(p->unshown, 1, o->boot);
	query_bind_int(p->unshown, 2, o->maps);
	query_bind_int(p->unshown, 3, b->at.lo);
	query_bind_int(p->unshown, 4, b->at.hi);
	query_bind_int(p->unshown, 5, lane->upto[o->maps]);
	query_run(p->unshown);
}

/* A line begins: is it the second half of the batch before it? */
static void begin_line(struct pass *p, const struct op *o,
		       struct span at)
{
	const struct op *b = &p->batch.op;

	if (p->batch.used && o->maps && b->maps && o->segment == b->segment &&
	    o->count == b->count && o->shown > b->shown)
		p->batch.used = false;
	end_batch(p);
	if (o->count > o->shown)
		p->batch = (struct batch){ .op = *o, .at = at, .used = true };
}

static void take_op(struct pass *p, const struct op *o)
{
	struct lane *lane = pass_lane(p, o->boot, o->lane);
	struct live key = {
		.op = o->id, .since = o->lo,
		.frame = o->has_frame ? o->frame : LIVE_NO_FRAME,
		.lane = (uint32_t)(lane - p->lanes),
		.mapper = (uint32_t)o->mapper, .handle = (uint32_t)o->handle,
		.losses = lane->losses, .unmaps = lane->unmaps,
	};
	struct live *was = live_find(&p->live, key);

	if (was) {
		write_live(p, was, o->maps ? "reused" : "closed", o->id);
		page_tell_end(p, was, o);
		live_remove(&p->live, was);
	} else if (!o->maps) {
		write_row(p, &(struct row){
			.state = "left", .boot = o->boot, .frame = key.frame,
			.end_op = o->id, .gap = lane->losses > 0,
			.unshown = lane->unmaps, .n = 1,
		});
	}
	if (o->maps) {
		live_add(&p->live, key);
		page_tell_map(p, &key, o);
	}
}

static void end_pass(struct pass *p)
{
	end_batch(p);
	for (size_t i = 0; i < p->live.count; i++)
		write_live(p, &p->live.items[i], "open", 0);
}

void pass_take(struct pass *p, const struct cursor *c)
{
	const struct op *o = &c->op;

	if (o->line != c->before.line || o->capture != c->before.capture)
		begin_line(p, o, c->at);
	if (o->fine)
		take_op(p, o);
}

/* ---- in sorted order --------------------------------------------------- */

/* Is the loss (boot, lane, t, capture, line) before the operation? */
static bool is_before(const struct query *loss, const struct op *o)
{
	const int64_t at[] = { o->boot, o->lane, o->t, o->capture, o->line };

	for (int i = 0; i < 5; i++)
		if (query_int(loss, i) != at[i])
			return query_int(loss, i) < at[i];
	return false;
}

static void run_sorted(struct pass *p)
{
	struct cursor c = cursor_open(p, "JOIN segment AS g ON g.id = o.segment"
		" LEFT JOIN clock AS k ON k.id = o.clock WHERE g.boot IS NOT "
		"NULL ORDER BY g.boot, " LANE("o.segment", "o.clock")
		", o.t_lo + ifnull(k.offset_lo, 0), o.capture, o.line, o.op");
	struct query *losses = query_must(p->store, "SELECT boot, lane, t, "
		"capture, line FROM loss_at ORDER BY 1, 2, 3, 4, 5");
	bool any = query_row(losses);

	for (pass_advance(&c); c.any; pass_advance(&c)) {
		for (; any && is_before(losses, &c.op); any = query_row(losses))
			pass_lane(p, query_int(losses, 0),
				  query_int(losses, 1))->losses++;
		pass_take(p, &c);
	}
	for (; any; any = query_row(losses))
		pass_lane(p, query_int(losses, 0),
			  query_int(losses, 1))->losses++;
	cursor_close(&c);
	query_close(losses);
}

static const char tables_sql[] =
	"CREATE TEMP TABLE IF NOT EXISTS trace_cover (boot INTEGER, "
	"  capture INTEGER, line INTEGER, first_lo INTEGER, first_hi INTEGER, "
	"  last_lo INTEGER, last_hi INTEGER);"
	"CREATE TEMP TABLE IF NOT EXISTS grant_unshown (boot INTEGER, "
	"  maps INTEGER, lo INTEGER, hi INTEGER, upto INTEGER);"
	"CREATE TEMP TABLE IF NOT EXISTS grant_dark (boot INTEGER, "
	"  maps INTEGER, lo INTEGER, hi INTEGER, n INTEGER);"
	"CREATE TEMP TABLE IF NOT EXISTS grant_lost (boot INTEGER PRIMARY KEY, "
	"  hi INTEGER);"
	"CREATE TEMP TABLE IF NOT EXISTS loss_at (boot INTEGER, lane INTEGER, "
	"  t INTEGER, capture INTEGER, line INTEGER);"
	"DROP INDEX IF EXISTS temp.cover_time;"
	"DROP INDEX IF EXISTS temp.cover_line;"
	"DROP INDEX IF EXISTS temp.unshown_time;"
	"DROP INDEX IF EXISTS temp.dark_boot;"
	"DELETE FROM trace_cover; DELETE FROM grant_unshown;"
	"DELETE FROM grant_dark; DELETE FROM grant_lost; DELETE FROM loss_at;"
	"DELETE FROM grant_interval";

/*
 * A mark that the kernel put into its trace shows that it was being written
 * then.  Between two traces of a boot nobody was looking.
 */
#define MARKS(end, order) \
	"FROM (SELECT g.boot, x.capture, " \
	"             " end "(x.t_lo + k.offset_lo) AS lo, " \
	"             " end "(x.t_hi + k.offset_hi) AS hi " \
	"        FROM anchor AS x JOIN segment AS g ON g.id = x.segment " \
	"        JOIN clock AS k ON k.id = x.clock " \
	"         AND k.kind = 'trace' AND k.offset_lo IS NOT NULL " \
	"       WHERE x.edge IN ('before', 'after') AND x.trust <> 'guest' " \
	"       GROUP BY g.boot, x.capture) AS a " \
	" WHERE a.boot = trace_cover.boot " \
	"   AND trace_cover.rowid = (SELECT c.rowid FROM trace_cover AS c " \
	"        WHERE c.boot = a.boot AND c.capture = a.capture " \
	"        ORDER BY " order " LIMIT 1) "
static const char finish_sql[] =
	"UPDATE trace_cover SET last_lo = a.lo, last_hi = a.hi "
	MARKS("max", "c.last_lo DESC") "AND a.lo > last_lo;"
	"UPDATE trace_cover SET first_lo = a.lo, first_hi = a.hi "
	MARKS("min", "c.first_hi") "AND a.hi < first_hi;"
	"INSERT INTO grant_dark SELECT boot, 2, NULL, "
	"       nullif(hi, 0x7fffffffffffffff), NULL FROM grant_lost;"
	"INSERT INTO grant_dark SELECT boot, 2, until, first_hi, NULL "
	"  FROM (SELECT boot, first_lo, first_hi, max(last_lo) OVER "
	"               (PARTITION BY boot ORDER BY first_lo ROWS BETWEEN "
	"                UNBOUNDED PRECEDING AND 1 PRECEDING) AS until "
	"          FROM trace_cover) WHERE until < first_lo;"
	"CREATE INDEX temp.cover_time ON trace_cover (boot, last_lo);"
	"CREATE INDEX temp.cover_line ON trace_cover (boot, capture, line);"
	"CREATE INDEX temp.unshown_time ON grant_unshown (boot, maps, hi, lo, "
	"                                                 upto);"
	"CREATE INDEX temp.dark_boot ON grant_dark (boot, hi)";

/*
 * Operations that were not shown, of a time that is not joined.  Those that
 * are shown are of any time, too: one may have ended a grant of another trace.
 */
static void write_undated(struct pass *p)
{
	struct query *q = query_must(p->store, "INSERT INTO grant_dark VALUES "
					       "(?1, ?2, NULL, NULL, ?3)");

	for (size_t i = 0; i < p->nlanes; i++)
		for (int maps = 0; maps < 3; maps++) {
			const struct lane *lane = &p->lanes[i];

			if (lane->lane == 0 || (maps < 2 && !lane->upto[maps]))
				continue;
			query_bind_int(q, 1, lane->boot);
			query_bind_int(q, 2, maps);
			if (maps < 2)
				query_bind_int(q, 3, lane->upto[maps]);
			else
				query_bind_null(q, 3);
			query_run(q);
		}
	query_close(q);
}

/* What a pass that came to nothing leaves. */
static void restart(struct pass *p)
{
	live_free(&p->live);
	p->nlanes = 0;
	p->batch.used = false;
	batch_drop(p->write);
	if (p->page)
		page_clear(p->page);
	store_run(p->store, STR("DELETE FROM grant_interval;"
				"DELETE FROM grant_unshown"), "sort grants");
}

void spans_settle(struct store *store, struct page *page)
{
	struct pass pass = {
		.store = store, .page = page, .ordered = true,
	}, *p = &pass;

	store_run(store, str_from(tables_sql), "join grants");
	p->write = batch_open(store, "grant_interval", "boot, state, frame, "
			      "map_op, end_op, gap, unshown, n", 8);
	p->unshown = query_must(store, "INSERT INTO grant_unshown VALUES "
				       "(?1, ?2, ?3, ?4, ?5)");
	if (!stream_run(p)) {
		restart(p);
		run_sorted(p);
	}
	end_pass(p);
	write_undated(p);
	batch_close(p->write);
	query_close(p->unshown);
	live_free(&p->live);
	heap_free(p->lanes);
	store_run(store, str_from(finish_sql), "join grants");
}

/* Stretches of a capture between two power-ons, and their clocks. */

#include "analyzer/store/rows.h"

void segment_start(struct rows *r, uint32_t line, const char *starts)
{
	sqlite3_stmt *statement = rows_prepare(r->store, STR(
		"INSERT INTO segment (capture, first_line, starts, xen, kernels,"
		" rows) VALUES (?1, ?2, ?3, 0, 0, 0)"));

	sqlite3_bind_int64(statement, 1, r->store->capture);
	sqlite3_bind_int64(statement, 2, line);
	sqlite3_bind_text(statement, 3, starts, -1, SQLITE_STATIC);
	rows_step(r->store, statement);
	sqlite3_finalize(statement);
	r->segment = (struct segment){
		.id = sqlite3_last_insert_rowid(r->store->db),
	};
}


/* Writes down what was learned about the segment while it was read. */
void segment_end(struct rows *r)
{
	struct segment *seg = &r->segment;
	sqlite3_stmt *statement;

	if (!seg->id)
		return;
	statement = rows_prepare(r->store, STR("UPDATE segment SET xen = ?2, "
		"kernels = ?3, rows = ?4, "
		"starts = iif(?5, 'xen-banner', iif(NOT ?2 AND ?3 > 0, "
		"'linux-banner', starts)) WHERE id = ?1"));
	sqlite3_bind_int64(statement, 1, seg->id);
	sqlite3_bind_int64(statement, 2, seg->xen);
	sqlite3_bind_int64(statement, 3, seg->kernels);
	sqlite3_bind_int64(statement, 4, seg->rows);
	sqlite3_bind_int64(statement, 5, seg->banner || seg->early);
	rows_step(r->store, statement);
	sqlite3_finalize(statement);
	statement = rows_prepare(r->store, STR("UPDATE clock SET "
		"bound_lo = CASE unit WHEN 'ns' THEN ?2 END, "
		"bound_hi = CASE unit WHEN 'ns' THEN ?3 END, "
		"tick_lo = CASE unit WHEN 'ticks' THEN ?2 END, "
		"tick_hi = CASE unit WHEN 'ticks' THEN ?3 END "
		"WHERE id = ?1"));
	for (int i = 0; i < CLOCK_KINDS; i++) {
		struct clock_row *c = &seg->clocks[i];

		if (!c->id)
			continue;
		sqlite3_bind_int64(statement, 1, c->id);
		rows_bind_bound(statement, 2, c->has_lo, c->lo);
		rows_bind_bound(statement, 3, c->has_hi, c->hi);
		rows_step(r->store, statement);
	}
	sqlite3_finalize(statement);
}

struct clock_row *segment_clock(struct rows *r, enum clock_kind kind)
{
	struct clock_row *c = &r->segment.clocks[kind];
	sqlite3_stmt *statement;

	if (c->id)
		return c;
	statement = rows_prepare(r->store, STR("INSERT INTO clock (segment, "
		"kind, unit) VALUES (?1, ?2, ?3)"));
	sqlite3_bind_int64(statement, 1, r->segment.id);
	sqlite3_bind_text(statement, 2, clock_kind_name(kind), -1,
			  SQLITE_STATIC);
	sqlite3_bind_text(statement, 3, kind == CLOCK_XEN_RAW ? "ticks" : "ns",
			  -1, SQLITE_STATIC);
	rows_step(r->store, statement);
	sqlite3_finalize(statement);
	c->id = sqlite3_last_insert_rowid(r->store->db);
	return c;
}

/* Host minus Xen clock, from the host's stamps around a stamped line of Xen. */
static void learn_bounds(struct clock_row *c, const struct when *when,
			 const struct when *between)
{
	if (!between->open_lo &&
	    (!c->has_lo || between->lo - when->hi > c->lo)) {
		c->lo = between->lo - when->hi;
		c->has_lo = true;
	}
	if (!between->open_hi &&
	    (!c->has_hi || between->hi - when->lo < c->hi)) {
		c->hi = between->hi - when->lo;
		c->has_hi = true;
	}
}

/* From the first to the last of them a clock may run away from another. */
static void learn_extent(struct clock_row *c, const struct when *when)
{
	if (!c->has_lo || when->lo < c->lo)
		c->lo = when->lo;
	if (!c->has_hi || when->hi > c->hi)
		c->hi = when->hi;
	c->has_lo = c->has_hi = true;
}

/* Ticks from one line that is kept to the next, narrow ones aside. */
static const int64_t SIGHT_EACH = (int64_t)1 << 33;

/* How fast ticks count may only be printed later: the lines are kept. */
static bool learn_sight(struct segment *seg, const struct event *e)
{
	const struct when *host = &e->when;
	int64_t width = host->hi - host->lo, tick = e->between.lo;

	if (host->open_lo || host->open_hi || e->replayed)
		return false;
	if (seg->sight_width && width >= seg->sight_width &&
	    tick >= seg->sight_tick && tick - seg->sight_tick < SIGHT_EACH)
		return false;
	if (!seg->sight_width || width < seg->sight_width)
		seg->sight_width = width;
	seg->sight_tick = tick;
	return true;
}

bool segment_learn(struct rows *r, const struct event *e)
{
	struct clock_row *c;

	if (e->when.clock == CLOCK_NONE)
		return false;
	c = segment_clock(r, e->when.clock);
	if (e->when.clock == CLOCK_XEN_RAW)
		learn_extent(c, &e->when);
	else if (e->between.clock == CLOCK_HOST)
		learn_bounds(c, &e->when, &e->between);
	else if (e->between.clock == CLOCK_XEN_RAW)
		return learn_sight(&r->segment, e);
	return false;
}

/* Lines from a banner to early lines that were put below it, at most. */
enum { PUT_TOGETHER = 64 };

/*
 * What no machine prints before its banner: somebody put lines of one boot
 * together in another order, and the memory map belongs to the banner above.
 */
static bool is_no_early_line(const struct event *e)
{
	const struct str into = e->message->into;

	return e->speaker == SPEAKER_HOST ||
	       !(into.n == 0 || str_eq(into, STR("note")) ||
		 str_eq(into, STR("memory_range")));
}

/* A machine that was reset right behind its banner: the next one's lines. */
static void give_early_lines(struct rows *r)
{
	uint32_t below = r->segment.below;
	int64_t old = r->segment.id;
	struct str sql = arena_printf(r->row, "UPDATE OR IGNORE \"%%w\" SET "
		"segment = %%lld WHERE segment = %%lld AND line >= %u;",
		(unsigned)below);

	segment_end(r);
	segment_start(r, below, "xen-banner");
	rows_each_table(r->store, sql.p, r->segment.id, old);
}

void segment_turn(struct rows *r, const struct event *e)
{
	struct segment *seg = &r->segment;
	bool host = e->speaker == SPEAKER_HOST || e->speaker == SPEAKER_UNKNOWN;
	bool own = !e->replayed && e->speaker < 0;

	if (own && seg->early && !seg->banner && r->before.banner &&
	    is_no_early_line(e))
		segment_take_back(r);
	if (own && seg->banner && is_no_early_line(e))
		seg->started = true;
	if (own && e->message->means == MEANS_BOOT_EARLY && seg->banner &&
	    !seg->started && e->where.line - seg->banner_line <= PUT_TOGETHER) {
		if (!seg->below)
			seg->below = e->where.line;
	} else if (own && e->message->means == MEANS_BOOT_EARLY && !seg->early) {
		/* Memory is listed before the banner (arch/arm/setup.c). */
		if (seg->rows) {
			struct segment before = *seg;

			segment_end(r);
			segment_start(r, e->where.line, "xen-banner");
			r->before = before;
		}
		seg->early = true;
	} else if (own && e->message->means == MEANS_BOOT_START) {
		if (seg->below && !seg->started)
			give_early_lines(r);
		else if (!seg->early) {
			segment_end(r);
			segment_start(r, e->where.line, "xen-banner");
		}
		seg->early = false;
		seg->banner = true;
		seg->started = false;
		seg->banner_line = e->where.line;
		r->before.id = 0;
	} else if (own && host && !seg->xen && !seg->kernel_early &&
		   e->message->means == MEANS_KERNEL_EARLY) {
		if (seg->rows) {
			segment_end(r);
			segment_start(r, e->where.line, "linux-banner");
		}
		seg->kernel_early = true;
	} else if (own && host && e->message->means == MEANS_KERNEL_START) {
		if (seg->kernel_early) {
			seg->kernel_early = false;
		} else if (!seg->xen) {
			segment_end(r);
			segment_start(r, e->where.line, "linux-banner");
		} else if (seg->kernels) {
			/* Another kernel under the same Xen: its clock is new. */
			segment_end(r);
			seg->clocks[CLOCK_HOST] = (struct clock_row){ 0 };
			seg->clocks[CLOCK_TRACE] = (struct clock_row){ 0 };
			seg->clocks[CLOCK_TRACE_OTHER] = (struct clock_row){ 0 };
			seg->clocks[CLOCK_TRACE_PERF] = (struct clock_row){ 0 };
		}
		seg->kernels++;
	}
	if (e->speaker == SPEAKER_XEN && e->trust != TRUST_GUEST)
		seg->xen = 1;
}

void segment_take_back(struct rows *r)
{
	struct segment early = r->segment;

	if (!early.early || !r->before.id)
		return;
	segment_end(r);
	rows_each_table(r->store, "UPDATE OR IGNORE \"%w\" SET segment = "
			"%lld WHERE segment = %lld;", r->before.id, early.id);
	/* A fact that stands there already. */
	rows_each_table(r->store, "DELETE FROM \"%w\" WHERE segment = %lld "
			"AND %lld;", early.id, 1);
	store_run(r->store, arena_printf(r->store->arena, "UPDATE clock SET "
		"segment = %lld WHERE segment = %lld; DELETE FROM segment "
		"WHERE id = %lld", (long long)r->before.id,
		(long long)early.id, (long long)early.id), "take a boot back");
	r->segment = r->before;
	r->segment.rows += early.rows;
	r->before.id = 0;
}

/* Spans and dumps of a frame against the time of a fault. */

#include <stdlib.h>

#include "analyzer/store/blind.h"
#include "analyzer/store/grants.h"
#include "analyzer/store/inside.h"
#include "analyzer/store/page.h"
#include "parsers/base/die.h"

/* Of spans that began before a fault this many are looked at, and the longest. */
enum { SPANS_MAX = 8 };

struct grants {
	struct page *page;
	struct query *snapshots, *enders;
	bool dumped;			/* there are snapshots */
	struct blind blind;
};

int64_t int_or(const struct query *q, int column, int64_t otherwise)
{
	return query_is_null(q, column) ? otherwise : query_int(q, column);
}

static void keep_better(struct finding *best, const struct finding *other)
{
	if (other->rank > best->rank)
		*best = *other;
}

static void judge_span(struct grants *g, const struct granted *s,
		       const struct fault *f, struct finding *best)
{
	bool begun = s->map_hi != NEVER && f->lo >= plus(s->map_hi, SLACK_NS);
	/* Without an end it was seen up to the end of the trace. */
	int64_t end_lo = s->ends ? s->end_lo
				 : blind_seen_to(&g->blind, f->boot);
	struct finding found = {
		.ref = s->ref, .domain = s->domain, .mapper = s->mapper,
		.flags = s->flags, .capture = s->capture, .line = s->line,
		.end_what = !s->ends ? NULL : s->reused ? "reuse" : "unmap",
		.end_capture = s->end_capture, .end_line = s->end_line,
		.has_distance = true, .since = s->map_lo,
	};

	if (s->map_lo != EVER && f->hi <= minus(s->map_lo, SLACK_NS)) {
		found.since = EVER;
		/* It may have been granted since before the trace, too. */
		found.rank = LATER_POSSIBLE;
	} else if (s->ends && s->end_hi != NEVER &&
		   f->lo >= plus(s->end_hi, SLACK_NS)) {
		found.since = end_lo;
		/* It may be granted once more, unseen; or twice at once. */
		found.rank = !s->reused && blind_covers(&g->blind, f) &&
			     !blind_may_miss(&g->blind, f, MAPS, s->map_lo)
			? ENDED_CERTAIN : ENDED_POSSIBLE;
	} else if (begun && !s->reused && f->hi != NEVER && end_lo != EVER &&
		   f->hi <= minus(end_lo, SLACK_NS) &&
		   !blind_may_miss(&g->blind, f, UNMAPS, s->map_lo)) {
		found.rank = LIVE_CERTAIN;
	} else {
		found.rank = LIVE_POSSIBLE;
	}
	keep_better(best, &found);
}

/*
 * Those that began before the fault, the latest first, as long as an earlier
 * one may still be live: only such a one can be live for certain.
 */
static void judge_earlier(struct grants *g, const struct fault *f,
			  struct finding *best)
{
	int64_t from = minus(f->lo, SLACK_NS);
	size_t number = page_begun(g->page, from);
	const struct granted *s = NULL;

	for (int n = 0; n < SPANS_MAX && number > 0; n++) {
		s = page_item(g->page, --number);
		if (!s)
			return;
		judge_span(g, s, f, best);
		/* Of those without a time one is like the other. */
		if (best->rank == LIVE_CERTAIN || s->map_lo == EVER ||
		    s->before < from)
			return;
	}
	s = s && number ? page_item(g->page, s->longest) : NULL;
	if (s)
		judge_span(g, s, f, best);
}

/*
 * However many spans the page has, and however many of them the time of the
 * fault may fall into: the last one, and those that may cover it all.
 */
static void judge_spans(struct grants *g, const struct fault *f,
			struct finding *best)
{
	int64_t bound = f->hi == NEVER ? NEVER : plus(f->hi, SLACK_NS);
	const struct granted *last, *next;
	size_t number;

	page_load(g->page, f, bound);
	number = page_begun(g->page, bound);
	last = number ? page_item(g->page, number - 1) : NULL;
	next = page_item(g->page, number);
	if (last)
		judge_span(g, last, f, best);
	else if (next)
		judge_span(g, next, f, best);
	if (last && best->rank != LIVE_CERTAIN)
		judge_earlier(g, f, best);
}

/* The first thing between the dump and the fault that ends the grant. */
static void judge_enders(struct grants *g, const struct fault *f,
			 const struct query *snapshot, struct finding *found)
{
	struct query *q = g->enders;
	int64_t from = int_or(snapshot, 6, EVER);
	bool seen = blind_covers(&g->blind, f) &&
		    !blind_may_miss(&g->blind, f, MAPS, from);

	query_bind_int(q, 1, found->capture);
	query_bind_int(q, 2, found->line);
	query_bind_int(q, 3, f->line);
	query_bind_int(q, 4, found->domain);
	query_bind_int(q, 5, f->page);
	query_bind_int(q, 6, f->boot);
	query_bind_int(q, 7, from);
	query_bind_int(q, 8, f->hi);
	query_bind_int(q, 9, f->lo);
	query_bind_int(q, 10, blind_may_miss(&g->blind, f, UNMAPS, from));
	while (query_row(q)) {
		struct str what = query_text(q, 0);
		bool certain = query_int(q, 3) && seen;
		int rank = str_eq(what, STR("gap")) ? LIVE_POSSIBLE
			 : certain ? ENDED_CERTAIN : ENDED_POSSIBLE;

		/* The one that says most against the grant counts. */
		if (found->rank != LIVE_CERTAIN && rank >= (int)found->rank)
			continue;
		found->rank = rank;
		found->end_what = str_eq(what, STR("gap")) ? "gap"
			: str_eq(what, STR("domain")) ? "domain"
			: str_eq(what, STR("dump")) ? "dump" : "unmap";
		found->end_capture = query_int(q, 1);
		found->end_line = query_int(q, 2);
	}
	query_reset(q);
}

static void judge_snapshot(struct grants *g, const struct fault *f,
			   struct finding *best)
{
	const struct query *q = g->snapshots;
	int64_t lo = int_or(q, 6, EVER), hi = int_or(q, 7, NEVER);
	struct finding found = {
		.dump = true, .ref = query_int(q, 0),
		.domain = int_or(q, 1, -1), .mapper = query_int(q, 2),
		.flags = query_int(q, 3), .capture = query_int(q, 4),
		.line = query_int(q, 5), .since = lo,
	};
	bool ordered = f->in_order && !query_int(q, 8) &&
		       found.capture == f->capture;
	bool before = ordered ? found.line < f->line
		    : hi != NEVER && f->lo != EVER && hi <= f->lo;
	bool after = ordered ? !before
		   : lo != EVER && f->hi != NEVER && f->hi <= lo;

	if (before) {
		found.has_distance = lo != EVER && f->hi != NEVER;
		found.distance = found.has_distance ? minus(f->hi, lo) : 0;
	} else if (after) {
		found.has_distance = f->lo != EVER && hi != NEVER;
		found.distance = found.has_distance ? minus(hi, f->lo) : 0;
	}
	found.rank = before ? LIVE_CERTAIN : LIVE_POSSIBLE;
	if (before)
		judge_enders(g, f, q, &found);
	keep_better(best, &found);
}

static void judge_snapshots(struct grants *g, const struct fault *f,
			    struct finding *best)
{
	query_bind_int(g->snapshots, 1, f->boot);
	query_bind_int(g->snapshots, 2, f->page);
	while (query_row(g->snapshots))
		judge_snapshot(g, f, best);
	query_reset(g->snapshots);
}

struct finding grants_find(struct grants *g, const struct fault *f)
{
	struct finding best = { .rank = NOTHING, .since = EVER };

	judge_spans(g, f, &best);
	if (g->dumped)
		judge_snapshots(g, f, &best);
	best.unshown = blind_count(&g->blind, f, &best);
	return best;
}

/*
 * What lies between a dump and a fault: ?1 capture, ?2 line of the dump's row,
 * ?3 line of the fault, ?4 granting domain, ?5 frame, ?6 boot, ?7 earliest
 * instant of the dump, ?8 latest and ?9 earliest of the fault (base clock, ns),
 * ?10 whether an unmap may be missing.  A domain that ends, or a dump without
 * the grant, may be followed by another grant of the frame: only an unmap in a
 * trace is certain.
 */
static const char enders_sql[] =
	"SELECT 'gap', capture, line, 0 FROM loss "
	" WHERE capture = ?1 AND line > ?2 AND line < ?3 AND trust <> 'guest' "
	"UNION ALL "
	"SELECT 'domain', capture, line, 0 FROM v_domain_end "
	" WHERE domain = ?4 AND boot = ?6 AND CASE capture WHEN ?1 "
	"       THEN line > ?2 AND line < ?3 "
	"       ELSE ifnull(base_hi, ?7) >= ?7 AND ifnull(base_lo, ?8) <= ?8 END "
	"UNION ALL "
	"SELECT 'dump', capture, line, 0 FROM v_grant_dump AS d "
	" WHERE capture = ?1 AND line > ?2 AND last < ?3 "
	"   AND NOT EXISTS (SELECT 1 FROM grant_snapshot AS s "
	"        WHERE s.capture = d.capture AND s.frame = ?5 "
	"          AND s.line BETWEEN d.line AND d.last) "
	"UNION ALL "
	"SELECT 'unmap', e.capture, e.line, NOT j.reused AND "
	"       ifnull(j.end_lo >= ?7 AND j.end_hi + 1000000 <= ?9, 0) "
	"  FROM (SELECT * FROM join_span WHERE boot = ?6 AND frame = ?5 "
	"           AND end_op IS NOT NULL AND ifnull(end_hi, ?7) >= ?7 "
	"           AND ifnull(end_lo, ?8) <= ?8 LIMIT 256) AS j "
	"  JOIN grant_op AS e ON e.id = j.end_op "
	"UNION ALL "
	"SELECT 'unmap', ?1, ?2, 0 WHERE ?10 "
	"UNION ALL "
	/* Of a grant that was mapped before the trace began: of any page. */
	"SELECT 'unmap', e.capture, e.line, 0 FROM (SELECT op FROM left_end "
	"         WHERE boot = ?6 AND lo <= ?8 AND hi >= ?7 LIMIT 1) AS j "
	"  JOIN grant_op AS e ON e.id = j.op";

/* For dumps: pages that a fault hit, and the ends of their spans. */
static const char tables_sql[] =
	"CREATE TEMP TABLE IF NOT EXISTS fault_page (boot INTEGER, "
	"  page INTEGER, PRIMARY KEY (boot, page)) WITHOUT ROWID;"
	"CREATE TEMP TABLE IF NOT EXISTS join_span (boot INTEGER, "
	"  frame INTEGER, end_lo INTEGER, end_hi INTEGER, reused INTEGER, "
	"  end_op INTEGER);"
	"DROP INDEX IF EXISTS temp.join_span_frame;"
	"CREATE TEMP TABLE IF NOT EXISTS left_end (boot INTEGER, lo INTEGER, "
	"  hi INTEGER, op INTEGER);"
	"DROP INDEX IF EXISTS temp.left_end_time;"
	"DELETE FROM fault_page; DELETE FROM join_span; DELETE FROM left_end;"
	"INSERT OR IGNORE INTO fault_page SELECT boot, page FROM v_join_fault;"
	"INSERT INTO join_span "
	"  SELECT i.boot, i.frame, e.t_lo + x.offset_lo, e.t_hi + x.offset_hi, "
	"         i.state = 'reused', i.end_op "
	"    FROM grant_interval AS i "
	"   CROSS JOIN fault_page AS p "
	"      ON p.boot = i.boot AND p.page = i.frame "
	"   CROSS JOIN grant_op AS e ON e.id = i.end_op "
	"    LEFT JOIN clock AS x ON x.id = e.clock "
	"   WHERE i.state <> 'unknown' AND i.map_op IS NOT NULL;"
	"CREATE INDEX temp.join_span_frame ON join_span (boot, frame);"
	"INSERT INTO left_end "
	"  SELECT i.boot, e.t_lo + x.offset_lo, e.t_hi + x.offset_hi, e.id "
	"    FROM grant_interval AS i JOIN grant_op AS e ON e.id = i.end_op "
	"    JOIN clock AS x ON x.id = e.clock AND x.offset_lo IS NOT NULL "
	"   WHERE i.state = 'left' AND i.frame IS NULL;"
	"CREATE INDEX temp.left_end_time ON left_end (boot, hi, lo, op)";

struct grants *grants_open(struct store *s, struct page *page)
{
	struct grants *g = calloc(1, sizeof(*g));

	if (!g)
		die("out of memory");
	g->page = page;
	blind_open(&g->blind, s);
	g->dumped = query_any(s, "SELECT 1 FROM grant_snapshot LIMIT 1");
	if (!g->dumped)
		return g;
	store_run(s, str_from(tables_sql), "join faults");
	g->snapshots = query_must(s, "SELECT * FROM v_join_snapshot "
				     "WHERE boot = ?1 AND frame = ?2");
	g->enders = query_must(s, enders_sql);
	return g;
}

void grants_close(struct grants *g)
{
	blind_close(&g->blind);
	query_close(g->snapshots);
	query_close(g->enders);
	free(g);
}

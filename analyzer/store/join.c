/*
 * One pass that finds, for each fault, whose frame it hit and whether that
 * frame was granted at that moment.  The result is a row of fault_join; causes
 * only read it.
 *
 * A grant is known from a trace (mapped here, unmapped there: grant_span) or
 * from a dump of the tables (live at that line: grant_snapshot).  What is said
 * of it is certain only if it holds for every instant the spans allow.
 */

#include "analyzer/store/inside.h"
#include "analyzer/store/memory.h"
#include "analyzer/store/spans.h"

static const int64_t SLACK_NS = 1000000;	/* probes sit beside the hypercall */
static const int64_t NEVER = INT64_MAX, EVER = INT64_MIN;

/* What is known of the faulting frame's grant; the best of several counts. */
struct finding {
	enum {
		NOTHING, LATER, ENDED_POSSIBLE, ENDED_CERTAIN, LIVE_POSSIBLE,
		LIVE_CERTAIN,
	} rank;
	bool dump;
	int64_t ref, domain, mapper, flags, distance, capture, line;
	int64_t end_capture, end_line;
	const char *end_what;
	bool has_distance;
};

struct fault {
	int64_t id, boot, page, capture, line, lo, hi;
	bool in_order;			/* its place in the file says when */
};

static int64_t int_or(const struct query *q, int column, int64_t otherwise)
{
	return query_is_null(q, column) ? otherwise : query_int(q, column);
}

static int64_t minus(int64_t a, int64_t b)
{
	int64_t out;

	return __builtin_sub_overflow(a, b, &out) ? (b < 0 ? NEVER : EVER) : out;
}

static void keep_better(struct finding *best, const struct finding *other)
{
	if (other->rank > best->rank)
		*best = *other;
}

/* Was an unmap that the trace does not show possible between the two? */
static bool hidden_between(struct query *hidden, int64_t boot, int64_t lo,
			   int64_t hi)
{
	bool any;

	query_bind_int(hidden, 1, boot);
	query_bind_int(hidden, 2, lo);
	query_bind_int(hidden, 3, hi);
	any = query_next(hidden);
	query_reset(hidden);
	return any;
}

struct probes {
	struct query *spans, *hidden, *snapshots, *enders, *write;
};

static void judge_span(struct probes *p, const struct fault *f,
		       struct finding *best)
{
	const struct query *q = p->spans;
	int64_t map_lo = int_or(q, 0, EVER), map_hi = int_or(q, 1, NEVER);
	bool ends = !query_is_null(q, 2);
	int64_t end_lo = int_or(q, 3, EVER), end_hi = int_or(q, 4, NEVER);
	bool begun = map_hi != NEVER && f->lo >= map_hi + SLACK_NS;
	struct finding found = {
		.ref = int_or(q, 5, -1), .domain = int_or(q, 6, -1),
		.mapper = int_or(q, 7, -1), .flags = int_or(q, 8, -1),
		.capture = query_int(q, 9), .line = query_int(q, 10),
		.end_what = ends ? "unmap" : NULL,
		.end_capture = int_or(q, 11, 0), .end_line = int_or(q, 12, 0),
		.has_distance = true,
	};

	if (!ends)			/* seen up to the end of the trace */
		end_lo = int_or(q, 13, EVER);
	if (map_lo != EVER && f->hi <= map_lo - SLACK_NS)
		found.rank = LATER;
	else if (ends && end_hi != NEVER && f->lo >= end_hi + SLACK_NS)
		found.rank = ENDED_CERTAIN;
	else if (begun && f->hi != NEVER && end_lo != EVER &&
		 f->hi <= end_lo - SLACK_NS &&
		 !hidden_between(p->hidden, f->boot, map_lo, f->hi))
		found.rank = LIVE_CERTAIN;
	else
		found.rank = LIVE_POSSIBLE;
	keep_better(best, &found);
}

/* The first thing between the dump and the fault that ends the grant. */
static void judge_enders(struct probes *p, const struct fault *f,
			 const struct query *snapshot, struct finding *found)
{
	struct query *q = p->enders;

	query_bind_int(q, 1, found->capture);
	query_bind_int(q, 2, found->line);
	query_bind_int(q, 3, f->line);
	query_bind_int(q, 4, found->domain);
	query_bind_int(q, 5, f->page);
	query_bind_int(q, 6, f->boot);
	query_bind_int(q, 7, int_or(snapshot, 6, EVER));
	query_bind_int(q, 8, f->hi);
	query_bind_int(q, 9, f->lo);
	while (query_next(q)) {
		struct str what = query_text(q, 0);
		bool certain = query_int(q, 3);
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

static void judge_snapshot(struct probes *p, const struct fault *f,
			   struct finding *best)
{
	const struct query *q = p->snapshots;
	int64_t lo = int_or(q, 6, EVER), hi = int_or(q, 7, NEVER);
	struct finding found = {
		.dump = true, .ref = query_int(q, 0),
		.domain = int_or(q, 1, -1), .mapper = query_int(q, 2),
		.flags = query_int(q, 3), .capture = query_int(q, 4),
		.line = query_int(q, 5),
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
		judge_enders(p, f, q, &found);
	keep_better(best, &found);
}

static struct finding probe(struct probes *p, const struct fault *f)
{
	struct finding best = { .rank = NOTHING };

	query_bind_int(p->spans, 1, f->boot);
	query_bind_int(p->spans, 2, f->page);
	while (query_next(p->spans))
		judge_span(p, f, &best);
	query_reset(p->spans);
	query_bind_int(p->snapshots, 1, f->boot);
	query_bind_int(p->snapshots, 2, f->page);
	while (query_next(p->snapshots))
		judge_snapshot(p, f, &best);
	query_reset(p->snapshots);
	return best;
}

static void bind_known(struct query *q, int n, bool known, int64_t value)
{
	if (known)
		query_bind_int(q, n, value);
}

static void bind_word(struct query *q, int n, const char *word)
{
	if (word)
		query_bind_text(q, n, str_from(word));
}

static const char write_sql[] = "INSERT INTO fault_join (fault, "
	"frame_class, grant_state, relation, grant_why, grant_ref, "
	"grant_domain, grant_mapper, grant_flags, distance, capture, "
	"line, end_capture, end_line, end_what) VALUES (?1, ?2, ?3, ?4,"
	" ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";

static void write_finding(struct probes *p, const struct fault *f,
			  const char *frame_class, const struct finding *found)
{
	static const char *const states[] = {
		[LATER] = "later", [ENDED_POSSIBLE] = "ended",
		[ENDED_CERTAIN] = "ended", [LIVE_POSSIBLE] = "live",
		[LIVE_CERTAIN] = "live",
	};
	bool any = found->rank != NOTHING;
	bool certain = found->rank == ENDED_CERTAIN ||
		       found->rank == LIVE_CERTAIN || found->rank == LATER;
	struct query *q = p->write;

	query_clear(q);
	query_bind_int(q, 1, f->id);
	bind_word(q, 2, frame_class);
	bind_word(q, 3, any ? states[found->rank] : NULL);
	bind_word(q, 4, any ? (certain ? "certain" : "possible") : NULL);
	bind_word(q, 5, any ? (found->dump ? "dump" : "trace") : NULL);
	bind_known(q, 6, any && found->ref >= 0, found->ref);
	bind_known(q, 7, any && found->domain >= 0, found->domain);
	bind_known(q, 8, any && found->mapper >= 0, found->mapper);
	bind_known(q, 9, any && found->flags >= 0, found->flags);
	bind_known(q, 10, any && found->has_distance, found->distance);
	bind_known(q, 11, any, found->capture);
	bind_known(q, 12, any, found->line);
	bind_known(q, 13, any && found->end_what, found->end_capture);
	bind_known(q, 14, any && found->end_what, found->end_line);
	bind_word(q, 15, any ? found->end_what : NULL);
	query_run(q);
}

/*
 * What lies between a dump and a fault: ?1 capture, ?2 line of the dump's row,
 * ?3 line of the fault, ?4 granting domain, ?5 frame, ?6 boot, ?7 earliest
 * instant of the dump, ?8 latest and ?9 earliest of the fault (base clock, ns).
 * A domain that ends, or a dump without the grant, may be followed by another
 * grant of the frame: only an unmap in a trace is certain.
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
	"SELECT 'unmap', end_capture, end_line, "
	"       ifnull(end_lo >= ?7 AND end_hi + 1000000 <= ?9, 0) "
	"  FROM v_join_span "
	" WHERE boot = ?6 AND frame = ?5 AND end_op IS NOT NULL "
	"   AND ifnull(end_hi, ?7) >= ?7 AND ifnull(end_lo, ?8) <= ?8 "
	"UNION ALL "
	"SELECT 'unmap', ?1, ?2, 0 FROM grant_hidden "
	" WHERE boot = ?6 AND ifnull(hi, ?7) >= ?7 AND ifnull(lo, ?8) <= ?8";

/* Which devices bounced a page that is not dom0's own. */
static void join_bounces(struct store *s, const struct memory *memory)
{
	struct query *q = query_must(s, "SELECT boot, dev, dev_addr, capture, "
					"line FROM v_join_bounce");
	struct query *write = query_must(s, "INSERT INTO bounced_foreign (boot,"
		" dev, dev_addr, n, capture, line) VALUES (?1, ?2, ?3, 1, ?4, "
		"?5) ON CONFLICT DO UPDATE SET n = n + 1");

	while (query_next(q)) {
		const char *class = memory_class(memory, query_int(q, 0),
						 query_int(q, 2));

		if (!class || strcmp(class, "foreign") != 0)
			continue;
		query_bind_int(write, 1, query_int(q, 0));
		query_bind_text(write, 2, query_text(q, 1));
		query_bind_int(write, 3, query_int(q, 2));
		query_bind_int(write, 4, query_int(q, 3));
		query_bind_int(write, 5, query_int(q, 4));
		query_run(write);
	}
	query_close(q);
	query_close(write);
}

static void join_faults(struct store *s, const struct memory *memory)
{
	struct probes p = {
		.spans = query_must(s, "SELECT map_lo, map_hi, end_op, end_lo, "
			"end_hi, ref, domain, mapper, flags, capture, line, "
			"end_capture, end_line, trace_end FROM v_join_span "
			"WHERE boot = ?1 AND frame = ?2"),
		.hidden = query_must(s, "SELECT 1 FROM grant_hidden WHERE "
			"boot = ?1 AND ifnull(hi, ?2 + 1) > ?2 "
			"AND ifnull(lo, ?3) <= ?3 LIMIT 1"),
		.snapshots = query_must(s, "SELECT * FROM v_join_snapshot "
			"WHERE boot = ?1 AND frame = ?2"),
		.enders = query_must(s, enders_sql),
		.write = query_must(s, write_sql),
	};
	struct query *q = query_must(s, "SELECT * FROM v_join_fault");

	while (query_next(q)) {
		struct fault f = {
			.id = query_int(q, 0), .boot = query_int(q, 1),
			.page = query_int(q, 2), .capture = query_int(q, 3),
			.line = query_int(q, 4), .lo = int_or(q, 5, EVER),
			.hi = int_or(q, 6, NEVER), .in_order = !query_int(q, 7),
		};
		struct finding found = probe(&p, &f);
		const char *frame_class;

		frame_class = memory_class(memory, f.boot, query_int(q, 8));
		if (found.rank != NOTHING || frame_class)
			write_finding(&p, &f, frame_class, &found);
	}
	query_close(q);
	query_close(p.write);
	query_close(p.spans);
	query_close(p.hidden);
	query_close(p.snapshots);
	query_close(p.enders);
}

static bool any_row(struct store *s, const char *sql)
{
	struct query *q = query_must(s, sql);
	bool any = query_next(q);

	query_close(q);
	return any;
}

void join_settle(struct store *s)
{
	/* The tables first: most captures have no such row. */
	bool faults = any_row(s, "SELECT 1 FROM iommu_fault, boot_model") &&
		      any_row(s, "SELECT 1 FROM v_join_fault LIMIT 1");
	bool bounces = any_row(s, "SELECT 1 FROM dma_bounce, boot_model") &&
		       any_row(s, "SELECT 1 FROM v_join_bounce LIMIT 1");
	struct memory memory = { 0 };

	store_run(s, STR("DELETE FROM fault_join; DELETE FROM bounced_foreign"),
		  "join faults");
	if (faults || bounces)
		memory_load(&memory, s);
	if (bounces)
		join_bounces(s, &memory);
	if (faults) {
		spans_build(s);
		join_faults(s, &memory);
	}
	memory_free(&memory);
}

/*
 * One pass that finds, for each fault, whose frame it hit and whether that
 * frame was granted at that moment.  The result is a row of fault_join; causes
 * only read it.
 */

#include "analyzer/store/grants.h"
#include "analyzer/store/inside.h"
#include "analyzer/store/memory.h"
#include "analyzer/store/spans.h"

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

#define COLUMNS "fault, frame_class, grant_state, relation, grant_why, " \
	"grant_ref, grant_domain, grant_mapper, grant_flags, distance, " \
	"capture, line, end_capture, end_line, end_what, unshown"
#define WRITE(table) "INSERT INTO " table " (" COLUMNS ") VALUES (?1, ?2, " \
	"?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"
/* What is found page by page goes to its table in order, which costs less. */
static const char found_sql[] =
	"CREATE TEMP TABLE IF NOT EXISTS found (" COLUMNS ");"
	"DELETE FROM found";
static const char sort_sql[] =
	"INSERT INTO fault_join (" COLUMNS ") SELECT " COLUMNS
	"  FROM found ORDER BY fault; DELETE FROM found";

static void write_finding(struct query *q, const struct fault *f,
			  const char *frame_class, const struct finding *found)
{
	static const char *const states[] = {
		[LATER_POSSIBLE] = "later", [ENDED_POSSIBLE] = "ended",
		[ENDED_CERTAIN] = "ended", [LIVE_POSSIBLE] = "live",
		[LIVE_CERTAIN] = "live",
	};
	bool any = found->rank != NOTHING;
	bool certain = found->rank == ENDED_CERTAIN ||
		       found->rank == LIVE_CERTAIN;

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
	bind_known(q, 16, found->unshown, found->unshown);
	query_run(q);
}

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

static struct query *write_opened(struct store *s, bool granted)
{
	if (!granted)
		return query_must(s, WRITE("fault_join"));
	store_run(s, str_from(found_sql), "join faults");
	return query_must(s, WRITE("found"));
}

/* granted: there is a trace or a dump to look into. */
static void join_faults(struct store *s, const struct memory *memory,
			bool granted)
{
	struct grants *grants = granted ? grants_open(s) : NULL;
	struct query *write = write_opened(s, granted);
	/* Page by page, where there are grants: page.h. */
	struct query *q = query_must(s, granted
		? "SELECT * FROM v_join_fault ORDER BY boot, page, lo, id"
		: "SELECT * FROM v_join_fault");

	while (query_row(q)) {
		struct fault f = {
			.id = query_int(q, 0), .boot = query_int(q, 1),
			.page = query_int(q, 2), .capture = query_int(q, 3),
			.line = query_int(q, 4), .lo = int_or(q, 5, EVER),
			.hi = int_or(q, 6, NEVER), .in_order = !query_int(q, 7),
		};
		struct finding found = { .rank = NOTHING };
		const char *frame_class;

		if (granted)
			found = grants_find(grants, &f);
		frame_class = memory_class(memory, f.boot, query_int(q, 8));
		if (found.rank != NOTHING || frame_class || found.unshown)
			write_finding(write, &f, frame_class, &found);
	}
	query_close(q);
	query_close(write);
	if (!granted)
		return;
	grants_close(grants);
	store_run(s, str_from(sort_sql), "join faults");
}

/* Where the clock of a fault, or of a trace of its boot, was told. */
static void mark_told(struct store *s)
{
	if (!query_any(s, "SELECT 1 FROM clock WHERE joined_by = 'told'"))
		return;
	store_run(s, STR("WITH at AS ("
		"  SELECT g.boot, k.id FROM clock AS k "
		"    JOIN segment AS g ON g.id = k.segment "
		"   WHERE k.joined_by = 'told') "
		"UPDATE fault_join SET told = 1 "
		" WHERE grant_state IS NOT NULL AND EXISTS ("
		"  SELECT 1 FROM iommu_fault AS f "
		"    JOIN segment AS g ON g.id = f.segment "
		"    JOIN at ON at.boot = g.boot "
		"   WHERE f.id = fault_join.fault AND (at.id = f.clock OR EXISTS "
		"         (SELECT 1 FROM grant_op AS o WHERE o.clock = at.id) "
		"         OR EXISTS (SELECT 1 FROM grant_snapshot AS o "
		"                     WHERE o.clock = at.id)))"), "join faults");
}

void join_settle(struct store *s)
{
	/* The tables first: most captures have no such row. */
	bool faults = query_any(s, "SELECT 1 FROM iommu_fault, boot_model") &&
		      query_any(s, "SELECT 1 FROM v_join_fault LIMIT 1");
	bool bounces = query_any(s, "SELECT 1 FROM dma_bounce, boot_model") &&
		       query_any(s, "SELECT 1 FROM v_join_bounce LIMIT 1");
	bool traced = query_any(s, "SELECT 1 FROM grant_op "
				 "WHERE op IN ('map', 'unmap') LIMIT 1");
	bool granted = traced || (faults &&
		query_any(s, "SELECT 1 FROM grant_snapshot LIMIT 1"));
	/* What nobody can ask for is not made: no fault, and no database. */
	bool asked = faults || s->path || s->all ||
		query_any(s, "SELECT 1 FROM grant_op "
			     "WHERE op IN ('map', 'unmap') AND count > shown "
			     "LIMIT 1");
	struct memory memory = { 0 };

	store_run(s, STR("DELETE FROM fault_join; DELETE FROM bounced_foreign"),
		  "join faults");
	if (faults || bounces)
		memory_load(&memory, s);
	if (bounces)
		join_bounces(s, &memory);
	if (granted && asked)
		spans_settle(s);
	else
		store_run(s, STR("DELETE FROM grant_interval"), "join grants");
	if (faults)
		join_faults(s, &memory, granted);
	if (faults && granted)
		mark_told(s);
	memory_free(&memory);
}

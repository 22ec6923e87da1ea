/*
 * One pass that finds, for each fault, whose frame it hit and whether that
 * frame was granted at that moment.  The result is a row of fault_join; causes
 * only read it.
 */

#include "analyzer/store/batch.h"
#include "analyzer/store/grants.h"
#include "analyzer/store/inside.h"
#include "analyzer/store/memory.h"
#include "analyzer/store/sort.h"
#include "analyzer/store/spans.h"

#define COLUMNS "fault, frame_class, grant_state, relation, grant_why, " \
	"grant_ref, grant_domain, grant_mapper, grant_flags, distance, " \
	"capture, line, end_capture, end_line, end_what, unshown"

/* One of COLUMNS each; those of TEXTS are words, the others numbers. */
enum {
	FAULT, CLASS, STATE, RELATION, WHY, REF, DOMAIN, MAPPER, FLAGS,
	DISTANCE, CAPTURE, LINE, END_CAPTURE, END_LINE, END_WHAT, UNSHOWN,
	CELLS, KNOWN = CELLS, FOUND_WORDS,
};

/* Words of this program, which may be sorted as numbers. */
static int64_t number_of(const char *word)
{
	return (int64_t)(intptr_t)word;
}

static bool is_word(int column)
{
	return (column >= CLASS && column <= WHY) || column == END_WHAT;
}

static void set(int64_t *row, int column, bool known, int64_t value)
{
	if (!known)
		return;
	row[column] = value;
	row[KNOWN] |= INT64_C(1) << column;
}

static void set_word(int64_t *row, int column, const char *word)
{
	set(row, column, word, number_of(word));
}

/* The row of fault_join, NULL where it is not KNOWN; false: there is none. */
static bool fill(int64_t *row, const struct fault *f, const char *frame_class,
		 const struct finding *found)
{
	static const char *const states[] = {
		[LATER_POSSIBLE] = "later", [ENDED_POSSIBLE] = "ended",
		[ENDED_CERTAIN] = "ended", [LIVE_POSSIBLE] = "live",
		[LIVE_CERTAIN] = "live",
	};
	bool any = found->rank != NOTHING;
	bool certain = found->rank == ENDED_CERTAIN ||
		       found->rank == LIVE_CERTAIN;

	memset(row, 0, FOUND_WORDS * sizeof(*row));
	set(row, FAULT, true, f->id);
	set_word(row, CLASS, frame_class);
	set(row, UNSHOWN, found->unshown, found->unshown);
	if (!any)
		return frame_class || found->unshown;
	set_word(row, STATE, states[found->rank]);
	set_word(row, RELATION, certain ? "certain" : "possible");
	set_word(row, WHY, found->dump ? "dump" : "trace");
	set(row, REF, found->ref >= 0, found->ref);
	set(row, DOMAIN, found->domain >= 0, found->domain);
	set(row, MAPPER, found->mapper >= 0, found->mapper);
	set(row, FLAGS, found->flags >= 0, found->flags);
	set(row, DISTANCE, found->has_distance, found->distance);
	set(row, CAPTURE, true, found->capture);
	set(row, LINE, true, found->line);
	set(row, END_CAPTURE, found->end_what, found->end_capture);
	set(row, END_LINE, found->end_what, found->end_line);
	set_word(row, END_WHAT, found->end_what);
	return true;
}

static void write_found(struct batch *to, const int64_t *row)
{
	struct cell *cells = batch_row(to);

	for (int i = 0; i < CELLS; i++)
		if (!(row[KNOWN] >> i & 1))
			continue;
		else if (is_word(i))
			cells[i].text = (const char *)(intptr_t)row[i];
		else
			cells[i] = cell_number(row[i]);
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

/* The faults as they are sorted: the first four are the key. */
enum {
	F_BOOT, F_PAGE, F_LO, F_ID, F_KEYS,
	F_HI = F_KEYS, F_CAPTURE, F_LINE, F_IN_ORDER, F_IOVA, F_WORDS,
};

static struct sort *sort_faults(struct store *s, struct page *page)
{
	struct sort *sort = sort_open(s, "sorted_faults", F_WORDS, F_KEYS);
	struct query *q = query_must(s, "SELECT * FROM v_join_fault");

	while (query_row(q)) {
		int64_t boot = query_int(q, 1), at = query_int(q, 2);

		page_hit(page, boot, at);
		sort_add(sort, (int64_t[F_WORDS]){
			[F_ID] = query_int(q, 0), [F_BOOT] = boot,
			[F_PAGE] = at, [F_CAPTURE] = query_int(q, 3),
			[F_LINE] = query_int(q, 4), [F_LO] = int_or(q, 5, EVER),
			[F_HI] = int_or(q, 6, NEVER),
			[F_IN_ORDER] = !query_int(q, 7),
			[F_IOVA] = query_int(q, 8),
		});
	}
	query_close(q);
	return sort;
}

/* Page by page, and what is found goes to its table in order. */
static void join_granted(struct store *s, const struct memory *memory,
			 struct sort *faults, struct page *page,
			 struct batch *write)
{
	struct grants *grants = grants_open(s, page);
	struct sort *found = sort_open(s, "sorted_found", FOUND_WORDS, 1);
	int64_t row[FOUND_WORDS];
	const int64_t *r;

	while ((r = sort_next(faults))) {
		struct fault f = {
			.id = r[F_ID], .boot = r[F_BOOT], .page = r[F_PAGE],
			.capture = r[F_CAPTURE], .line = r[F_LINE],
			.lo = r[F_LO], .hi = r[F_HI], .in_order = r[F_IN_ORDER],
		};
		struct finding one = grants_find(grants, &f);

		if (fill(row, &f, memory_class(memory, f.boot, r[F_IOVA]),
			 &one))
			sort_add(found, row);
	}
	while ((r = sort_next(found)))
		write_found(write, r);
	sort_close(found);
	grants_close(grants);
}

/* Where no grant is known of. */
static void join_ungranted(struct store *s, const struct memory *memory,
			   struct batch *write)
{
	struct query *q = query_must(s, "SELECT * FROM v_join_fault");
	const struct finding nothing = { .rank = NOTHING };
	int64_t row[FOUND_WORDS];

	while (query_row(q)) {
		struct fault f = { .id = query_int(q, 0) };

		if (fill(row, &f, memory_class(memory, query_int(q, 1),
					       query_int(q, 8)), &nothing))
			write_found(write, row);
	}
	query_close(q);
}

static void join_faults(struct store *s, const struct memory *memory,
			bool granted)
{
	struct batch *write = batch_open(s, "fault_join", COLUMNS, CELLS);
	struct page *page;
	struct sort *faults;

	if (granted) {
		page = page_open(s);
		faults = sort_faults(s, page);
		spans_settle(s, page);
		join_granted(s, memory, faults, page, write);
		sort_close(faults);
		page_close(page);
	} else {
		join_ungranted(s, memory, write);
	}
	batch_close(write);
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
	if (!granted || !asked)
		store_run(s, STR("DELETE FROM grant_interval"), "join grants");
	if (faults)
		join_faults(s, &memory, granted);
	else if (granted && asked)
		spans_settle(s, NULL);
	if (faults && granted)
		mark_told(s);
	memory_free(&memory);
}

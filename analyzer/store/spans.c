/*
 * Operations of a trace, in time, to spans: what is mapped is kept in a hash
 * by boot, mapper and handle until it is unmapped, so memory follows what is
 * live and not how long the trace is.
 */

#include "analyzer/store/inside.h"
#include "analyzer/store/spans.h"

enum { LIVE_MAX = 1 << 20 };

/* A mapping that a trace saw begin, kept until it ends. */
struct live {
	int64_t boot, mapper, handle;	/* the key */
	int64_t op;			/* grant_op.id of the map */
	bool used;
};

struct join {
	struct store *store;
	struct live *live;
	size_t nlive, room;
	struct query *begin_span, *end_span, *hidden;
};

static size_t live_slot(const struct join *j, int64_t boot, int64_t mapper,
			int64_t handle)
{
	uint64_t h = (uint64_t)handle * 0x9e3779b97f4a7c15u ^
		     (uint64_t)boot * 0xc2b2ae3d27d4eb4fu ^ (uint64_t)mapper;

	return (size_t)(h ^ h >> 29) & (j->room - 1);
}

/* The entry of that key, or the free one where it would go. */
static struct live *live_find(struct join *j, int64_t boot, int64_t mapper,
			      int64_t handle)
{
	size_t at = live_slot(j, boot, mapper, handle);

	while (j->live[at].used &&
	       !(j->live[at].boot == boot && j->live[at].mapper == mapper &&
		 j->live[at].handle == handle))
		at = (at + 1) & (j->room - 1);
	return &j->live[at];
}

static void live_grow(struct join *j)
{
	struct live *old = j->live;
	size_t old_room = j->room;

	j->room = old_room ? old_room * 2 : 1024;
	j->live = NULL;
	heap_grow(&j->live, &(size_t){ 0 }, j->room, sizeof(*j->live));
	memset(j->live, 0, j->room * sizeof(*j->live));
	for (size_t i = 0; i < old_room; i++)
		if (old[i].used)
			*live_find(j, old[i].boot, old[i].mapper,
				   old[i].handle) = old[i];
	heap_free(old);
}

/* Takes an entry out and closes the hole it leaves. */
static void live_remove(struct join *j, struct live *entry)
{
	size_t hole = (size_t)(entry - j->live), at = hole;

	j->nlive--;
	for (;;) {
		size_t home;

		j->live[hole].used = false;
		do {
			at = (at + 1) & (j->room - 1);
			if (!j->live[at].used)
				return;
			home = live_slot(j, j->live[at].boot,
					 j->live[at].mapper,
					 j->live[at].handle);
		} while (hole <= at ? hole < home && home <= at
				    : hole < home || home <= at);
		j->live[hole] = j->live[at];
		hole = at;
	}
}

/* A time of a row; one that is not known is no time 0. */
static void bind_time(struct query *to, int n, const struct query *row,
		      int column)
{
	if (query_is_null(row, column))
		query_bind_null(to, n);
	else
		query_bind_int(to, n, query_int(row, column));
}

/* Operations of the trace, in time, to spans from map to unmap. */
void spans_build(struct store *store)
{
	struct join join = { .store = store }, *j = &join;
	struct query *q;

	store_run(j->store, STR(
		"CREATE TEMP TABLE IF NOT EXISTS grant_span ("
		"  op INTEGER PRIMARY KEY, boot INTEGER, frame INTEGER, "
		"  map_lo INTEGER, map_hi INTEGER, end_op INTEGER, "
		"  end_lo INTEGER, end_hi INTEGER);"
		"CREATE TEMP TABLE IF NOT EXISTS grant_hidden ("
		"  boot INTEGER, lo INTEGER, hi INTEGER);"
		"CREATE TEMP TABLE IF NOT EXISTS trace_end ("
		"  boot INTEGER PRIMARY KEY, trace_end INTEGER);"
		"DELETE FROM trace_end;"
		"INSERT INTO trace_end SELECT boot, max(lo) FROM v_join_grant_op "
		"  GROUP BY boot;"
		"DELETE FROM grant_span; DELETE FROM grant_hidden;"
		/* Lost on one processor: since when, no other record tells. */
		"INSERT INTO grant_hidden SELECT g.boot, NULL,"
		"       l.t_hi + k.offset_hi FROM loss AS l "
		"  JOIN segment AS g ON g.id = l.segment "
		"  LEFT JOIN clock AS k ON k.id = l.clock "
		" WHERE l.what = 'trace' AND l.trust <> 'guest';"
		"CREATE TEMP VIEW IF NOT EXISTS v_join_span AS "
		"SELECT s.*, m.ref, m.domain, m.mapper, m.flags, m.capture, "
		"       m.line, e.capture AS end_capture, e.line AS end_line, "
		"       t.trace_end "
		"  FROM grant_span AS s JOIN trace_end AS t ON t.boot = s.boot "
		"  JOIN grant_op AS m ON m.id = s.op "
		"  LEFT JOIN grant_op AS e ON e.id = s.end_op"),
		"join grants");
	j->begin_span = query_must(j->store, "INSERT INTO grant_span (op, boot,"
		" frame, map_lo, map_hi) VALUES (?1, ?2, ?3, ?4, ?5)");
	j->end_span = query_must(j->store, "UPDATE grant_span SET end_op = ?2,"
		" end_lo = ?3, end_hi = ?4 WHERE op = ?1");
	j->hidden = query_must(j->store, "INSERT INTO grant_hidden "
					 "VALUES (?1, ?2, ?3)");
	/* op, boot, map?, mapper, handle, frame, lo, hi, ok?, hidden */
	q = query_must(j->store, "SELECT * FROM v_join_grant_op");
	live_grow(j);
	while (query_next(q)) {
		bool map = query_int(q, 2), fine = query_int(q, 8);
		struct live *entry;

		if (!map && query_int(q, 9) > 0) {
			query_bind_int(j->hidden, 1, query_int(q, 1));
			bind_time(j->hidden, 2, q, 6);
			bind_time(j->hidden, 3, q, 7);
			query_run(j->hidden);
		}
		if (!fine)
			continue;
		entry = live_find(j, query_int(q, 1), query_int(q, 3),
				  query_int(q, 4));
		if (map) {
			query_bind_int(j->begin_span, 1, query_int(q, 0));
			query_bind_int(j->begin_span, 2, query_int(q, 1));
			query_bind_int(j->begin_span, 3, query_int(q, 5));
			bind_time(j->begin_span, 4, q, 6);
			bind_time(j->begin_span, 5, q, 7);
			query_run(j->begin_span);
			j->nlive += !entry->used;
			*entry = (struct live){
				.boot = query_int(q, 1),
				.mapper = query_int(q, 3),
				.handle = query_int(q, 4),
				.op = query_int(q, 0), .used = true,
			};
			if (j->nlive * 2 > j->room && j->room < LIVE_MAX * 16)
				live_grow(j);
		} else if (entry->used) {
			query_bind_int(j->end_span, 1, entry->op);
			query_bind_int(j->end_span, 2, query_int(q, 0));
			bind_time(j->end_span, 3, q, 6);
			bind_time(j->end_span, 4, q, 7);
			query_run(j->end_span);
			live_remove(j, entry);
		}
	}
	query_close(q);
	query_close(j->begin_span);
	query_close(j->end_span);
	query_close(j->hidden);
	heap_free(j->live);
	store_run(j->store, STR("CREATE INDEX IF NOT EXISTS temp.span_frame "
				"ON grant_span (boot, frame);"
				"CREATE INDEX IF NOT EXISTS temp.hidden_time "
				"ON grant_hidden (boot, hi)"), "join grants");
}

/* Captures: begun, ended, found again, replaced, and settled. */

#include "analyzer/store/rows.h"
#include "analyzer/store/same.h"
#include "parsers/base/escape.h"

void store_begin_call(struct store *s)
{
	struct query *q = query_must(s, "SELECT 1 + ifnull(max(call), 0) "
					"FROM capture");

	query_next(q);
	s->call = query_int(q, 0);
	query_close(q);
}

uint32_t store_begin_capture(struct store *s, struct str name)
{
	struct query *q = query_must(s, "INSERT INTO capture (call, name, "
		"digest) VALUES (?1, ?2, '')");
	struct arena *arena = arena_new();

	query_bind_int(q, 1, s->call);
	query_bind_text(q, 2, escape_text(arena, name));
	query_run(q);
	query_close(q);
	arena_free(arena);
	s->capture = (uint32_t)sqlite3_last_insert_rowid(s->db);
	for (unsigned i = 0; i < catalog_count(s->rows->catalog); i++)
		if (s->rows->inserts[i])
			s->rows->inserts[i]->kept = 0;
	segment_start(s->rows, 1, "file");
	return s->capture;
}

/* Output of xl dmesg alone, saved by the host: Xen said it all. */
static bool is_xl_dmesg(const struct tally *t)
{
	return t->xen_lines && !t->host_lines && t->bare_lf && !t->double_cr &&
	       t->torn == 0;
}

void store_end_capture(struct store *s, const struct tally *t,
		       const char *digest)
{
	const struct { const char *column; uint64_t value; } counts[] = {
		{ "bytes", t->bytes },		{ "lines", t->lines },
		{ "matched", t->matched },	{ "unmatched", t->unmatched },
		{ "damaged", t->damaged },	{ "replayed", t->replayed },
		{ "matched_bytes", t->matched_bytes },
		{ "unmatched_bytes", t->unmatched_bytes },
		{ "damaged_bytes", t->damaged_bytes },
		{ "replayed_bytes", t->replayed_bytes },
		{ "wrapped", t->wrapped },	{ "clipped", t->clipped },
		{ "torn", t->torn },		{ "bare_lf", t->bare_lf },
		{ "double_cr", t->double_cr },	{ "xen_lines", t->xen_lines },
		{ "host_lines", t->host_lines },
		{ "complete", t->complete },	{ "examined", t->examined },
		{ "unstamped", t->unstamped },
	};
	struct arena *arena = arena_new();
	struct str sql = STR("UPDATE capture SET digest = ?1");
	struct query *q;

	for (unsigned i = 0; i < sizeof(counts) / sizeof(*counts); i++)
		sql = arena_printf(arena, "%.*s, %s = %llu", STR_FMT(sql),
				   counts[i].column,
				   (unsigned long long)counts[i].value);
	q = query_must(s, arena_printf(arena, "%.*s WHERE id = %u",
				       STR_FMT(sql), s->capture).p);
	query_bind_text(q, 1, str_from(digest));
	query_run(q);
	query_close(q);
	segment_end(s->rows);
	s->rows->segment = (struct segment){ 0 };
	if (is_xl_dmesg(t)) {
		rows_each_table(s, "UPDATE \"%w\" SET trust = 'hypervisor' "
			"WHERE capture = %lld AND speaker = 'xen' "
			"AND trust = 'unknown' AND %lld;", s->capture, 1);
		store_run(s, arena_printf(arena, "UPDATE line_text SET trust "
			"= 'hypervisor' WHERE capture = %u AND speaker = 'xen'"
			" AND trust = 'unknown'", s->capture), "trust a capture");
	}
	arena_free(arena);
}

void store_cancel_capture(struct store *s)
{
	static const char *const forget[] = {
		"DELETE FROM unclaimed WHERE capture = ?1",
		"DELETE FROM segment WHERE capture = ?1",
		"DELETE FROM capture WHERE id = ?1",
	};

	for (unsigned i = 0; i < sizeof(forget) / sizeof(*forget); i++) {
		struct query *q = query_must(s, forget[i]);

		query_bind_int(q, 1, s->capture);
		query_run(q);
		query_close(q);
	}
	s->rows->segment = (struct segment){ 0 };
}

void store_input(struct store *s, struct str name, const char *form,
		 uint32_t capture, const char *why)
{
	struct query *q = query_must(s, "INSERT INTO input (call, name, form, "
		"capture, why) VALUES (?1, ?2, ?3, nullif(?4, 0), ?5)");

	query_bind_int(q, 1, s->call);
	query_bind_text(q, 2, name);
	query_bind_text(q, 3, str_from(form));
	query_bind_int(q, 4, capture);
	if (why)
		query_bind_text(q, 5, str_from(why));
	query_run(q);
	query_close(q);
}

void store_source(struct store *s, struct str image, uint64_t at,
		  struct str file, unsigned line)
{
	struct query *q = query_must(s, "INSERT OR REPLACE INTO source_line "
					"VALUES (?1, ?2, ?3, ?4)");

	query_bind_text(q, 1, image);
	query_bind_int(q, 2, (int64_t)at);
	query_bind_text(q, 3, file);
	query_bind_int(q, 4, line);
	query_run(q);
	query_close(q);
}

uint32_t store_find_capture(struct store *s, const char *digest)
{
	struct query *q = query_must(s, "SELECT id FROM capture WHERE "
		"digest = ?1 AND complete AND id <> ?2");
	uint32_t id;

	query_bind_text(q, 1, str_from(digest));
	query_bind_int(q, 2, s->capture);
	id = query_next(q) ? (uint32_t)query_int(q, 0) : 0;
	query_close(q);
	return id;
}

void store_sizes(struct store *s, struct str name,
		 void (*each)(void *arg, uint64_t bytes), void *arg)
{
	struct query *q = query_must(s, "SELECT bytes FROM capture WHERE "
		"name = ?1 AND bytes > 0 ORDER BY bytes DESC LIMIT 16");

	query_bind_text(q, 1, name);
	while (query_next(q))
		each(arg, (uint64_t)query_int(q, 0));
	query_close(q);
}

void store_drop_capture(struct store *s, uint32_t capture)
{
	struct query *tables = query_must(s, "SELECT m.name FROM "
		"sqlite_master AS m, pragma_table_info(m.name) AS c "
		"WHERE m.type = 'table' AND c.name = 'capture' "
		"AND m.name NOT IN ('boot')");
	struct arena *arena = arena_new();
	struct str all = { 0 };

	while (query_next(tables))
		all = arena_printf(arena, "%.*sDELETE FROM %.*s WHERE "
			"capture = %u;", STR_FMT(all),
			STR_FMT(query_text(tables, 0)), capture);
	query_close(tables);
	all = arena_printf(arena, "DELETE FROM clock WHERE segment IN "
		"(SELECT id FROM segment WHERE capture = %u);%.*s"
		"DELETE FROM capture WHERE id = %u", capture, STR_FMT(all),
		capture);
	store_run(s, all, "forget a capture");
	arena_free(arena);
}

void store_tell(struct store *s, struct str name, struct str value)
{
	struct query *q = query_must(s, "INSERT OR IGNORE INTO fact (capture, line, "
		"offset, segment, message, speaker, trust, replayed, name, "
		"value, told) SELECT 0, 0, 0, min(s.id), 0, 'user', 'user', 0, ?1, "
		"?2, 1 FROM segment AS s WHERE s.boot IS NOT NULL "
		"GROUP BY s.boot");

	query_bind_text(q, 1, name);
	query_bind_text(q, 2, value);
	query_run(q);
	query_close(q);
}

struct str store_names(struct store *s, struct arena *arena)
{
	struct query *q = query_must(s, "SELECT group_concat(name, ', ') FROM "
		"(SELECT DISTINCT name FROM capture ORDER BY id LIMIT 16)");
	struct str names = { 0 };

	if (query_row(q))
		names = arena_copy(arena, query_text(q, 0));
	query_close(q);
	return names;
}

unsigned store_tell_clock(struct store *s, struct str name, int64_t lo,
			  int64_t hi, bool forget)
{
	struct query *q = query_must(s, "SELECT name, name = ?1 FROM capture "
		"WHERE name = ?1 OR (length(name) > length(?1) AND "
		"substr(name, -length(?1) - 1) = '/' || ?1) "
		"GROUP BY name ORDER BY 2 DESC");
	struct query *write = query_must(s, forget
		? "DELETE FROM told_clock WHERE name = ?1"
		: "INSERT OR REPLACE INTO told_clock VALUES (?1, ?2, ?3)");
	struct str whole = { 0 };
	unsigned n = 0;

	query_bind_text(q, 1, name);
	while (query_row(q)) {
		if (n++ == 0)
			whole = arena_copy(s->arena, query_text(q, 0));
		if (query_int(q, 1))
			break;		/* no other is meant */
	}
	query_close(q);
	if (n == 1) {
		query_bind_text(write, 1, whole);
		if (!forget) {
			query_bind_int(write, 2, lo);
			query_bind_int(write, 3, hi);
		}
		query_run(write);
	}
	query_close(write);
	return n;
}

void store_replace_capture(struct store *s, uint32_t older, uint32_t newer)
{
	struct query *q = query_must(s, "UPDATE capture SET call = (SELECT "
		"o.call FROM capture AS o WHERE o.id = ?1) WHERE id = ?2");

	query_bind_int(q, 1, older);
	query_bind_int(q, 2, newer);
	query_run(q);
	query_close(q);
	store_drop_capture(s, older);
}

/*
 * xl dmesg beside the console it repeats: a capture of Xen's lines alone, each
 * of which stands in another capture of the call, is a replay of that one.
 */
static void drop_repeats(struct store *s)
{
	struct query *q = query_must(s,
		"SELECT a.id FROM capture AS a JOIN capture AS b "
		"    ON b.call = a.call AND b.id <> a.id AND b.host_lines > 0 "
		" WHERE a.call = ?1 AND a.host_lines = 0 AND a.xen_lines > 0 "
		"   AND a.double_cr = 0 AND a.matched <= 10000 "
		"   AND NOT EXISTS (SELECT 1 FROM line_text AS t "
		"        WHERE t.capture = a.id AND t.text NOT IN "
		"              (SELECT o.text FROM line_text AS o "
		"                WHERE o.capture = b.id)) LIMIT 1");
	int64_t id = 0;

	query_bind_int(q, 1, s->call);
	if (query_row(q))
		id = query_int(q, 0);
	query_close(q);
	if (!id)
		return;
	rows_each_table(s, "DELETE FROM \"%w\" WHERE capture = %lld AND %lld;",
			id, 1);
	store_run(s, arena_printf(s->arena, "UPDATE capture SET replayed = "
		"replayed + matched, matched = 0, xen_lines = 0 WHERE id = %lld;"
		"UPDATE segment SET rows = 0, xen = 0, starts = 'file' "
		"WHERE capture = %lld", (long long)id, (long long)id),
		"drop a replay");
	drop_repeats(s);
}

static bool is_alone(struct store *s)
{
	struct query *q = query_must(s, "SELECT count(*) < 2 FROM capture "
					"WHERE call = ?1");
	bool alone;

	query_bind_int(q, 1, s->call);
	alone = query_row(q) && query_int(q, 0);
	query_close(q);
	return alone;
}

void store_settle_boots(struct store *s)
{
	bool several = same_any(s);

	if (!is_alone(s))
		drop_repeats(s);
	if (several)
		same_find_boots(s);
	boots_settle(s);
	if (several)
		same_find_lines(s);
}

void store_settle(struct store *s)
{
	const struct data_file *f;

	for (f = data_next(s->data, "schema/settle/", ".sql", NULL); f;
	     f = data_next(s->data, "schema/settle/", ".sql", f))
		store_run_file(s, f);
	clocks_settle(s);
	join_settle(s);
}

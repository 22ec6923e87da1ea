/* Records to bytes, bytes to rows of a table, and back. */

#include <stdlib.h>
#include <string.h>

#include "analyzer/store/run.h"
#include "parsers/base/die.h"

enum {
	CHUNK = 4000,			/* bytes of a row, to fit in a page */
	RECORD_MAX = 4 + 10 * SORT_WORDS_MAX,
};

static size_t encode(unsigned char *out, const int64_t *record,
		     const int64_t *before, size_t words)
{
	size_t n = sizeof(uint32_t);
	uint32_t differs = 0;

	for (size_t i = 0; i < words; i++) {
		uint64_t by = (uint64_t)record[i] - (uint64_t)before[i];

		if (!by)
			continue;
		differs |= UINT32_C(1) << i;
		by = by >> 63 ? ~(by << 1) : by << 1;
		for (; by > 0x7f; by >>= 7)
			out[n++] = (unsigned char)(by | 0x80);
		out[n++] = (unsigned char)by;
	}
	memcpy(out, &differs, sizeof(differs));
	return n;
}

static size_t decode(const unsigned char *in, int64_t *record)
{
	size_t n = sizeof(uint32_t);
	uint32_t differs;

	memcpy(&differs, in, sizeof(differs));
	for (size_t i = 0; differs; i++, differs >>= 1) {
		uint64_t by = 0;
		int shift = 0;

		if (!(differs & 1))
			continue;
		for (; in[n] & 0x80; shift += 7)
			by |= (uint64_t)(in[n++] & 0x7f) << shift;
		by |= (uint64_t)in[n++] << shift;
		by = by & 1 ? ~(by >> 1) : by >> 1;
		record[i] = (int64_t)((uint64_t)record[i] + by);
	}
	return n;
}

/* %s in the format is the table, the number follows it. */
static struct str sql_of(const struct run_table *t, const char *format,
			 int64_t n)
{
	return arena_printf(t->arena, format, t->name, (long long)n);
}

static sqlite3_stmt *prepare(const struct run_table *t, const char *format)
{
	return rows_prepare(t->store, sql_of(t, format, 0));
}

static void run_sql(const struct run_table *t, const char *format, int64_t n)
{
	store_run(t->store, sql_of(t, format, n), "sort");
}

static void make_table(struct run_table *t)
{
	t->arena = arena_new();
	run_sql(t, "CREATE TEMP TABLE %s (id INTEGER PRIMARY KEY, bytes BLOB)",
		0);
	t->put = prepare(t, "INSERT INTO %s (bytes) VALUES (?1)");
	t->get = prepare(t, "SELECT bytes FROM %s WHERE id = ?1");
}

void run_table_drop(struct run_table *t, int64_t before)
{
	if (t->arena)
		run_sql(t, "DELETE FROM %s WHERE id < %lld", before);
}

void run_table_close(struct run_table *t)
{
	if (!t->arena)
		return;
	sqlite3_finalize(t->put);
	sqlite3_finalize(t->get);
	run_sql(t, "DROP TABLE %s", 0);
	arena_free(t->arena);
}

struct run run_new(struct run_table *t)
{
	struct run r = { .bytes = calloc(1, CHUNK + RECORD_MAX) };

	if (!r.bytes)
		die("out of memory");
	if (!t->arena)
		make_table(t);
	return r;
}

void run_end(struct run_table *t, struct run *r)
{
	if (!r->n)
		return;
	sqlite3_bind_blob(t->put, 1, r->bytes, (int)r->n, SQLITE_STATIC);
	rows_step(t->store, t->put);
	r->last = sqlite3_last_insert_rowid(t->store->db);
	if (!r->first)
		r->first = r->last;
	r->n = 0;
	memset(r->now, 0, sizeof(r->now));
}

void run_put(struct run_table *t, struct run *r, const int64_t *record)
{
	if (r->n + RECORD_MAX > CHUNK)
		run_end(t, r);
	r->n += encode(r->bytes + r->n, record, r->now, t->words);
	memcpy(r->now, record, t->words * sizeof(*record));
}

static void next_row(struct run_table *t, struct run *r)
{
	sqlite3_bind_int64(t->get, 1, r->first++);
	if (sqlite3_step(t->get) != SQLITE_ROW)
		store_die(t->store, "sort");
	r->n = (size_t)sqlite3_column_bytes(t->get, 0);
	if (r->n > CHUNK)
		die("a sorted run is damaged");
	memcpy(r->bytes, sqlite3_column_blob(t->get, 0), r->n);
	sqlite3_reset(t->get);
	r->at = 0;
	memset(r->now, 0, sizeof(r->now));
}

bool run_get(struct run_table *t, struct run *r)
{
	if (r->at >= r->n) {
		if (!r->first || r->first > r->last)
			return false;
		next_row(t, r);
	}
	r->at += decode(r->bytes + r->at, r->now);
	return true;
}

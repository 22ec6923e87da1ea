#define _POSIX_C_SOURCE 200809L
/* Statements: prepared, bound, stepped and read. */

#include <stdlib.h>
#include <time.h>

#include "analyzer/store/inside.h"
#include "parsers/base/die.h"

enum { GUARD_STEPS = 20000, GUARD_ROW_BYTES = 16 << 20 };

struct query {
	struct store *store;
	sqlite3_stmt *statement;
	int code;
};

/* Blanks and comments may follow a statement, a second one may not. */
static bool nothing_more(struct store *s, struct str rest)
{
	sqlite3_stmt *more = NULL;
	int code;

	if (!rest.n)
		return true;
	code = sqlite3_prepare_v2(s->db, rest.p, (int)rest.n, &more, NULL);
	sqlite3_finalize(more);
	return code == SQLITE_OK && !more;
}

struct query *query_open(struct store *s, struct str sql, const char **error)
{
	struct query *q = calloc(1, sizeof(*q));
	const char *tail = sql.p;

	if (!q)
		die("out of memory");
	schema_want(s, sql);
	q->store = s;
	q->code = sqlite3_prepare_v2(s->db, sql.p, (int)sql.n, &q->statement,
				     &tail);
	if (q->code != SQLITE_OK)
		*error = sqlite3_errmsg(s->db);
	else if (!q->statement)
		*error = "no statement";
	else if (!nothing_more(s, str_skip(sql, (size_t)(tail - sql.p))))
		*error = "more than one statement";
	else
		return q;
	sqlite3_finalize(q->statement);
	free(q);
	return NULL;
}

ptrdiff_t query_error_at(const struct store *s)
{
#if SQLITE_VERSION_NUMBER >= 3038000
	return sqlite3_error_offset(s->db);
#else
	(void)s;
	return -1;
#endif
}

struct query *query_must(struct store *s, const char *sql)
{
	const char *error;
	struct query *q = query_open(s, str_from(sql), &error);

	if (!q)
		die("%s\n  in: %s", error, sql);
	return q;
}

void query_bind_int(struct query *q, int number, int64_t value)
{
	sqlite3_bind_int64(q->statement, number, value);
}

void query_bind_null(struct query *q, int number)
{
	sqlite3_bind_null(q->statement, number);
}

void query_bind_text(struct query *q, int number, struct str value)
{
	sqlite3_bind_text(q->statement, number, value.p, (int)value.n,
			  SQLITE_TRANSIENT);
}

bool query_next(struct query *q)
{
	q->code = sqlite3_step(q->statement);
	return q->code == SQLITE_ROW;
}

const char *query_error(const struct query *q)
{
	if (q->code == SQLITE_ROW || q->code == SQLITE_DONE ||
	    q->code == SQLITE_OK)
		return NULL;
	if (q->code == SQLITE_INTERRUPT)
		return "stopped: it took too long (--timeout SECONDS)";
	return sqlite3_errmsg(q->store->db);
}

bool query_row(struct query *q)
{
	if (query_next(q))
		return true;
	if (query_error(q))
		store_die(q->store, "read on");
	return false;
}

void query_reset(struct query *q)
{
	sqlite3_reset(q->statement);
}

void query_clear(struct query *q)
{
	sqlite3_clear_bindings(q->statement);
}

void query_close(struct query *q)
{
	if (!q)
		return;
	sqlite3_finalize(q->statement);
	free(q);
}

int query_columns(const struct query *q)
{
	return sqlite3_column_count(q->statement);
}

const char *query_name(const struct query *q, int column)
{
	return sqlite3_column_name(q->statement, column);
}

bool query_is_null(const struct query *q, int column)
{
	return sqlite3_column_type(q->statement, column) == SQLITE_NULL;
}

bool query_is_number(const struct query *q, int column)
{
	int type = sqlite3_column_type(q->statement, column);

	return type == SQLITE_INTEGER || type == SQLITE_FLOAT;
}

int64_t query_int(const struct query *q, int column)
{
	return sqlite3_column_int64(q->statement, column);
}

struct str query_text(const struct query *q, int column)
{
	const char *p = (const char *)sqlite3_column_text(q->statement, column);

	return (struct str){
		p ? p : "", (size_t)sqlite3_column_bytes(q->statement, column),
	};
}

void query_run(struct query *q)
{
	while (query_next(q))
		;
	if (query_error(q))
		store_die(q->store, "write");
	query_reset(q);
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int past_deadline(void *arg)
{
	return now_ms() > ((struct store *)arg)->deadline;
}

/* A stranger's statement may read, and nothing else. */
static int authorize(void *arg, int action, const char *a, const char *b,
		     const char *c, const char *d)
{
	(void)arg;
	(void)a;
	(void)c;
	(void)d;
	switch (action) {
	case SQLITE_SELECT: case SQLITE_READ: case SQLITE_RECURSIVE:
		return SQLITE_OK;
	case SQLITE_FUNCTION:
		return b && (strcmp(b, "load_extension") == 0 ||
			     strcmp(b, "writefile") == 0 ||
			     strcmp(b, "readfile") == 0)
		       ? SQLITE_DENY : SQLITE_OK;
	case SQLITE_PRAGMA:
		return a && (strcmp(a, "table_info") == 0 ||
			     strcmp(a, "table_xinfo") == 0 ||
			     strcmp(a, "table_list") == 0 ||
			     (strcmp(a, "user_version") == 0 && !b))
		       ? SQLITE_OK : SQLITE_DENY;
	}
	return SQLITE_DENY;
}

bool query_only_reads(const struct query *q)
{
	return sqlite3_stmt_readonly(q->statement);
}

void store_guard(struct store *s, unsigned milliseconds)
{
	s->deadline = now_ms() + milliseconds;
	sqlite3_progress_handler(s->db, GUARD_STEPS, past_deadline, s);
	sqlite3_limit(s->db, SQLITE_LIMIT_LENGTH, GUARD_ROW_BYTES);
	sqlite3_set_authorizer(s->db, authorize, s);
}

bool query_any(struct store *s, const char *sql)
{
	struct query *q = query_must(s, sql);
	bool any = query_next(q);

	query_close(q);
	return any;
}

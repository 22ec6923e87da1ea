/* The rows that were gathered are a table of SQLite's: INSERT ... SELECT. */

#include <stdlib.h>
#include <string.h>

#include "analyzer/store/batch.h"
#include "analyzer/store/inside.h"
#include "parsers/base/die.h"

enum { ROWS = 128 };

struct batch {
	struct store *store;
	sqlite3_stmt *insert;
	const char *name;		/* of the table of what was gathered */
	struct cell *cells;		/* ROWS rows of n */
	int n;
	size_t count;			/* rows */
};

struct cursor {
	sqlite3_vtab_cursor base;	/* first */
	const struct batch *batch;
	size_t at;
};

struct table {
	sqlite3_vtab base;		/* first */
	const struct batch *batch;
};

static int connect(sqlite3 *db, void *arg, int argc, const char *const *argv,
		   sqlite3_vtab **out, char **error)
{
	struct table *t = sqlite3_malloc(sizeof(*t));
	const struct batch *b = arg;
	sqlite3_str *sql = sqlite3_str_new(db);
	char *text;
	int code;

	(void)argc;
	(void)argv;
	(void)error;
	for (int i = 0; i < b->n; i++)
		sqlite3_str_appendf(sql, "%s%d", i ? ", c" :
				    "CREATE TABLE x (c", i);
	sqlite3_str_appendf(sql, ")");
	text = sqlite3_str_finish(sql);
	code = t && text ? sqlite3_declare_vtab(db, text) : SQLITE_NOMEM;
	sqlite3_free(text);
	if (code != SQLITE_OK) {
		sqlite3_free(t);
		return code;
	}
	*t = (struct table){ .batch = b };
	*out = &t->base;
	return SQLITE_OK;
}

static int disconnect(sqlite3_vtab *t)
{
	sqlite3_free(t);
	return SQLITE_OK;
}

static int plan(sqlite3_vtab *t, sqlite3_index_info *info)
{
	(void)t;
	info->estimatedCost = ROWS;
	info->estimatedRows = ROWS;
	return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *t, sqlite3_vtab_cursor **out)
{
	struct cursor *c = sqlite3_malloc(sizeof(*c));

	if (!c)
		return SQLITE_NOMEM;
	*c = (struct cursor){ .batch = ((struct table *)t)->batch };
	*out = &c->base;
	return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *c)
{
	sqlite3_free(c);
	return SQLITE_OK;
}

static int to_first(sqlite3_vtab_cursor *c, int n, const char *s, int argc,
		    sqlite3_value **argv)
{
	(void)n;
	(void)s;
	(void)argc;
	(void)argv;
	((struct cursor *)c)->at = 0;
	return SQLITE_OK;
}

static int to_next(sqlite3_vtab_cursor *c)
{
	((struct cursor *)c)->at++;
	return SQLITE_OK;
}

static int at_end(sqlite3_vtab_cursor *base)
{
	const struct cursor *c = (const struct cursor *)base;

	return c->at >= c->batch->count;
}

static int give(sqlite3_vtab_cursor *base, sqlite3_context *to, int column)
{
	const struct cursor *c = (const struct cursor *)base;
	const struct batch *b = c->batch;
	const struct cell *cell = &b->cells[c->at * (size_t)b->n +
					    (size_t)column];

	if (cell->text)
		sqlite3_result_text(to, cell->text, -1, SQLITE_STATIC);
	else if (cell->known)
		sqlite3_result_int64(to, cell->number);
	return SQLITE_OK;
}

static int row_number(sqlite3_vtab_cursor *c, sqlite3_int64 *number)
{
	*number = (sqlite3_int64)((struct cursor *)c)->at;
	return SQLITE_OK;
}

static const sqlite3_module module = {
	.xConnect = connect, .xDisconnect = disconnect, .xBestIndex = plan,
	.xOpen = open_cursor, .xClose = close_cursor, .xFilter = to_first,
	.xNext = to_next, .xEof = at_end, .xColumn = give,
	.xRowid = row_number,
};

struct batch *batch_open(struct store *s, const char *table,
			 const char *columns, int n)
{
	struct batch *b = calloc(1, sizeof(*b));
	struct arena *arena = arena_new();
	struct str sql;

	if (b)
		b->cells = calloc((size_t)n * ROWS, sizeof(*b->cells));
	if (!b || !b->cells)
		die("out of memory");
	b->store = s;
	b->n = n;
	b->name = sqlite3_mprintf("gathered_%s", table);
	if (!b->name || sqlite3_create_module(s->db, b->name, &module, b)
			!= SQLITE_OK)
		store_die(s, "gather rows");
	sql = arena_printf(arena, "INSERT INTO %s (%s) SELECT * FROM %s", table,
			   columns, b->name);
	if (sqlite3_prepare_v3(s->db, sql.p, (int)sql.n,
			       SQLITE_PREPARE_PERSISTENT, &b->insert, NULL)
	    != SQLITE_OK)
		store_die(s, "gather rows");
	arena_free(arena);
	return b;
}

static void flush(struct batch *b)
{
	if (b->count && sqlite3_step(b->insert) != SQLITE_DONE)
		store_die(b->store, "store rows");
	sqlite3_reset(b->insert);
	b->count = 0;
}

struct cell *batch_row(struct batch *b)
{
	struct cell *row;

	if (b->count == ROWS)
		flush(b);
	row = &b->cells[b->count++ * (size_t)b->n];
	memset(row, 0, (size_t)b->n * sizeof(*row));
	return row;
}

void batch_drop(struct batch *b)
{
	b->count = 0;
}

void batch_close(struct batch *b)
{
	flush(b);
	sqlite3_finalize(b->insert);
	sqlite3_create_module(b->store->db, b->name, NULL, NULL);
	sqlite3_free((char *)b->name);
	free(b->cells);
	free(b);
}

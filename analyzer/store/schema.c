/* What a new database holds: tables, views, and the rows that come as text. */

#include "analyzer/store/inside.h"
#include "parsers/base/die.h"
#include "parsers/base/num.h"

/* A line "@event" stands for the columns that every event table starts with. */
static struct str expand(struct store *s, struct str sql, struct str columns)
{
	size_t room = sql.n + 1, n = 0;
	struct str rest = sql;
	char *out;

	columns = str_trim_end(columns);
	while (rest.n)
		room += str_eq(str_trim(str_split(&rest, '\n')), STR("@event"))
			? columns.n + 1 : 1;
	out = arena_alloc(s->arena, room);
	while (sql.n) {
		struct str line = str_split(&sql, '\n');

		if (str_eq(str_trim(line), STR("@event")))
			line = columns;
		if (line.n)
			memcpy(out + n, line.p, line.n);
		n += line.n;
		out[n++] = '\n';
	}
	return (struct str){ out, n };
}

static struct str header_end(struct str line)
{
	ptrdiff_t at = str_find_byte(line, '\t');

	return at < 0 ? line : str_head(line, (size_t)at);
}

/*
 * schema/decode/X.tsv and schema/facts/X.tsv: a header row names the columns;
 * the table's name is in the first comment line, "# table: name".
 */
static void load_rows(struct store *s, const struct data_file *file)
{
	struct str text = file->text, table = { 0 }, columns = { 0 };
	sqlite3_stmt *insert = NULL;
	int ncolumns = 0;

	while (text.n) {
		struct str line = str_split(&text, '\n');

		if (str_starts(line, STR("# table: "))) {
			table = str_trim(str_skip(line, 9));
			continue;
		}
		if (!line.n || line.p[0] == '#')
			continue;
		if (!columns.n) {
			struct str marks = STR("?"), rest = line;

			columns = line;
			ncolumns = 1;
			str_split(&rest, '\t');
			for (; rest.n; str_split(&rest, '\t'), ncolumns++)
				marks = arena_printf(s->arena, "%.*s,?",
						     STR_FMT(marks));
			rest = arena_copy(s->arena, columns);
			for (size_t i = 0; i < rest.n; i++)
				if (rest.p[i] == '\t')
					((char *)rest.p)[i] = ',';
			rest = arena_printf(s->arena,
				"INSERT INTO %.*s (%.*s) VALUES (%.*s)",
				STR_FMT(table), STR_FMT(rest), STR_FMT(marks));
			if (sqlite3_prepare_v2(s->db, rest.p, (int)rest.n,
					       &insert, NULL) != SQLITE_OK)
				die("%s: %s", file->name.p,
				    sqlite3_errmsg(s->db));
			continue;
		}
		for (int i = 1; i <= ncolumns; i++) {
			struct str cell = str_split(&line, '\t');
			int64_t number;

			if (!cell.n)
				sqlite3_bind_null(insert, i);
			else if (num_any(cell, &number))
				sqlite3_bind_int64(insert, i, number);
			else
				sqlite3_bind_text(insert, i, cell.p,
					(int)cell.n, SQLITE_STATIC);
		}
		if (sqlite3_step(insert) != SQLITE_DONE)
			die("%s: %.*s: %s", file->name.p,
			    STR_FMT(header_end(line)), sqlite3_errmsg(s->db));
		sqlite3_reset(insert);
	}
	sqlite3_finalize(insert);
}

static void load_schema(struct store *s, const struct data *data)
{
	struct str columns = data_find(data, "schema/tables/event.columns").text;
	const struct data_file *f;

	for (f = data_next(data, "schema/tables/", ".sql", NULL); f;
	     f = data_next(data, "schema/tables/", ".sql", f))
		store_run(s, expand(s, f->text, columns), f->name.p);
	for (f = data_next(data, "schema/decode/", ".tsv", NULL); f;
	     f = data_next(data, "schema/decode/", ".tsv", f))
		load_rows(s, f);
	for (f = data_next(data, "schema/facts/", ".tsv", NULL); f;
	     f = data_next(data, "schema/facts/", ".tsv", f))
		load_rows(s, f);
	for (f = data_next(data, "schema/views/", ".sql", NULL); f;
	     f = data_next(data, "schema/views/", ".sql", f))
		store_run(s, f->text, f->name.p);
}

void schema_create(struct store *s, const struct data *data)
{
	store_run(s, arena_printf(s->arena,
		"PRAGMA application_id = %d; PRAGMA user_version = %d",
		STORE_APPLICATION_ID, STORE_VERSION), "mark the database");
	load_schema(s, data);
	store_run(s, STR("INSERT INTO meta VALUES ('version', '" PACKAGE_VERSION
			 "')"), "mark the database");
}

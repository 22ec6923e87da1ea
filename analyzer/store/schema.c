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

/* Without comments, and one blank for many: a private database has no readers. */
static struct str bare(struct store *s, struct str sql)
{
	char *out = arena_alloc(s->arena, sql.n + 1);
	size_t n = 0;
	char quote = 0;

	for (size_t i = 0; i < sql.n; i++) {
		char c = sql.p[i];

		if (quote) {
			quote = c == quote ? 0 : quote;
		} else if (c == '\'' || c == '"') {
			quote = c;
		} else if (str_starts(str_skip(sql, i), STR("--"))) {
			while (i + 1 < sql.n && sql.p[i + 1] != '\n')
				i++;
			continue;
		} else if (c == ' ' || c == '\n') {
			if (n && out[n - 1] == ' ')
				continue;
			c = ' ';
		}
		out[n++] = c;
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

static void create_tables(struct store *s, bool docs)
{
	struct str columns = data_find(s->data,
				       "schema/tables/event.columns").text;
	const struct data_file *f;

	store_run(s, arena_printf(s->arena,
		"PRAGMA application_id = %d; PRAGMA user_version = %d",
		STORE_APPLICATION_ID, STORE_VERSION), "mark the database");
	for (f = data_next(s->data, "schema/tables/", ".sql", NULL); f;
	     f = data_next(s->data, "schema/tables/", ".sql", f)) {
		struct str sql = expand(s, f->text, columns);

		store_run(s, docs ? sql : bare(s, sql), f->name.p);
	}
	for (f = data_next(s->data, "schema/decode/", ".tsv", NULL); f;
	     f = data_next(s->data, "schema/decode/", ".tsv", f))
		load_rows(s, f);
	for (f = data_next(s->data, "schema/facts/", ".tsv", NULL); f;
	     f = data_next(s->data, "schema/facts/", ".tsv", f))
		load_rows(s, f);
	store_run(s, STR("INSERT INTO meta VALUES ('version', '" PACKAGE_VERSION
			 "')"), "mark the database");
}

/* A view that starts so, of such a name, is of no use to most captures. */
static bool is_rare(const struct data_file *view)
{
	return str_starts(view->text, STR("-- when named\n")) &&
	       str_starts(data_stem(view), STR("v_"));
}

static void create_views(struct store *s, bool all)
{
	const struct data_file *f;

	for (f = data_next(s->data, "schema/views/", ".sql", NULL); f;
	     f = data_next(s->data, "schema/views/", ".sql", f))
		if (all || !is_rare(f))
			store_run(s, all ? f->text : bare(s, f->text), f->name.p);
}

void schema_create(struct store *s)
{
	create_tables(s, true);
	create_views(s, true);
}

/* False: the build made no image, or the data is that of a tree. */
static bool copy_image(struct store *s)
{
	struct str image = data_image(s->data);
	sqlite3_int64 n = (sqlite3_int64)image.n;
	sqlite3 *from = NULL;
	sqlite3_backup *copy;
	bool fine;

	if (!image.n)
		return false;
	fine = sqlite3_open(":memory:", &from) == SQLITE_OK &&
	       sqlite3_deserialize(from, "main", (unsigned char *)image.p, n, n,
				   SQLITE_DESERIALIZE_READONLY) == SQLITE_OK &&
	       /* Pages are copied from where they are, not by a cache. */
	       sqlite3_exec(from, "PRAGMA mmap_size = 1073741824", NULL, NULL,
			    NULL) == SQLITE_OK;
	copy = fine ? sqlite3_backup_init(s->db, "main", from, "main") : NULL;
	fine = copy && sqlite3_backup_step(copy, -1) == SQLITE_DONE;
	fine &= sqlite3_backup_finish(copy) == SQLITE_OK;
	sqlite3_close(from);
	if (!fine)
		store_die(s, "copy the image");
	return true;
}

struct view {
	const struct data_file *file;
	struct str name;
	bool made;
};

static void list_rare_views(struct store *s)
{
	const struct data_file *f;
	size_t n = 0;

	for (f = data_next(s->data, "schema/views/", ".sql", NULL); f;
	     f = data_next(s->data, "schema/views/", ".sql", f))
		n += is_rare(f);
	s->views = ARENA_ARRAY(s->arena, struct view, n + 1);
	for (f = data_next(s->data, "schema/views/", ".sql", NULL); f;
	     f = data_next(s->data, "schema/views/", ".sql", f))
		if (is_rare(f))
			s->views[s->nviews++] = (struct view){
				.file = f, .name = data_stem(f),
			};
}

void schema_private(struct store *s)
{
	if (!copy_image(s)) {
		store_begin(s);
		create_tables(s, false);
		create_views(s, false);
		store_commit(s);
	}
	list_rare_views(s);
}

/* One look at the text: the names of these views start with "v_". */
void schema_want(struct store *s, struct str sql)
{
	ptrdiff_t at;

	for (; (at = str_find(sql, STR("v_"))) >= 0;
	     sql = str_skip(sql, (size_t)at + 2)) {
		struct str rest = str_skip(sql, (size_t)at);

		for (size_t i = 0; i < s->nviews; i++) {
			struct view *v = &s->views[i];

			if (v->made || !str_starts(rest, v->name))
				continue;
			/* Running its text wants, first, the views that it names. */
			v->made = true;
			store_run(s, v->file->text, v->file->name.p);
		}
	}
}

struct str store_image(struct store *s, struct arena *arena)
{
	sqlite3_int64 n;
	unsigned char *bytes = sqlite3_serialize(s->db, "main", &n, 0);
	struct str image;

	if (!bytes)
		store_die(s, "copy the database");
	image = arena_copy(arena, (struct str){ (const char *)bytes,
						(size_t)n });
	sqlite3_free(bytes);
	return image;
}

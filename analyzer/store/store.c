/* Opens, checks and closes databases, and runs our own statements. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analyzer/store/inside.h"
#include "parsers/base/die.h"
#include "parsers/base/num.h"

enum { BUSY_MS = 5000 };

void store_die(struct store *s, const char *doing)
{
	const char *path = s->path ? s->path : "private database";
	int code = sqlite3_extended_errcode(s->db);
	const char *next = "";

	if ((code & 0xff) == SQLITE_FULL)
		next = "; the disk is full: nothing of this call was stored, "
		       "free some room and run it again";
	else if ((code & 0xff) == SQLITE_IOERR)
		next = "; nothing of this call was stored";
	else if ((code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB)
		next = "; the file is damaged: ingest the captures into a new one";
	else if ((code & 0xff) == SQLITE_BUSY)
		next = "; another program has it locked";
	else if ((code & 0xff) == SQLITE_READONLY)
		next = "; it cannot be written";
	die("%s: cannot %s: %s%s", path, doing, sqlite3_errmsg(s->db), next);
}

void store_run(struct store *s, struct str sql, const char *name)
{
	const char *at = sql.p, *end = sql.p + sql.n;

	while (at < end) {
		const char *start = at;
		sqlite3_stmt *statement;
		int code = sqlite3_prepare_v2(s->db, at, (int)(end - at),
					      &statement, &at);
		ptrdiff_t wrong = query_error_at(s);

		if (code == SQLITE_ERROR && wrong >= 0) {
			diag_at(&(struct diag){ 0 }, place_in(name, sql,
				(size_t)(start - sql.p + wrong)), "", "%s",
				sqlite3_errmsg(s->db));
			die("%s is not what SQLite understands", name);
		}
		if (code == SQLITE_OK && statement) {
			do
				code = sqlite3_step(statement);
			while (code == SQLITE_ROW);
			sqlite3_finalize(statement);
			if (code == SQLITE_DONE)
				code = SQLITE_OK;
		}
		if (code != SQLITE_OK)
			store_die(s, name);
	}
}

bool store_try(struct store *s, struct str sql, const char **error)
{
	char *text = arena_cstr(s->arena, sql);

	if (sqlite3_exec(s->db, text, NULL, NULL, NULL) == SQLITE_OK)
		return true;
	*error = sqlite3_errmsg(s->db);
	return false;
}

void store_begin(struct store *s)
{
	store_run(s, STR("BEGIN IMMEDIATE"), "start writing");
}

bool store_commit(struct store *s)
{
	if (sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK)
		return true;
	fprintf(stderr, "faultline: %s: cannot store: %s; nothing of this "
		"call was stored, what was there before is unharmed\n",
		s->path ? s->path : "private database", sqlite3_errmsg(s->db));
	store_rollback(s);
	return false;
}

void store_rollback(struct store *s)
{
	if (!sqlite3_get_autocommit(s->db))
		sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
}

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

static void create(struct store *s, const struct data *data)
{
	store_run(s, arena_printf(s->arena,
		"PRAGMA application_id = %d; PRAGMA user_version = %d",
		STORE_APPLICATION_ID, STORE_VERSION), "mark the database");
	load_schema(s, data);
	store_run(s, STR("INSERT INTO meta VALUES ('version', '" PACKAGE_VERSION
			 "')"), "mark the database");
}

static struct store *store_new(const char *path, const struct data *data)
{
	struct arena *arena = arena_new();
	struct store *s = ARENA_NEW(arena, struct store);

	s->arena = arena;
	s->path = path;
	s->data = data;
	return s;
}

static void harden(struct store *s)
{
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_limit(s->db, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_busy_timeout(s->db, BUSY_MS);
}

struct store *store_private(const struct data *data)
{
	struct store *s = store_new(NULL, data);

	if (sqlite3_open_v2("", &s->db, SQLITE_OPEN_READWRITE |
			    SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
			    NULL) != SQLITE_OK)
		store_die(s, "open");
	harden(s);
	store_run(s, STR("PRAGMA page_size = 8192; PRAGMA journal_mode = OFF;"
			 "PRAGMA synchronous = OFF;"
			 "PRAGMA locking_mode = EXCLUSIVE;"
			 "PRAGMA cache_size = -1024;"
			 "PRAGMA temp.cache_size = -512;"), "set up");
	store_begin(s);
	create(s, data);
	store_commit(s);
	return s;
}

bool store_is_database(const char *path)
{
	char head[16] = "";
	struct stat info;
	int fd;
	ssize_t n;

	/* What is read from a pipe is gone for whoever opens it next. */
	if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
		return false;
	fd = open(path, O_RDONLY);
	if (fd < 0)
		return false;
	n = read(fd, head, sizeof(head));
	close(fd);
	return n == (ssize_t)sizeof(head) &&
	       memcmp(head, "SQLite format 3", 16) == 0;
}

static int64_t pragma(struct store *s, const char *sql)
{
	sqlite3_stmt *statement;
	int64_t value = -1;

	if (sqlite3_prepare_v2(s->db, sql, -1, &statement, NULL) == SQLITE_OK &&
	    sqlite3_step(statement) == SQLITE_ROW)
		value = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return value;
}

/* Is it ours, and can this program read it? */
static bool check_ours(struct store *s, const char *path)
{
	int64_t id = pragma(s, "PRAGMA application_id");
	int64_t version = pragma(s, "PRAGMA user_version");

	if (id < 0) {
		fprintf(stderr, "faultline: %s: cannot be read as a database: "
			"%s; ingest the captures into a new one\n", path,
			sqlite3_errmsg(s->db));
		return false;
	}
	if (id != STORE_APPLICATION_ID) {
		fprintf(stderr, "faultline: %s: an SQLite database, but not "
			"one of faultline's; left alone, name another with "
			"-d\n", path);
		return false;
	}
	if (version < STORE_VERSION) {
		fprintf(stderr, "faultline: %s: made by an older faultline "
			"(schema %lld, this program writes %d); left alone, "
			"ingest the captures into a new one\n", path,
			(long long)version, STORE_VERSION);
		return false;
	}
	if (version > STORE_VERSION) {
		fprintf(stderr, "faultline: %s: made by a newer faultline "
			"(schema %lld, this program reads up to %d); left "
			"alone, read it with that one\n", path,
			(long long)version, STORE_VERSION);
		return false;
	}
	return true;
}

static bool is_empty(struct store *s)
{
	return pragma(s, "SELECT count(*) FROM sqlite_master") == 0 &&
	       pragma(s, "PRAGMA application_id") == 0;
}

struct store *store_open(const char *path, enum store_mode mode,
			 const struct data *data)
{
	static const int flags[] = {
		/* To play back the journal of an ingest that was killed. */
		[STORE_READ] = SQLITE_OPEN_READWRITE,
		[STORE_WRITE] = SQLITE_OPEN_READWRITE,
		[STORE_CREATE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
	};
	struct store *s = store_new(path, data);

	if (sqlite3_open_v2(path, &s->db, flags[mode] | SQLITE_OPEN_NOMUTEX,
			    NULL) != SQLITE_OK) {
		bool there = access(path, F_OK) == 0;

		fprintf(stderr, "faultline: %s: cannot open the database: %s%s\n",
			path, sqlite3_errmsg(s->db),
			there || mode == STORE_CREATE
				? "" : "; 'faultline ingest -d' makes one");
		store_close(s);
		return NULL;
	}
	harden(s);
	sqlite3_exec(s->db, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"
		     "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -2048;",
		     NULL, NULL, NULL);
	if (mode == STORE_READ)
		sqlite3_exec(s->db, "PRAGMA query_only = ON", NULL, NULL, NULL);
	if (mode == STORE_CREATE && is_empty(s)) {
		sqlite3_exec(s->db, "PRAGMA page_size = 8192", NULL, NULL, NULL);
		store_begin(s);
		create(s, data);
		if (!store_commit(s)) {
			store_close(s);
			return NULL;
		}
	}
	if (!check_ours(s, path)) {
		store_close(s);
		return NULL;
	}
	return s;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	rows_free(s->rows);
	sqlite3_close_v2(s->db);
	arena_free(s->arena);
}

const char *store_integrity(struct store *s)
{
	sqlite3_stmt *statement;
	const char *answer = "cannot be checked";

	if (sqlite3_prepare_v2(s->db, "PRAGMA integrity_check(1)", -1,
			       &statement, NULL) == SQLITE_OK &&
	    sqlite3_step(statement) == SQLITE_ROW)
		answer = arena_cstr(s->arena, str_from((const char *)
				sqlite3_column_text(statement, 0)));
	sqlite3_finalize(statement);
	return strcmp(answer, "ok") == 0 ? NULL : answer;
}

const char *store_library_version(void)
{
	return sqlite3_libversion();
}

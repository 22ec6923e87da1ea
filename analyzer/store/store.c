/* Opens, checks and closes databases, and runs our own statements. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analyzer/store/inside.h"
#include "parsers/base/die.h"

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

/* Part of a text of that name. */
static void run_part(struct store *s, struct str whole, struct str sql,
		     const char *name)
{
	const char *at = sql.p, *end = sql.p + sql.n;

	schema_want(s, sql);
	while (at < end) {
		const char *start = at;
		sqlite3_stmt *statement;
		int code = sqlite3_prepare_v2(s->db, at, (int)(end - at),
					      &statement, &at);
		ptrdiff_t wrong = query_error_at(s);

		if (code == SQLITE_ERROR && wrong >= 0) {
			diag_at(&(struct diag){ 0 }, place_in(name, whole,
				(size_t)(start - whole.p + wrong)), "", "%s",
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

void store_run(struct store *s, struct str sql, const char *name)
{
	run_part(s, sql, sql, name);
}

void store_run_all(struct store *s)
{
	s->all = true;
}

bool store_has(struct store *s, struct str select, const char *name)
{
	const char *error;
	struct query *q = query_open(s, select, &error);
	bool any;

	if (!q)
		die("%s: %s\n  in: %.*s", name, error, STR_FMT(select));
	any = query_row(q);
	query_close(q);
	return any || s->all;
}

void store_run_file(struct store *s, const struct data_file *file)
{
	struct str rest = file->text, at = rest;
	bool wanted = true;

	while (at.n) {
		struct str line = str_split(&at, '\n');

		if (!str_starts(line, STR("-- when ")))
			continue;
		if (wanted)
			run_part(s, file->text, str_head(rest,
				 (size_t)(line.p - rest.p)), file->name.p);
		wanted = store_has(s, str_skip(line, 8), file->name.p);
		rest = at;
	}
	if (wanted)
		run_part(s, file->text, rest, file->name.p);
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

/* One thread; nobody reads statistics; a first page is not twenty. */
static void configure(void)
{
	static bool done;

	if (done)
		return;
	done = true;
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, 0);
}

static struct store *store_new(const char *path, const struct data *data)
{
	struct arena *arena = arena_new();
	struct store *s = ARENA_NEW(arena, struct store);

	configure();
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
	/* Before harden(): what is hardened keeps its journal. */
	store_run(s, STR("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;"
			 "PRAGMA synchronous = OFF;"
			 "PRAGMA locking_mode = EXCLUSIVE;"
			 "PRAGMA cache_size = -1024;"
			 "PRAGMA temp.cache_size = -512;"), "set up");
	harden(s);
	schema_private(s);
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
		sqlite3_exec(s->db, "PRAGMA page_size = 4096", NULL, NULL, NULL);
		store_begin(s);
		schema_create(s);
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

void store_leave(struct store *s)
{
	/* Whoever looks for leaks finds it here. */
	static struct store *volatile left;

	store_close(left);
	left = s;
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

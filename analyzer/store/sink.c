/* Events to rows. */

#include <stdio.h>
#include <stdlib.h>

#include "analyzer/store/rows.h"
#include "parsers/base/die.h"
#include "parsers/base/escape.h"

enum { TEXTS_KEPT = 10000 };

sqlite3_stmt *rows_prepare(struct store *s, struct str sql)
{
	sqlite3_stmt *statement;

	if (sqlite3_prepare_v3(s->db, sql.p, (int)sql.n,
			       SQLITE_PREPARE_PERSISTENT, &statement, NULL)
	    != SQLITE_OK)
		die("%s\n  in: %.*s", sqlite3_errmsg(s->db), STR_FMT(sql));
	return statement;
}

void rows_step(struct store *s, sqlite3_stmt *statement)
{
	if (sqlite3_step(statement) != SQLITE_DONE)
		store_die(s, "store a row");
	sqlite3_reset(statement);
}

void rows_bind_str(sqlite3_stmt *statement, int n, struct str s)
{
	sqlite3_bind_text(statement, n, s.p, (int)s.n, SQLITE_STATIC);
}

void rows_bind_bound(sqlite3_stmt *statement, int n, bool has, int64_t value)
{
	if (has)
		sqlite3_bind_int64(statement, n, value);
	else
		sqlite3_bind_null(statement, n);
}

void rows_each_table(struct store *s, const char *format, int64_t a,
			     int64_t b)
{
	struct query *q = query_must(s, "SELECT m.name FROM sqlite_master AS m,"
		" pragma_table_info(m.name) AS c WHERE m.type = 'table' "
		"AND c.name = 'message' AND m.name <> 'consequence'");
	struct arena *arena = arena_new();
	struct str all = { 0 };

	while (query_next(q)) {
		char *one = sqlite3_mprintf(format, query_text(q, 0).p, a, b);

		all = arena_printf(arena, "%.*s%s", STR_FMT(all), one);
		sqlite3_free(one);
	}
	query_close(q);
	store_run(s, all, "change rows");
	arena_free(arena);
}

static void bind_common(struct rows *r, sqlite3_stmt *statement,
			const struct event *e, char *speaker)
{
	const char *who = speaker_name(e->speaker, speaker);

	sqlite3_bind_int64(statement, 1, e->where.capture);
	sqlite3_bind_int64(statement, 2, e->where.line);
	sqlite3_bind_int64(statement, 3, (int64_t)e->where.offset);
	sqlite3_bind_int64(statement, 4, r->segment.id);
	sqlite3_bind_int64(statement, 5, r->inserts[e->message->id]->message);
	sqlite3_bind_text(statement, 6, who, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 7, trust_name(e->trust), -1,
			  SQLITE_STATIC);
	sqlite3_bind_int64(statement, 8, e->replayed);
	if (e->when.clock == CLOCK_NONE) {
		sqlite3_bind_null(statement, 9);
		sqlite3_bind_null(statement, 10);
		sqlite3_bind_null(statement, 11);
		return;
	}
	sqlite3_bind_int64(statement, 9, segment_clock(r, e->when.clock)->id);
	rows_bind_bound(statement, 10, !e->when.open_lo, e->when.lo);
	rows_bind_bound(statement, 11, !e->when.open_hi, e->when.hi);
}

static const struct route *route_of(const struct insert *in,
				    const struct value *v)
{
	for (unsigned i = 0; i < in->nroutes; i++)
		if (in->routes[i].field == v->field &&
		    in->routes[i].repeat == v->repeat)
			return &in->routes[i];
	return NULL;
}

/* A line without a field that its table needs: told once an entry. */
static void refuse(struct rows *r, struct insert *in, const struct event *e)
{
	if (in->refused++ == 0)
		fprintf(stderr, "faultline: %.*s:%u: %.*s: line %u gives no row: "
			"%s; 'faultline check' tells what the entry lacks\n",
			STR_FMT(e->message->file), e->message->line,
			STR_FMT(e->message->name), e->where.line,
			sqlite3_errmsg(r->store->db));
	sqlite3_reset(in->statement);
}

static void write_row(struct rows *r, const struct event *e)
{
	struct insert *in = insert_of(r, e->message);
	char speaker[16];

	sqlite3_clear_bindings(in->statement);
	bind_common(r, in->statement, e, speaker);
	for (unsigned i = 0; i < in->nfixed; i++) {
		const struct fixed *fixed = &in->fixed[i];

		if (fixed->is_int)
			sqlite3_bind_int64(in->statement, fixed->bind, fixed->i);
		else
			rows_bind_str(in->statement, fixed->bind, fixed->value);
	}
	for (unsigned i = 0; i < e->nvalues; i++) {
		const struct value *v = &e->values[i];
		const struct route *route = route_of(in, v);

		if (!route)
			continue;
		if (v->is_int)
			sqlite3_bind_int64(in->statement, route->bind, v->i);
		else
			rows_bind_str(in->statement, route->bind,
				 escape_text(r->row, v->s));
	}
	if (in->headless)
		sqlite3_bind_int64(in->statement, in->headless, e->headless);
	if (sqlite3_step(in->statement) == SQLITE_CONSTRAINT)
		refuse(r, in, e);
	else if (sqlite3_reset(in->statement) != SQLITE_OK)
		store_die(r->store, "store a row");
	else
		r->segment.rows++;
}

/* {fields} in the value of a fact; nothing when the line lacks one of them. */
static struct str fill(struct rows *r, const struct event *e, struct str value)
{
	struct str out = { 0 };
	bool found;

	while (value.n) {
		struct str part = str_split(&value, '{'), name;
		int field;

		out = arena_printf(r->row, "%.*s%.*s", STR_FMT(out),
				   STR_FMT(part));
		if (!value.n)
			break;
		name = str_split(&value, '}');
		field = fields_find(catalog_fields(r->catalog), name);
		found = false;
		for (unsigned i = 0; i < e->nvalues; i++) {
			const struct value *v = &e->values[i];

			if (v->field != field || found)
				continue;
			found = true;
			out = v->is_int
				? arena_printf(r->row, "%.*s%lld", STR_FMT(out),
					       (long long)v->i)
				: arena_printf(r->row, "%.*s%.*s", STR_FMT(out),
					       STR_FMT(escape_text(r->row, v->s)));
		}
		if (!found)
			return (struct str){ 0 };
	}
	return str_trim(out);
}

static void write_facts(struct rows *r, const struct event *e)
{
	char speaker[16];

	for (const struct setting *f = e->message->facts; f; f = f->next) {
		struct str value = fill(r, e, f->value);

		if (!value.n)
			continue;
		bind_common(r, r->fact, e, speaker);
		rows_bind_str(r->fact, 12, f->name);
		rows_bind_str(r->fact, 13, value);
		rows_step(r->store, r->fact);
		r->segment.rows++;
	}
}

/* A line with a stamp in ticks, between two of the host's. */
static void write_sight(struct rows *r, const struct event *e)
{
	char speaker[16];

	if (!r->sight)
		r->sight = rows_prepare(r->store, STR("INSERT INTO tick_sight "
			"(capture, line, offset, segment, message, speaker, "
			"trust, replayed, clock, t_lo, t_hi, tick) VALUES (?1, "
			"?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"));
	insert_of(r, e->message);
	bind_common(r, r->sight, e, speaker);
	sqlite3_bind_int64(r->sight, 12, e->between.lo);
	rows_step(r->store, r->sight);
}

static void take_event(struct sink *sink, const struct event *e)
{
	struct rows *r = (struct rows *)sink;

	arena_reset(r->row);
	segment_turn(r, e);
	if (segment_learn(r, e))
		write_sight(r, e);
	write_row(r, e);
	if (e->message->facts)
		write_facts(r, e);
}

static void take_back(struct sink *sink)
{
	segment_take_back((struct rows *)sink);
}

/* FNV-1a: texts of captures of one call are compared by it. */
static int64_t hash(struct str text)
{
	uint64_t h = 0xcbf29ce484222325u;

	text = str_trim(text);
	for (size_t i = 0; i < text.n; i++)
		h = (h ^ (unsigned char)text.p[i]) * 0x100000001b3u;
	return (int64_t)(h >> 1);
}

static void bind_stamp(sqlite3_stmt *statement, int n, enum clock_kind kind,
		       int64_t at)
{
	if (kind == CLOCK_NONE)
		sqlite3_bind_null(statement, n);
	else
		sqlite3_bind_text(statement, n, clock_kind_name(kind), -1,
				  SQLITE_STATIC);
	rows_bind_bound(statement, n + 1, kind != CLOCK_NONE, at);
}

static void take_claimed(struct sink *sink, const struct framed *f,
			 const struct message *m)
{
	struct rows *r = (struct rows *)sink;
	struct insert *in = insert_of(r, m);
	char speaker[16];

	if (in->kept++ >= TEXTS_KEPT)
		return;
	arena_reset(r->row);
	sqlite3_bind_int64(r->text, 1, f->where.capture);
	sqlite3_bind_int64(r->text, 2, f->where.line);
	rows_bind_str(r->text, 3, escape_text(r->row, f->raw));
	if (f->tail)
		sqlite3_bind_int64(r->text, 4, f->tail);
	else
		sqlite3_bind_null(r->text, 4);
	sqlite3_bind_text(r->text, 5, speaker_name(f->speaker, speaker), -1,
			  SQLITE_STATIC);
	sqlite3_bind_text(r->text, 6, trust_name(f->trust), -1, SQLITE_STATIC);
	sqlite3_bind_int64(r->text, 7, hash(f->text));
	bind_stamp(r->text, 8, f->stamp.kind, f->stamp.lo);
	bind_stamp(r->text, 10, f->outer.kind, f->outer.lo);
	rows_bind_bound(r->text, 12, f->outer.kind != CLOCK_NONE, f->outer.hi);
	rows_step(r->store, r->text);
}

static void take_shape(struct sink *sink, struct shape shape)
{
	struct rows *r = (struct rows *)sink;
	sqlite3_stmt *statement = rows_prepare(r->store, STR("INSERT OR REPLACE "
		"INTO unclaimed (capture, shape, n, line, text, reason) "
		"VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));

	arena_reset(r->row);
	sqlite3_bind_int64(statement, 1, r->store->capture);
	rows_bind_str(statement, 2, escape_text(r->row, shape.shape));
	sqlite3_bind_int64(statement, 3, (int64_t)shape.n);
	sqlite3_bind_int64(statement, 4, shape.line);
	rows_bind_str(statement, 5, escape_text(r->row, shape.text));
	if (shape.reason.n)
		rows_bind_str(statement, 6, shape.reason);
	rows_step(r->store, statement);
	sqlite3_finalize(statement);
}

struct sink *store_sink(struct store *s, const struct catalog *catalog)
{
	struct arena *arena = arena_new();
	struct rows *r = ARENA_NEW(arena, struct rows);

	*r = (struct rows){
		.sink = { take_event, take_claimed, take_back,
			  take_shape },
		.store = s,
		.catalog = catalog, .arena = arena, .row = arena_new(),
		.inserts = ARENA_ARRAY(arena, struct insert *,
				       catalog_count(catalog) + 1),
		.texts = { .arena = arena },
	};
	r->fact = rows_prepare(s, STR("INSERT OR IGNORE INTO fact (capture, line, "
		"offset, segment, message, speaker, trust, replayed, clock, "
		"t_lo, t_hi, name, value, told) VALUES (?1, ?2, ?3, ?4, ?5, ?6,"
		" ?7, ?8, ?9, ?10, ?11, ?12, ?13, 0)"));
	r->text = rows_prepare(s, STR("INSERT OR IGNORE INTO line_text "
		"(capture, line, text, tail, speaker, trust, hash, own, own_lo, "
		"outer, outer_lo, outer_hi) VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
		"?7, ?8, ?9, ?10, ?11, ?12)"));
	r->message = rows_prepare(s, STR("INSERT INTO message "
		"(name, title, origin) VALUES (?1, ?2, ?3) ON CONFLICT (name) "
		"DO UPDATE SET title = excluded.title RETURNING id"));
	s->rows = r;
	return &r->sink;
}

void rows_free(struct rows *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->texts.count; i++)
		sqlite3_finalize(r->statements[i]);
	heap_free(r->statements);
	sqlite3_finalize(r->fact);
	sqlite3_finalize(r->text);
	sqlite3_finalize(r->message);
	sqlite3_finalize(r->sight);
	arena_free(r->row);
	arena_free(r->arena);
}

/*
 * Events to rows.  Which value goes to which column is worked out once an
 * entry, when its first event comes.
 */

#include <stdlib.h>

#include "analyzer/store/inside.h"
#include "parsers/base/die.h"
#include "parsers/base/escape.h"
#include "parsers/base/num.h"

enum { COLUMNS_MAX = 64, COMMON = 11, TEXTS_KEPT = 10000, GUESTS = 8 };

/* Where a field of an entry goes: a bind number, 0: nowhere. */
struct route {
	uint16_t field;
	uint8_t repeat;
	uint8_t bind;
};

/* The insert of one entry. */
struct insert {
	sqlite3_stmt *statement;
	struct route routes[COLUMNS_MAX];
	unsigned nroutes;
	int64_t message;		/* message.id */
	int headless;			/* bind number, 0: no such column */
	unsigned kept;			/* texts kept of this capture */
};

/* A clock of the segment, and what the order of lines says about it. */
struct clock_row {
	int64_t id;
	bool has_lo, has_hi;
	int64_t lo, hi;
};

struct segment {
	int64_t id;
	bool early;			/* Xen speaks, its banner is to come */
	bool banner;			/* Xen's banner is in it */
	bool kernel_early;		/* a kernel speaks, its banner is to come */
	int64_t xen, kernels, rows;
	struct clock_row clocks[CLOCK_KINDS];
};

struct rows {
	struct sink sink;		/* first */
	struct store *store;
	const struct catalog *catalog;
	struct arena *arena;
	struct arena *row;		/* of the row being written */
	struct insert *inserts;		/* by message id */
	struct segment segment;
	struct segment before;		/* the one before early lines */
	sqlite3_stmt *fact, *text, *message;
};

static sqlite3_stmt *must_prepare(struct store *s, struct str sql)
{
	sqlite3_stmt *statement;

	if (sqlite3_prepare_v3(s->db, sql.p, (int)sql.n,
			       SQLITE_PREPARE_PERSISTENT, &statement, NULL)
	    != SQLITE_OK)
		die("%s\n  in: %.*s", sqlite3_errmsg(s->db), STR_FMT(sql));
	return statement;
}

static void must_step(struct store *s, sqlite3_stmt *statement)
{
	if (sqlite3_step(statement) != SQLITE_DONE)
		store_die(s, "store a row");
	sqlite3_reset(statement);
}

static void bind_str(sqlite3_stmt *statement, int n, struct str s)
{
	sqlite3_bind_text(statement, n, s.p, (int)s.n, SQLITE_STATIC);
}

/* ---- working out where values go --------------------------------------- */

/* The type of a column of a table; false when there is none. */
static bool has_column(struct store *s, struct str table, struct str column)
{
	char *t = arena_cstr(s->arena, table);
	char *c = arena_cstr(s->arena, column);

	return sqlite3_table_column_metadata(s->db, NULL, t, c, NULL, NULL,
					     NULL, NULL, NULL) == SQLITE_OK;
}

static bool is_quoted_word(struct str name)
{
	return str_eq(name, STR("index")) || str_eq(name, STR("end"));
}

struct builder {
	struct rows *rows;
	const struct message *message;
	struct insert *insert;
	struct str table, columns, marks, json;
	int next;
	bool note;
	struct diag *diag;		/* set: only complain */
};

static struct str column_name(struct rows *r, unsigned field, unsigned repeat)
{
	struct str name = catalog_fields(r->catalog)->items[field].name;

	if (!repeat)
		return name;
	return arena_printf(r->arena, "%.*s%u", STR_FMT(name), repeat - 1);
}

static void add_column(struct builder *b, struct str name, struct str mark)
{
	const char *quote = is_quoted_word(name) ? "\"" : "";

	b->columns = arena_printf(b->rows->arena, "%.*s, %s%.*s%s",
		STR_FMT(b->columns), quote, STR_FMT(name), quote);
	b->marks = arena_printf(b->rows->arena, "%.*s, %.*s",
		STR_FMT(b->marks), STR_FMT(mark));
}

/* A constant of the stanza wins over a field of the same name. */
static bool is_set(const struct builder *b, struct str name)
{
	for (const struct setting *s = b->message->sets; s; s = s->next)
		if (str_eq(s->name, name))
			return true;
	return false;
}

static bool inherited_only(const struct builder *b, struct str name)
{
	/* What a row inherits and its table lacks is left out. */
	return b->message->head && !has_column(b->rows->store, b->table, name);
}

static void add_field(void *arg, unsigned field, unsigned repeat)
{
	struct builder *b = arg;
	struct rows *r = b->rows;
	struct str name = column_name(r, field, repeat);
	struct insert *in = b->insert;

	for (unsigned i = 0; i < in->nroutes; i++)
		if (in->routes[i].field == field &&
		    in->routes[i].repeat == repeat)
			return;
	if (in->nroutes == COLUMNS_MAX || is_set(b, name))
		return;
	if (b->note) {
		b->json = arena_printf(r->arena, "%.*s%s'%.*s', ?%d",
			STR_FMT(b->json), b->json.n ? ", " : "",
			STR_FMT(name), b->next);
	} else if (has_column(r->store, b->table, name)) {
		add_column(b, name, arena_printf(r->arena, "?%d", b->next));
	} else {
		enum kind kind = catalog_fields(r->catalog)->items[field].kind;

		if (b->diag && !inherited_only(b, name) && kind != KIND_LIST)
			diag_at(b->diag, (struct place){
				.file = b->message->file.p,
				.line = b->message->line },
				"name a field as the column it belongs to",
				"%.*s: table %.*s has no column '%.*s'",
				STR_FMT(b->message->name), STR_FMT(b->table),
				STR_FMT(name));
		return;
	}
	in->routes[in->nroutes++] = (struct route){
		.field = (uint16_t)field, .repeat = (uint8_t)repeat,
		.bind = (uint8_t)b->next++,
	};
}

static struct str constant(struct rows *r, struct str value)
{
	int64_t number;

	if (num_any(value, &number))
		return arena_printf(r->arena, "%lld", (long long)number);
	return arena_printf(r->arena, "'%.*s'", STR_FMT(value));
}

static struct str build(struct builder *b)
{
	struct rows *r = b->rows;

	b->note = !b->message->into.n;
	b->table = b->note ? STR("note") : b->message->into;
	b->columns = STR("capture, line, offset, segment, message, speaker, "
			 "trust, replayed, clock, t_lo, t_hi");
	b->marks = STR("?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11");
	b->next = COMMON + 1;
	message_fields(r->catalog, b->message, add_field, b);
	for (const struct setting *s = b->message->sets; s; s = s->next) {
		if (has_column(r->store, b->table, s->name))
			add_column(b, s->name, constant(r, s->value));
		else if (b->diag)
			diag_at(b->diag, (struct place){
				.file = b->message->file.p,
				.line = b->message->line }, "",
				"%.*s: table %.*s has no column '%.*s'",
				STR_FMT(b->message->name), STR_FMT(b->table),
				STR_FMT(s->name));
	}
	if (has_column(r->store, b->table, STR("headless"))) {
		b->insert->headless = b->next++;
		add_column(b, STR("headless"), arena_printf(r->arena, "?%d",
			   b->insert->headless));
	}
	if (b->note && b->json.n)
		add_column(b, STR("fields"), arena_printf(r->arena,
			"json_object(%.*s)", STR_FMT(b->json)));
	return arena_printf(r->arena, "INSERT INTO %.*s (%.*s) VALUES (%.*s)",
		STR_FMT(b->table), STR_FMT(b->columns), STR_FMT(b->marks));
}

void store_check_entries(struct store *s, const struct catalog *catalog,
			 struct diag *diag)
{
	for (const struct message *m = catalog_messages(catalog); m;
	     m = m->next) {
		struct insert insert = { 0 };
		struct builder b = {
			.rows = s->rows, .message = m, .insert = &insert,
			.diag = diag,
		};
		sqlite3_stmt *statement = NULL;
		struct str sql;

		if (m->into.n && !has_column(s, m->into, STR("segment"))) {
			diag_at(diag, (struct place){ .file = m->file.p,
				.line = m->line }, "tables live in schema/tables/",
				"%.*s: no table '%.*s'", STR_FMT(m->name),
				STR_FMT(m->into));
			continue;
		}
		sql = build(&b);
		if (sqlite3_prepare_v2(s->db, sql.p, (int)sql.n, &statement,
				       NULL) != SQLITE_OK)
			diag_at(diag, (struct place){ .file = m->file.p,
				.line = m->line }, "", "%.*s: %s",
				STR_FMT(m->name), sqlite3_errmsg(s->db));
		sqlite3_finalize(statement);
	}
}

/* ---- rows -------------------------------------------------------------- */

static int64_t learn_message(struct rows *r, const struct message *m)
{
	int64_t id;

	bind_str(r->message, 1, m->name);
	bind_str(r->message, 2, m->title);
	bind_str(r->message, 3, m->origin.n ? m->origin : STR(""));
	if (sqlite3_step(r->message) != SQLITE_ROW)
		store_die(r->store, "store a message's name");
	id = sqlite3_column_int64(r->message, 0);
	sqlite3_reset(r->message);
	return id;
}

static struct insert *insert_of(struct rows *r, const struct message *m)
{
	struct insert *in = &r->inserts[m->id];

	if (!in->statement) {
		struct builder b = { .rows = r, .message = m, .insert = in };

		in->statement = must_prepare(r->store, build(&b));
		in->message = learn_message(r, m);
	}
	return in;
}

static void start_segment(struct rows *r, uint32_t line, const char *starts)
{
	sqlite3_stmt *statement = must_prepare(r->store, STR(
		"INSERT INTO segment (capture, first_line, starts, xen, kernels,"
		" rows) VALUES (?1, ?2, ?3, 0, 0, 0)"));

	sqlite3_bind_int64(statement, 1, r->store->capture);
	sqlite3_bind_int64(statement, 2, line);
	sqlite3_bind_text(statement, 3, starts, -1, SQLITE_STATIC);
	must_step(r->store, statement);
	sqlite3_finalize(statement);
	r->segment = (struct segment){
		.id = sqlite3_last_insert_rowid(r->store->db),
	};
}

static void bind_bound(sqlite3_stmt *statement, int n, bool has, int64_t value)
{
	if (has)
		sqlite3_bind_int64(statement, n, value);
	else
		sqlite3_bind_null(statement, n);
}

/* Writes down what was learned about the segment while it was read. */
static void end_segment(struct rows *r)
{
	struct segment *seg = &r->segment;
	sqlite3_stmt *statement;

	if (!seg->id)
		return;
	statement = must_prepare(r->store, STR("UPDATE segment SET xen = ?2, "
		"kernels = ?3, rows = ?4, "
		"starts = iif(?5, 'xen-banner', iif(NOT ?2 AND ?3 > 0, "
		"'linux-banner', starts)) WHERE id = ?1"));
	sqlite3_bind_int64(statement, 1, seg->id);
	sqlite3_bind_int64(statement, 2, seg->xen);
	sqlite3_bind_int64(statement, 3, seg->kernels);
	sqlite3_bind_int64(statement, 4, seg->rows);
	sqlite3_bind_int64(statement, 5, seg->banner || seg->early);
	must_step(r->store, statement);
	sqlite3_finalize(statement);
	statement = must_prepare(r->store, STR("UPDATE clock SET bound_lo = ?2, "
		"bound_hi = ?3 WHERE id = ?1"));
	for (int i = 0; i < CLOCK_KINDS; i++) {
		struct clock_row *c = &seg->clocks[i];

		if (!c->id)
			continue;
		sqlite3_bind_int64(statement, 1, c->id);
		bind_bound(statement, 2, c->has_lo, c->lo);
		bind_bound(statement, 3, c->has_hi, c->hi);
		must_step(r->store, statement);
	}
	sqlite3_finalize(statement);
}

static struct clock_row *clock_of(struct rows *r, enum clock_kind kind)
{
	struct clock_row *c = &r->segment.clocks[kind];
	sqlite3_stmt *statement;

	if (c->id)
		return c;
	statement = must_prepare(r->store, STR("INSERT INTO clock (segment, "
		"kind, unit) VALUES (?1, ?2, ?3)"));
	sqlite3_bind_int64(statement, 1, r->segment.id);
	sqlite3_bind_text(statement, 2, clock_kind_name(kind), -1,
			  SQLITE_STATIC);
	sqlite3_bind_text(statement, 3, kind == CLOCK_XEN_RAW ? "ticks" : "ns",
			  -1, SQLITE_STATIC);
	must_step(r->store, statement);
	sqlite3_finalize(statement);
	c->id = sqlite3_last_insert_rowid(r->store->db);
	return c;
}

/* Host minus Xen clock, from the host's stamps around a stamped line of Xen. */
static void learn_bounds(struct clock_row *c, const struct when *when,
			 const struct when *between)
{
	if (between->clock != CLOCK_HOST || when->clock == CLOCK_XEN_RAW)
		return;
	if (!between->open_lo &&
	    (!c->has_lo || between->lo - when->hi > c->lo)) {
		c->lo = between->lo - when->hi;
		c->has_lo = true;
	}
	if (!between->open_hi &&
	    (!c->has_hi || between->hi - when->lo < c->hi)) {
		c->hi = between->hi - when->lo;
		c->has_hi = true;
	}
}

static void bind_common(struct rows *r, sqlite3_stmt *statement,
			const struct event *e, char *speaker)
{
	const char *who = speaker_name(e->speaker, speaker);

	sqlite3_bind_int64(statement, 1, e->where.capture);
	sqlite3_bind_int64(statement, 2, e->where.line);
	sqlite3_bind_int64(statement, 3, (int64_t)e->where.offset);
	sqlite3_bind_int64(statement, 4, r->segment.id);
	sqlite3_bind_int64(statement, 5, r->inserts[e->message->id].message);
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
	sqlite3_bind_int64(statement, 9, clock_of(r, e->when.clock)->id);
	bind_bound(statement, 10, !e->when.open_lo, e->when.lo);
	bind_bound(statement, 11, !e->when.open_hi, e->when.hi);
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

static void write_row(struct rows *r, const struct event *e)
{
	struct insert *in = insert_of(r, e->message);
	char speaker[16];

	sqlite3_clear_bindings(in->statement);
	bind_common(r, in->statement, e, speaker);
	for (unsigned i = 0; i < e->nvalues; i++) {
		const struct value *v = &e->values[i];
		const struct route *route = route_of(in, v);

		if (!route)
			continue;
		if (v->is_int)
			sqlite3_bind_int64(in->statement, route->bind, v->i);
		else
			bind_str(in->statement, route->bind,
				 escape_text(r->row, v->s));
	}
	if (in->headless)
		sqlite3_bind_int64(in->statement, in->headless, e->headless);
	must_step(r->store, in->statement);
	r->segment.rows++;
}

/* {fields} in the value of a fact. */
static struct str fill(struct rows *r, const struct event *e, struct str value)
{
	struct str out = { 0 };

	while (value.n) {
		struct str part = str_split(&value, '{'), name;
		int field;

		out = arena_printf(r->row, "%.*s%.*s", STR_FMT(out),
				   STR_FMT(part));
		if (!value.n)
			break;
		name = str_split(&value, '}');
		field = fields_find(catalog_fields(r->catalog), name);
		for (unsigned i = 0; i < e->nvalues; i++) {
			const struct value *v = &e->values[i];

			if (v->field != field)
				continue;
			out = v->is_int
				? arena_printf(r->row, "%.*s%lld", STR_FMT(out),
					       (long long)v->i)
				: arena_printf(r->row, "%.*s%.*s", STR_FMT(out),
					       STR_FMT(escape_text(r->row, v->s)));
		}
	}
	return str_trim(out);
}

static void write_facts(struct rows *r, const struct event *e)
{
	char speaker[16];

	for (const struct setting *f = e->message->facts; f; f = f->next) {
		bind_common(r, r->fact, e, speaker);
		bind_str(r->fact, 12, f->name);
		bind_str(r->fact, 13, fill(r, e, f->value));
		must_step(r->store, r->fact);
		r->segment.rows++;
	}
}

/* Power-ons and kernels start new stretches; a replay or a guest does not. */
static void turn(struct rows *r, const struct event *e)
{
	struct segment *seg = &r->segment;
	bool host = e->speaker == SPEAKER_HOST || e->speaker == SPEAKER_UNKNOWN;
	bool own = !e->replayed && e->speaker < 0;

	if (own && e->message->means == MEANS_BOOT_EARLY && !seg->early) {
		/* Memory is listed before the banner (arch/arm/setup.c). */
		if (seg->rows) {
			struct segment before = *seg;

			end_segment(r);
			start_segment(r, e->where.line, "xen-banner");
			r->before = before;
		}
		seg->early = true;
	} else if (own && e->message->means == MEANS_BOOT_START) {
		if (!seg->early) {
			end_segment(r);
			start_segment(r, e->where.line, "xen-banner");
		}
		seg->early = false;
		seg->banner = true;
		r->before.id = 0;
	} else if (own && host && !seg->xen && !seg->kernel_early &&
		   e->message->means == MEANS_KERNEL_EARLY) {
		if (seg->rows) {
			end_segment(r);
			start_segment(r, e->where.line, "linux-banner");
		}
		seg->kernel_early = true;
	} else if (own && host && e->message->means == MEANS_KERNEL_START) {
		if (seg->kernel_early) {
			seg->kernel_early = false;
		} else if (!seg->xen) {
			end_segment(r);
			start_segment(r, e->where.line, "linux-banner");
		} else if (seg->kernels) {
			/* Another kernel under the same Xen: its clock is new. */
			end_segment(r);
			seg->clocks[CLOCK_HOST] = (struct clock_row){ 0 };
			seg->clocks[CLOCK_TRACE] = (struct clock_row){ 0 };
		}
		seg->kernels++;
	}
	if (e->speaker == SPEAKER_XEN && e->trust != TRUST_GUEST)
		seg->xen = 1;
}

/* Runs a statement on each table whose rows carry a segment. */
static void each_event_table(struct store *s, const char *format, int64_t a,
			     int64_t b)
{
	struct query *q = query_must(s, "SELECT m.name FROM sqlite_master AS m,"
		" pragma_table_info(m.name) AS c WHERE m.type = 'table' "
		"AND c.name = 'message' AND m.name <> 'consequence'");
	struct str all = { 0 };

	while (query_next(q)) {
		char *one = sqlite3_mprintf(format, query_text(q, 0).p, a, b);

		all = arena_printf(s->arena, "%.*s%s", STR_FMT(all), one);
		sqlite3_free(one);
	}
	query_close(q);
	store_run(s, all, "change rows");
}

/* The early lines belonged to a replay: back to the stretch before them. */
static void take_back(struct sink *sink)
{
	struct rows *r = (struct rows *)sink;
	struct segment early = r->segment;

	if (!early.early || !r->before.id)
		return;
	end_segment(r);
	each_event_table(r->store, "UPDATE \"%w\" SET segment = %lld "
			 "WHERE segment = %lld;", r->before.id, early.id);
	store_run(r->store, arena_printf(r->store->arena, "DELETE FROM segment "
		"WHERE id = %lld", (long long)early.id), "take a boot back");
	r->segment = r->before;
	r->segment.rows += early.rows;
	r->before.id = 0;
}

static void take_event(struct sink *sink, const struct event *e)
{
	struct rows *r = (struct rows *)sink;

	arena_reset(r->row);
	turn(r, e);
	if (e->when.clock != CLOCK_NONE)
		learn_bounds(clock_of(r, e->when.clock), &e->when, &e->between);
	write_row(r, e);
	if (e->message->facts)
		write_facts(r, e);
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
	bind_str(r->text, 3, escape_text(r->row, f->raw));
	if (f->tail)
		sqlite3_bind_int64(r->text, 4, f->tail);
	else
		sqlite3_bind_null(r->text, 4);
	sqlite3_bind_text(r->text, 5, speaker_name(f->speaker, speaker), -1,
			  SQLITE_STATIC);
	sqlite3_bind_text(r->text, 6, trust_name(f->trust), -1, SQLITE_STATIC);
	must_step(r->store, r->text);
}

struct sink *store_sink(struct store *s, const struct catalog *catalog)
{
	struct arena *arena = arena_new();
	struct rows *r = ARENA_NEW(arena, struct rows);

	*r = (struct rows){
		.sink = { take_event, take_claimed, take_back },
		.store = s,
		.catalog = catalog, .arena = arena, .row = arena_new(),
		.inserts = ARENA_ARRAY(arena, struct insert,
				       catalog_count(catalog) + 1),
	};
	r->fact = must_prepare(s, STR("INSERT INTO fact (capture, line, "
		"offset, segment, message, speaker, trust, replayed, clock, "
		"t_lo, t_hi, name, value, told) VALUES (?1, ?2, ?3, ?4, ?5, ?6,"
		" ?7, ?8, ?9, ?10, ?11, ?12, ?13, 0)"));
	r->text = must_prepare(s, STR("INSERT OR IGNORE INTO line_text "
		"(capture, line, text, tail, speaker, trust) "
		"VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
	r->message = must_prepare(s, STR("INSERT INTO message "
		"(name, title, origin) VALUES (?1, ?2, ?3) ON CONFLICT (name) "
		"DO UPDATE SET title = excluded.title RETURNING id"));
	s->rows = r;
	return &r->sink;
}

void rows_free(struct rows *r)
{
	if (!r)
		return;
	for (unsigned i = 0; i < catalog_count(r->catalog); i++)
		sqlite3_finalize(r->inserts[i].statement);
	sqlite3_finalize(r->fact);
	sqlite3_finalize(r->text);
	sqlite3_finalize(r->message);
	arena_free(r->row);
	arena_free(r->arena);
}

/* ---- captures ---------------------------------------------------------- */

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
		"digest, bytes, lines, matched, unmatched, damaged, replayed, "
		"clipped, torn, bare_lf, double_cr, xen_lines, host_lines, "
		"complete) VALUES (?1, ?2, '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,"
		" 0, 0)");
	struct arena *arena = arena_new();

	query_bind_int(q, 1, s->call);
	query_bind_text(q, 2, escape_text(arena, name));
	query_run(q);
	query_close(q);
	arena_free(arena);
	s->capture = (uint32_t)sqlite3_last_insert_rowid(s->db);
	for (unsigned i = 0; i < catalog_count(s->rows->catalog); i++)
		s->rows->inserts[i].kept = 0;
	start_segment(s->rows, 1, "file");
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
	struct query *q = query_must(s, "UPDATE capture SET digest = ?1, "
		"bytes = ?2, lines = ?3, matched = ?4, unmatched = ?5, "
		"damaged = ?6, replayed = ?7, clipped = ?8, torn = ?9, "
		"bare_lf = ?10, double_cr = ?11, xen_lines = ?12, "
		"host_lines = ?13, complete = ?14 WHERE id = ?15");
	const uint64_t numbers[] = {
		t->bytes, t->lines, t->matched, t->unmatched, t->damaged,
		t->replayed, t->clipped, t->torn, t->bare_lf, t->double_cr,
		t->xen_lines, t->host_lines, t->complete, s->capture,
	};

	query_bind_text(q, 1, str_from(digest));
	for (unsigned i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		query_bind_int(q, (int)i + 2, (int64_t)numbers[i]);
	query_run(q);
	query_close(q);
	end_segment(s->rows);
	s->rows->segment = (struct segment){ 0 };
	if (is_xl_dmesg(t)) {
		each_event_table(s, "UPDATE \"%w\" SET trust = 'hypervisor' "
			"WHERE capture = %lld AND speaker = 'xen' "
			"AND trust = 'unknown' AND %lld;", s->capture, 1);
		store_run(s, arena_printf(s->arena, "UPDATE line_text SET trust "
			"= 'hypervisor' WHERE capture = %u AND speaker = 'xen'"
			" AND trust = 'unknown'", s->capture), "trust a capture");
	}
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
	struct str all = { 0 };

	while (query_next(tables))
		all = arena_printf(s->arena, "%.*sDELETE FROM %.*s WHERE "
			"capture = %u;", STR_FMT(all),
			STR_FMT(query_text(tables, 0)), capture);
	query_close(tables);
	all = arena_printf(s->arena, "DELETE FROM clock WHERE segment IN "
		"(SELECT id FROM segment WHERE capture = %u);%.*s"
		"DELETE FROM capture WHERE id = %u", capture, STR_FMT(all),
		capture);
	store_run(s, all, "forget a capture");
}

void store_tell(struct store *s, struct str name, struct str value)
{
	struct query *q = query_must(s, "INSERT INTO fact (capture, line, "
		"offset, segment, message, speaker, trust, replayed, name, "
		"value, told) SELECT 0, 0, 0, min(s.id), 0, 'user', 'user', 0, ?1, "
		"?2, 1 FROM segment AS s WHERE s.boot IS NOT NULL "
		"GROUP BY s.boot");

	query_bind_text(q, 1, name);
	query_bind_text(q, 2, value);
	query_run(q);
	query_close(q);
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

void store_settle_boots(struct store *s)
{
	boots_settle(s);
}

void store_settle(struct store *s)
{
	const struct data_file *f;

	for (f = data_next(s->data, "schema/settle/", ".sql", NULL); f;
	     f = data_next(s->data, "schema/settle/", ".sql", f))
		store_run(s, f->text, f->name.p);
	clocks_settle(s);
	join_settle(s);
}

/*
 * Which value of an entry goes to which column: worked out once an entry, when
 * its first event comes, or for all of them by "check".
 */

#include <stdio.h>

#include "analyzer/store/rows.h"
#include "parsers/base/die.h"
#include "parsers/base/num.h"

/* The type of a column of a table; false when there is none. */
static bool has_column(struct store *s, struct str table, struct str column)
{
	char *t = arena_cstr(s->arena, table);
	char *c = arena_cstr(s->arena, column);

	return sqlite3_table_column_metadata(s->db, NULL, t, c, NULL, NULL,
					     NULL, NULL, NULL) == SQLITE_OK;
}

/* Text that grows at its end. */
struct list {
	char *p;
	size_t n, room;
};

struct builder {
	struct rows *rows;
	const struct message *message;
	struct insert *insert;
	struct route routes[COLUMNS_MAX];
	struct fixed fixed[COLUMNS_MAX];
	struct str table;
	struct list columns, marks, json;
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

static void append(struct list *list, struct str text)
{
	heap_grow(&list->p, &list->room, list->n + text.n, 1);
	if (text.n)
		memcpy(list->p + list->n, text.p, text.n);
	list->n += text.n;
}

/* "?12" */
static void append_mark(struct list *list, int number)
{
	char mark[16];

	append(list, (struct str){ mark, (size_t)snprintf(mark, sizeof(mark),
							   "?%d", number) });
}

/* A column and the mark for its value. */
static void add_column(struct builder *b, struct str name)
{
	append(&b->columns, STR(", \""));
	append(&b->columns, name);
	append(&b->columns, STR("\""));
	append(&b->marks, STR(", "));
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
		if (b->routes[i].field == field &&
		    b->routes[i].repeat == repeat)
			return;
	if (in->nroutes == COLUMNS_MAX || is_set(b, name))
		return;
	if (b->note) {
		append(&b->json, b->json.n ? STR(", ") : STR(""));
		append_mark(&b->json, b->next);
		append(&b->json, STR(", "));
		append_mark(&b->json, b->next + 1);
		b->fixed[in->nfixed++] = (struct fixed){
			.value = name, .bind = (uint8_t)b->next++,
		};
	} else if (has_column(r->store, b->table, name)) {
		add_column(b, name);
		append_mark(&b->marks, b->next);
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
	b->routes[in->nroutes++] = (struct route){
		.field = (uint16_t)field, .repeat = (uint8_t)repeat,
		.bind = (uint8_t)b->next++,
	};
}

static void add_constant(struct builder *b, const struct setting *s)
{
	struct insert *in = b->insert;
	struct fixed fixed = { .value = s->value, .bind = (uint8_t)b->next };

	if (in->nfixed == COLUMNS_MAX)
		return;
	fixed.is_int = num_any(s->value, &fixed.i);
	b->fixed[in->nfixed++] = fixed;
	add_column(b, s->name);
	append_mark(&b->marks, b->next++);
}

/* As many as there are, out of the builder. */
static void keep(struct builder *b)
{
	struct insert *in = b->insert;
	struct arena *arena = b->rows->arena;

	in->routes = ARENA_ARRAY(arena, struct route, in->nroutes);
	in->fixed = ARENA_ARRAY(arena, struct fixed, in->nfixed);
	memcpy(in->routes, b->routes, in->nroutes * sizeof(*in->routes));
	memcpy(in->fixed, b->fixed, in->nfixed * sizeof(*in->fixed));
}

static struct str build(struct builder *b)
{
	struct rows *r = b->rows;

	b->note = !b->message->into.n;
	b->table = b->note ? STR("note") : b->message->into;
	append(&b->columns, STR("capture, line, offset, segment, message, "
		"speaker, trust, replayed, clock, t_lo, t_hi"));
	append(&b->marks, STR("?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11"));
	b->next = COMMON + 1;
	message_fields(r->catalog, b->message, add_field, b);
	for (const struct setting *s = b->message->sets; s; s = s->next) {
		if (has_column(r->store, b->table, s->name))
			add_constant(b, s);
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
		add_column(b, STR("headless"));
		append_mark(&b->marks, b->insert->headless);
	}
	if (b->note && b->json.n) {
		add_column(b, STR("fields"));
		append(&b->marks, STR("json_object("));
		append(&b->marks, (struct str){ b->json.p, b->json.n });
		append(&b->marks, STR(")"));
	}
	return arena_printf(r->arena, "INSERT INTO %.*s (%.*s) VALUES (%.*s)",
		STR_FMT(b->table), (int)b->columns.n, b->columns.p,
		(int)b->marks.n, b->marks.p);
}

static void free_lists(struct builder *b)
{
	heap_free(b->columns.p);
	heap_free(b->marks.p);
	heap_free(b->json.p);
}

/* Columns that a row must have and that no line of the entry fills. */
static void check_needed(struct builder *b)
{
	struct store *s = b->rows->store;
	struct query *q = query_must(s, "SELECT name FROM pragma_table_info(?1) "
		"WHERE \"notnull\" AND dflt_value IS NULL AND pk = 0 AND cid > 11");

	query_bind_text(q, 1, b->table);
	while (query_next(q)) {
		struct str name = query_text(q, 0), column;

		column = arena_printf(b->rows->arena, ", \"%.*s\"",
				      STR_FMT(name));
		if (str_find((struct str){ b->columns.p, b->columns.n },
			     column) < 0)
			diag_at(b->diag, (struct place){
				.file = b->message->file.p,
				.line = b->message->line },
				"a field of that name, or 'set'",
				"%.*s: table %.*s needs column '%.*s'",
				STR_FMT(b->message->name), STR_FMT(b->table),
				STR_FMT(name));
	}
	query_close(q);
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
		check_needed(&b);
		if (sqlite3_prepare_v2(s->db, sql.p, (int)sql.n, &statement,
				       NULL) != SQLITE_OK)
			diag_at(diag, (struct place){ .file = m->file.p,
				.line = m->line }, "", "%.*s: %s",
				STR_FMT(m->name), sqlite3_errmsg(s->db));
		sqlite3_finalize(statement);
		free_lists(&b);
	}
}

static int64_t learn_message(struct rows *r, const struct message *m)
{
	int64_t id;

	rows_bind_str(r->message, 1, m->name);
	rows_bind_str(r->message, 2, m->title);
	rows_bind_str(r->message, 3, m->origin.n ? m->origin : STR(""));
	if (sqlite3_step(r->message) != SQLITE_ROW)
		store_die(r->store, "store a message's name");
	id = sqlite3_column_int64(r->message, 0);
	sqlite3_reset(r->message);
	return id;
}

/* Prepared once for all entries that give it the same text. */
static sqlite3_stmt *statement_of(struct rows *r, struct str sql)
{
	size_t known = r->texts.count, number;

	number = names_add(&r->texts, sql);
	heap_grow(&r->statements, &r->statements_room, r->texts.count,
		  sizeof(*r->statements));
	if (number == known)
		r->statements[number] = rows_prepare(r->store, sql);
	return r->statements[number];
}

struct insert *insert_of(struct rows *r, const struct message *m)
{
	struct insert *in = r->inserts[m->id];

	if (!in) {
		struct builder b = { .rows = r, .message = m };

		in = b.insert = ARENA_NEW(r->arena, struct insert);
		r->inserts[m->id] = in;
		in->statement = statement_of(r, build(&b));
		keep(&b);
		free_lists(&b);
		in->message = learn_message(r, m);
	}
	return in;
}

/* Self-tests of everything that is written as text. */

#include "analyzer/cmd/cmd.h"
#include "parsers/base/stanza.h"

static void check_reports(struct session *s, struct store *store,
			  unsigned *count)
{
	const struct data_file *f;

	for (f = data_next(s->data, "schema/reports/", ".sql", NULL); f;
	     f = data_next(s->data, "schema/reports/", ".sql", f)) {
		struct place place = { .file = f->name.p };
		struct stanza_reader reader;
		struct stanza stanza;
		const char *error = NULL;
		struct query *q;

		++*count;
		stanza_open(&reader, f->text, f->name.p, "-- ");
		if (!stanza_next(&reader, s->arena, &stanza) ||
		    !str_eq(stanza.lines->key, STR("report")) ||
		    !str_eq(stanza.lines->value, data_stem(f)))
			diag_at(&s->diag, place, "-- report NAME", "a report "
				"starts with its name, that of its file");
		q = query_open(store, stanza_rest(&reader), &error);
		if (!q) {
			ptrdiff_t at = query_error_at(store);

			if (at >= 0)
				place = place_in(f->name.p, f->text,
					(size_t)(stanza_rest(&reader).p -
						 f->text.p + at));
			diag_at(&s->diag, place, "", "%s", error);
		}
		query_close(q);
	}
}

static void check_views(struct session *s, struct store *store,
			unsigned *count)
{
	const struct data_file *f;

	for (f = data_next(s->data, "schema/views/", ".sql", NULL); f;
	     f = data_next(s->data, "schema/views/", ".sql", f)) {
		struct str sql = arena_printf(s->arena, "SELECT * FROM %.*s "
					      "LIMIT 1", STR_FMT(data_stem(f)));
		const char *error;
		struct query *q = query_open(store, sql, &error);

		++*count;
		if (!q)
			diag_at(&s->diag, (struct place){ .file = f->name.p },
				"a view's file has its name", "%s", error);
		else if (query_next(q), query_error(q))
			diag_at(&s->diag, (struct place){ .file = f->name.p },
				"", "%s", query_error(q));
		query_close(q);
	}
}

static void check_fields(struct session *s)
{
	for (unsigned i = 0; i < s->fields.count; i++)
		if (!s->fields.items[i].used &&
		    s->fields.items[i].kind != KIND_PREFIX)
			diag_at(&s->diag, (struct place){
				.file = "schema/fields.tsv" },
				"take it out, or use it", "field '%.*s' is not "
				"used by any message",
				STR_FMT(s->fields.items[i].name));
}

/* The index in the program was made from the texts in the program. */
static void check_index(struct session *s)
{
	const struct catalog_index *index = data_index(s->data);
	struct catalog *catalog = index ? session_look(s) : NULL;

	if (catalog && !index_same(index, catalog_index(catalog)))
		diag_at(&s->diag, (struct place){ .file = "the program" },
			"build it anew", "its index of the messages is not "
			"what a look at them gives");
	catalog_free(catalog);
}

int cmd_check(struct session *s)
{
	unsigned samples, invented, places, free_text, reports = 0, views = 0;
	struct store *store;

	if (s->options.facts_age)
		return cmd_facts_age(s);
	if (!session_knowledge(s))
		return EXIT_YES;
	catalog_load(s->catalog, &s->diag);
	catalog_selftest(s->catalog, &s->diag, &samples, &invented);
	check_fields(s);
	check_index(s);
	kit_check(s);
	store = store_private(s->data);
	store_run_all(store);
	store_begin(store);
	store_sink(store, s->catalog);
	store_check_entries(store, s->catalog, &s->diag);
	check_views(s, store, &views);
	store_settle(store);
	judge_check(store, s->data, &s->causes, &s->diag);
	if (!s->diag.problems)
		judge_run(store, s->data, &s->causes);
	check_reports(s, store, &reports);
	store_rollback(store);
	store_close(store);
	places = catalog_places(s->catalog, &free_text);
	printf("%u messages, %u samples (%u invented), %u places for values "
	       "(%.1f %% take any text), %u causes, %u reports, %u views: "
	       "%u problem%s\n", catalog_count(s->catalog), samples,
	       invented, places, places ? 100.0 * free_text / places : 0.0,
	       s->causes.count, reports, views, s->diag.problems,
	       s->diag.problems == 1 ? "" : "s");
	return s->diag.problems ? EXIT_YES : EXIT_FINE;
}

/* The reports of schema/reports/, and the JSON document. */

#include "analyzer/report/report.h"
#include "parsers/base/die.h"
#include "parsers/base/stanza.h"

bool report_named(struct store *s, const struct data *data, struct str name,
		  enum format format, FILE *out)
{
	struct arena *arena = arena_new();
	struct str path = arena_printf(arena, "schema/reports/%.*s.sql",
				       STR_FMT(name));
	struct data_file file = data_find(data, path.p);
	struct stanza_reader reader;
	struct stanza stanza;
	const char *error;
	struct query *q;

	if (!file.text.p) {
		arena_free(arena);
		return false;
	}
	stanza_open(&reader, file.text, file.name.p, "-- ");
	stanza_next(&reader, arena, &stanza);
	q = query_open(s, stanza_rest(&reader), &error);
	if (!q)
		die("%s: %s", file.name.p, error);
	if (!report_rows(q, format, out))
		die("%s: %s", file.name.p, query_error(q));
	query_close(q);
	arena_free(arena);
	return true;
}

void report_json(struct store *s, const struct data *data, FILE *out)
{
	struct query *q = query_must(s,
		data_find(data, "schema/document.sql").text.p);

	if (!query_row(q))
		die("cannot make the report: no row");
	fwrite(query_text(q, 0).p, 1, query_text(q, 0).n, out);
	fputc('\n', out);
	query_close(q);
}

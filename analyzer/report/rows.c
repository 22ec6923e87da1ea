/* Rows of any query: a table, CSV or JSON. */

#include "analyzer/report/report.h"
#include "parsers/base/escape.h"

enum { COLUMNS_MAX = 100, SAMPLE_ROWS = 200, WIDTH_MAX = 100 };

/* Tables are held back until so many rows tell how wide the columns are. */
struct grid {
	struct arena *arena;
	struct str *cells;
	size_t count, room;
	unsigned columns, widths[COLUMNS_MAX];
	bool numbers[COLUMNS_MAX];
};

static struct str cell_text(struct grid *g, const struct query *q, unsigned c)
{
	struct str text = query_is_null(q, (int)c) ? (struct str){ "", 0 }
						   : query_text(q, (int)c);

	return arena_copy(g->arena, escape_text(g->arena, text));
}

static void print_row(const struct grid *g, const struct str *cells, FILE *out)
{
	for (unsigned c = 0; c < g->columns; c++) {
		int pad = (int)g->widths[c] - (int)cells[c].n;
		bool last = c + 1 == g->columns;

		if (pad < 0)
			pad = 0;
		if (g->numbers[c])
			fprintf(out, "%*s%.*s", pad, "", STR_FMT(cells[c]));
		else
			fprintf(out, "%.*s%*s", STR_FMT(cells[c]),
				last ? 0 : pad, "");
		fputs(last ? "\n" : "  ", out);
	}
}

static void print_rows(struct grid *g, FILE *out)
{
	for (size_t i = 0; i + g->columns <= g->count; i += g->columns)
		print_row(g, g->cells + i, out);
	g->count = 0;
}

static void print_head(struct grid *g, const struct query *q, FILE *out)
{
	struct str names[COLUMNS_MAX];

	for (unsigned c = 0; c < g->columns; c++) {
		names[c] = str_from(query_name(q, (int)c));
		if (g->widths[c] < names[c].n)
			g->widths[c] = (unsigned)names[c].n;
	}
	print_row(g, names, out);
}

static bool as_table(struct query *q, FILE *out)
{
	struct grid g = {
		.arena = arena_new(), .columns = (unsigned)query_columns(q),
	};
	bool headed = false;

	if (g.columns > COLUMNS_MAX)
		g.columns = COLUMNS_MAX;
	for (unsigned c = 0; c < g.columns; c++)
		g.numbers[c] = true;
	while (query_next(q)) {
		heap_grow(&g.cells, &g.room, g.count + g.columns,
			  sizeof(*g.cells));
		for (unsigned c = 0; c < g.columns; c++) {
			struct str text = cell_text(&g, q, c);
			unsigned n = text.n < WIDTH_MAX ? (unsigned)text.n
							: WIDTH_MAX;

			g.cells[g.count++] = text;
			if (headed)
				continue;
			g.numbers[c] &= query_is_number(q, (int)c) ||
					query_is_null(q, (int)c);
			if (g.widths[c] < n)
				g.widths[c] = n;
		}
		if (g.count < (size_t)SAMPLE_ROWS * g.columns)
			continue;
		if (!headed)
			print_head(&g, q, out);
		headed = true;
		print_rows(&g, out);
		arena_reset(g.arena);
	}
	if (!headed && (g.count || !query_error(q)))
		print_head(&g, q, out);
	print_rows(&g, out);
	heap_free(g.cells);
	arena_free(g.arena);
	return !query_error(q);
}

static void csv_cell(FILE *out, struct str text)
{
	bool quote = false;

	for (size_t i = 0; i < text.n; i++)
		quote |= strchr(",\"\r\n", text.p[i]) != NULL;
	if (!quote) {
		fwrite(text.p, 1, text.n, out);
		return;
	}
	fputc('"', out);
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"')
			fputc('"', out);
		fputc(text.p[i], out);
	}
	fputc('"', out);
}

static bool as_csv(struct query *q, FILE *out)
{
	int columns = query_columns(q);

	for (int c = 0; c < columns; c++) {
		csv_cell(out, str_from(query_name(q, c)));
		fputs(c + 1 == columns ? "\n" : ",", out);
	}
	while (query_next(q))
		for (int c = 0; c < columns; c++) {
			csv_cell(out, query_text(q, c));
			fputs(c + 1 == columns ? "\n" : ",", out);
		}
	return !query_error(q);
}

static void json_string(FILE *out, struct str text)
{
	fputc('"', out);
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if (c == '"' || c == '\\')
			fprintf(out, "\\%c", c);
		else if (c == 0xc2 && i + 1 < text.n &&
			 (unsigned char)text.p[i + 1] < 0xa0)
			fprintf(out, "\\u%04x", (unsigned char)text.p[++i]);
		else if (c < 0x20 || c == 0x7f)
			fprintf(out, "\\u%04x", c);
		else
			fputc(c, out);
	}
	fputc('"', out);
}

static bool as_json(struct query *q, FILE *out)
{
	int columns = query_columns(q);
	bool first = true;

	fputs("[", out);
	while (query_next(q)) {
		fputs(first ? "\n{" : ",\n{", out);
		first = false;
		for (int c = 0; c < columns; c++) {
			json_string(out, str_from(query_name(q, c)));
			fputc(':', out);
			if (query_is_null(q, c))
				fputs("null", out);
			else if (query_is_number(q, c))
				fprintf(out, "%.*s", STR_FMT(query_text(q, c)));
			else
				json_string(out, query_text(q, c));
			fputs(c + 1 == columns ? "}" : ",", out);
		}
	}
	fputs(first ? "]\n" : "\n]\n", out);
	return !query_error(q);
}

bool report_rows(struct query *q, enum format format, FILE *out)
{
	switch (format) {
	case FORMAT_CSV: return as_csv(q, out);
	case FORMAT_JSON: return as_json(q, out);
	case FORMAT_TEXT: case FORMAT_TABLE: break;
	}
	return as_table(q, out);
}

/* Prints problems as compilers do: file:line:column, the line, a caret. */

#include <stdarg.h>
#include <stdio.h>

#include "parsers/base/diag.h"
#include "parsers/base/escape.h"

static void show_line(struct place place)
{
	struct arena *arena = arena_new();
	struct str safe = escape_text(arena, place.text);

	fprintf(stderr, "  %.*s\n", STR_FMT(safe));
	if (place.column) {
		struct str before = escape_text(arena,
			str_head(place.text, place.column - 1));

		fputs("  ", stderr);
		for (size_t i = 0; i < before.n; i++)
			fputc(before.p[i] == '\t' ? '\t' : ' ', stderr);
		fputs("^\n", stderr);
	}
	arena_free(arena);
}

struct place place_in(const char *file, struct str text, size_t at)
{
	struct place place = { .file = file, .line = 1 };
	size_t start = 0;

	if (at > text.n)
		at = text.n;
	for (size_t i = 0; i < at; i++) {
		if (text.p[i] != '\n')
			continue;
		place.line++;
		start = i + 1;
	}
	place.column = (unsigned)(at - start) + 1;
	place.text = str_skip(text, start);
	place.text = str_split(&place.text, '\n');
	return place;
}

void diag_at(struct diag *diag, struct place place, const char *hint,
	     const char *format, ...)
{
	va_list args;

	diag->problems++;
	if (diag->limit && diag->shown >= diag->limit)
		return;
	diag->shown++;
	fprintf(stderr, "%s:", place.file);
	if (place.line)
		fprintf(stderr, "%u:", place.line);
	if (place.column)
		fprintf(stderr, "%u:", place.column);
	fputc(' ', stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	if (place.text.n)
		show_line(place);
	if (hint && hint[0])
		fprintf(stderr, "  hint: %s\n", hint);
}

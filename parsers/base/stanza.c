/* The one reader of "key value" text. */

#include "parsers/base/stanza.h"

void stanza_open(struct stanza_reader *reader, struct str text,
		 const char *file, const char *lead)
{
	*reader = (struct stanza_reader){
		.rest = text, .file = file, .lead = lead,
	};
}

struct str stanza_rest(const struct stanza_reader *reader)
{
	return reader->rest;
}

/* The next line without its lead; false at the end or without the lead. */
static bool take_line(struct stanza_reader *reader, struct str *line)
{
	struct str rest = reader->rest, whole;
	struct str lead = str_from(reader->lead);

	if (rest.n == 0)
		return false;
	whole = str_split(&rest, '\n');
	if (whole.n && whole.p[whole.n - 1] == '\r')
		whole.n--;
	if (lead.n && !str_starts(whole, str_trim_end(lead)))
		return false;
	*line = str_trim_end(str_skip(whole, lead.n));
	reader->rest = rest;
	reader->line++;
	return true;
}

static unsigned blanks(struct str s)
{
	unsigned n = 0;

	while (n < s.n && (s.p[n] == ' ' || s.p[n] == '\t'))
		n++;
	return n;
}

/* Adds a line to a value; its room doubles, so that many lines stay cheap. */
static void go_on(struct stanza_reader *reader, struct arena *arena,
		  struct str *value, struct str more)
{
	size_t n = value->n + 1 + more.n;
	char *bytes = (char *)value->p;

	if (reader->room < n) {
		reader->room = 2 * n;
		bytes = arena_alloc(arena, reader->room);
		if (value->n)
			memcpy(bytes, value->p, value->n);
	}
	bytes[value->n] = '\n';
	if (more.n)
		memcpy(bytes + value->n + 1, more.p, more.n);
	*value = (struct str){ bytes, n };
}

/* "key   value" at this indent, or the continuation of the line above. */
static void add_line(struct stanza_reader *reader, struct arena *arena,
		     struct stanza *stanza, struct stanza_line **last,
		     struct str line)
{
	unsigned indent = blanks(line);
	struct str value = str_skip(line, indent);
	struct str key = str_word(&value);
	size_t lead = strlen(reader->lead);
	struct stanza_line *entry;

	if (str_eq(key, STR("|")) && *last) {
		go_on(reader, arena, &(*last)->value, str_trim(value));
		return;
	}
	entry = ARENA_NEW(arena, struct stanza_line);
	value = str_trim(value);
	*entry = (struct stanza_line){
		.key = key, .value = value, .indent = indent,
		.place = {
			.file = reader->file, .line = reader->line,
			.column = (unsigned)(value.p - line.p + (ptrdiff_t)lead) + 1,
			.text = (struct str){ line.p - lead, line.n + lead },
		},
	};
	if (*last)
		(*last)->next = entry;
	else
		stanza->lines = entry;
	*last = entry;
	reader->room = 0;
	stanza->count++;
}

bool stanza_next(struct stanza_reader *reader, struct arena *arena,
		 struct stanza *stanza)
{
	struct stanza_line *last = NULL;
	struct str line;

	*stanza = (struct stanza){ 0 };
	while (take_line(reader, &line)) {
		if (line.n && line.p[0] == '#')
			continue;
		if (str_trim(line).n)
			add_line(reader, arena, stanza, &last, line);
		else if (stanza->count)
			return true;
	}
	return stanza->count != 0;
}

/*
 * A first look at a catalogue: where its stanzas are, what they are called and
 * which literals lead to them.  A stanza is read in full when one of these is
 * seen for the first time.
 */

#include "parsers/catalog/reading.h"

/* The blanks that stand for one or more, see template.c put_text(). */
static bool is_loose(struct str text, size_t i, bool behind_brace)
{
	return text.p[i] == ' ' &&
	       (behind_brace || (i + 1 < text.n && text.p[i + 1] == '{' &&
				 !(i + 2 < text.n && text.p[i + 2] == '{')));
}

/* The offset behind the brace that closes the one at i; text.n: none does. */
static size_t skip_braces(struct str text, size_t i)
{
	unsigned depth = 0;

	for (; i < text.n; i++) {
		if (text.p[i] == '{')
			depth++;
		else if (text.p[i] == '}' && --depth == 0)
			return i + 1;
	}
	return text.n;
}

/* The longest run that stands outside all braces. */
static struct str longest_literal(struct str text, struct arena *arena)
{
	char *copy = arena_alloc(arena, text.n + 1);
	size_t n = 0, start = 0, best = 0, length = 0, behind = SIZE_MAX;

	for (size_t i = 0; i <= text.n; i++) {
		char c = i < text.n ? text.p[i] : '{';
		char next = i + 1 < text.n ? text.p[i + 1] : 0;
		bool twice = i < text.n && (c == '{' || c == '}') && c == next;
		bool tab = c == '\\' && next == 't';

		if (i < text.n && (twice || tab || (c != '{' &&
				   !is_loose(text, i, i == behind)))) {
			copy[n++] = tab ? '\t' : c;
			i += twice || tab;
			continue;
		}
		if (n - start > length) {
			best = start;
			length = n - start;
		}
		start = n;
		if (i < text.n && c == '{') {
			behind = skip_braces(text, i);
			i = behind - 1;
		}
	}
	return (struct str){ copy + best, length };
}

/*
 * The text with each {@prefix} replaced by what it stands for, between empty
 * braces: blanks beside it stay loose.
 */
static struct str expand(struct str text, const struct fields *fields,
			 struct arena *arena, unsigned depth)
{
	ptrdiff_t at = str_find(text, STR("{@")), end, field;
	struct str name, rest;

	if (at < 0 || depth > 4)
		return text;
	end = str_find_byte(str_skip(text, (size_t)at), '}');
	if (end < 0)
		return text;
	name = (struct str){ text.p + at + 1, (size_t)end - 1 };
	rest = str_skip(text, (size_t)(at + end) + 1);
	field = fields_find(fields, name);
	if (field < 0)
		return text;
	return arena_printf(arena, "%.*s{}%.*s{}%.*s", (int)at, text.p,
		STR_FMT(expand(fields->items[field].unit, fields, arena,
			       depth + 1)),
		STR_FMT(expand(rest, fields, arena, depth)));
}

struct str template_anchor(struct str text, const struct fields *fields,
			   struct arena *arena)
{
	struct str best = longest_literal(text, arena);

	/* A prefix's own literals are mostly short: asked only in need. */
	if (best.n >= ANCHOR_MIN)
		return best;
	return longest_literal(expand(text, fields, arena, 0), arena);
}

static void add_lead(struct catalog *c, struct source_stanza *s,
		     struct str anchor, bool is_more)
{
	struct lead *lead = ARENA_NEW(c->arena, struct lead), **last = &s->leads;

	*lead = (struct lead){ .anchor = anchor, .is_more = is_more,
			       .number = is_more ? s->nmore++ : s->ntexts++ };
	while (*last)
		last = &(*last)->next;
	*last = lead;
}

/* One line of a stanza, as far as it matters before the stanza is read. */
static void look_at(struct catalog *c, struct source_stanza *s,
		    struct str line, bool *in_row)
{
	struct str value = line, key;
	size_t indent = 0;

	while (indent < line.n && (line.p[indent] == ' ' ||
				   line.p[indent] == '\t'))
		indent++;
	/* text, match, more, means, row, anchor: most lines are none of them. */
	if (line.n < indent + 3 || !memchr("tmra", line.p[indent], 4) ||
	    !memchr("eoan", line.p[indent + 1], 4)) {
		*in_row &= indent >= 4;
		return;
	}
	key = str_word(&value);
	if (str_eq(key, STR("row"))) {
		s->nrows++;
		*in_row = true;
		return;
	}
	*in_row &= indent >= 4;
	if (*in_row)
		return;
	value = str_trim(value);
	if (str_eq(key, STR("text")))
		add_lead(c, s, template_anchor(value, c->fields, c->arena), false);
	else if (str_eq(key, STR("more")))
		add_lead(c, s, template_anchor(value, c->fields, c->arena), true);
	else if (str_eq(key, STR("match")))
		add_lead(c, s, (struct str){ 0 }, false);
	else if (str_eq(key, STR("anchor")) && s->leads)
		for (struct lead *l = s->leads; l; l = l->next)
			if (!l->is_more && l->number + 1 == s->ntexts)
				l->anchor = value;
	if (str_eq(key, STR("means")))
		s->means = means_find(value);
}

/* Puts a stanza into the catalogue, in the place of one of its name. */
static bool install(struct catalog *c, struct source_stanza *s,
		    struct diag *diag)
{
	size_t known = c->names.count, number = names_add(&c->names, s->name);
	struct source_stanza *old;

	heap_grow(&c->by_name, &c->by_name_room, c->names.count,
		  sizeof(*c->by_name));
	old = number < known ? c->by_name[number] : NULL;
	if (old && strcmp(old->file, s->file) == 0) {
		diag_at(diag, (struct place){ .file = s->file, .line = s->line },
			"each name stands for one entry",
			"second entry of the name '%.*s'", STR_FMT(s->name));
		return false;
	}
	c->by_name[number] = s;
	s->id = c->count;
	c->count += 1 + s->nrows;
	s->replaces = old;
	if (old) {
		struct source_stanza **at = &c->stanzas;

		while (*at != old)
			at = &(*at)->next;
		s->next = old->next;
		*at = s;
		if (c->last == &old->next)
			c->last = &s->next;
		return true;
	}
	*c->last = s;
	c->last = &s->next;
	return true;
}

static struct source_stanza *scan_stanza(struct catalog *c, struct str *text,
					 const char *file, unsigned *line)
{
	struct source_stanza *s = NULL;
	bool in_row = false;

	while (text->n) {
		const char *start = text->p;
		struct str row = str_split(text, '\n'), value;

		++*line;
		if (row.n && row.p[0] == '#')
			continue;
		if (!str_trim(row).n || (row.n == 1 && row.p[0] == '\r')) {
			if (s)
				break;
			continue;
		}
		if (s) {
			look_at(c, s, row, &in_row);
			s->text.n = (size_t)(row.p + row.n - s->text.p);
			continue;
		}
		s = ARENA_NEW(c->arena, struct source_stanza);
		value = str_trim(row);
		str_word(&value);
		*s = (struct source_stanza){
			.text = { start, row.n }, .file = file, .line = *line,
			.name = str_trim(value),
		};
	}
	return s;
}

static bool scan_text(struct catalog *c, struct str text, const char *file,
		      bool at_once, struct diag *diag)
{
	struct source_stanza *s;
	unsigned line = 0;
	bool fine = true;

	while ((s = scan_stanza(c, &text, file, &line))) {
		s->file_number = (unsigned)c->nfiles - 1;
		if (at_once && !stanza_load(c, s, diag)) {
			fine = false;
			continue;
		}
		fine &= install(c, s, diag);
		stanza_number(s);
	}
	return fine;
}

static const char *add_file(struct catalog *c, struct str text,
			    const char *file)
{
	file = arena_cstr(c->arena, str_from(file));
	heap_grow(&c->files, &c->files_room, c->nfiles + 1, sizeof(*c->files));
	c->files[c->nfiles++] = (struct source_file){ text, file };
	return file;
}

bool catalog_add(struct catalog *c, struct str text, const char *file,
		 struct diag *diag)
{
	file = add_file(c, text, file);
	return c->index || scan_text(c, text, file, false, diag);
}

bool catalog_read(struct catalog *c, struct str text, const char *file,
		  struct diag *diag)
{
	file = add_file(c, text, file);
	return scan_text(c, text, file, true, diag);
}

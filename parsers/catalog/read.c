/* Stanzas to entries. */

#include "parsers/catalog/reading.h"

static struct entry *new_entry(struct reading *r, const struct stanza_line *line,
			       enum role role)
{
	struct entry *entry = ARENA_NEW(r->catalog->arena, struct entry);

	entry->role = role;
	entry->from = role == ROLE_ROW ? r->top->from : FROM_ANY;
	entry->message.name = line->value;
	entry->message.file = str_from(line->place.file);
	entry->message.line = line->place.line;
	entry->message.head = role == ROLE_ROW ? &r->top->message : NULL;
	entry->older = r->catalog->newest;
	r->catalog->newest = entry;
	return entry;
}

/* The rows of a block that another one of its name has replaced. */
static void drop_rows(struct catalog *c, const struct entry *block)
{
	struct message **at = &c->messages;

	while (*at) {
		if (entry_of(*at)->block == block)
			*at = (*at)->next;
		else
			at = &(*at)->next;
	}
}

/* Puts an entry into the catalogue, in the place of one of its name. */
static bool install(struct reading *r, struct entry *entry)
{
	struct catalog *c = r->catalog;
	struct message **at = &c->messages;
	const struct entry *old;

	for (; *at; at = &(*at)->next) {
		if (!str_eq((*at)->name, entry->message.name))
			continue;
		if (str_eq((*at)->file, entry->message.file)) {
			diag_at(r->diag, (struct place){
				.file = entry->message.file.p,
				.line = entry->message.line },
				"each name stands for one entry",
				"second entry of the name '%.*s'",
				STR_FMT(entry->message.name));
			return false;
		}
		entry->message.next = (*at)->next;
		entry->message.id = (*at)->id;
		entry->message.replaces = *at;
		old = entry_of(*at);
		*at = &entry->message;
		drop_rows(c, old);
		return true;
	}
	entry->message.id = c->count++;
	*at = &entry->message;
	return true;
}

static bool check_entry(struct reading *r, struct entry *entry)
{
	struct place place = {
		.file = entry->message.file.p, .line = entry->message.line,
		.text = entry->message.name,
	};
	bool sampled = false;

	for (struct sample *s = entry->samples; s; s = s->next)
		sampled |= !s->reject;
	if (!entry->templates) {
		diag_at(r->diag, place, "add a 'text' line",
			"entry without a text");
		return false;
	}
	for (struct template *t = entry->templates; t; t = t->next) {
		if (!t->raw || t->anchor.n)
			continue;
		diag_at(r->diag, t->place, "add an 'anchor' line",
			"'match' needs the literal that a line must have");
		return false;
	}
	if (!entry->message.title.n && entry->role != ROLE_ROW) {
		diag_at(r->diag, place, "say what the line means",
			"entry without a title");
		return false;
	}
	if (!sampled) {
		diag_at(r->diag, place, "add a 'sample' or 'sample?' line",
			"entry without a sample");
		return false;
	}
	return true;
}

static bool take_line(struct reading *r, const struct stanza_line *line)
{
	if (str_eq(line->key, STR("row"))) {
		struct entry **last = &r->top->rows;

		if (r->top->role != ROLE_BLOCK)
			return reading_wrong(r, line, "start the stanza with 'block'",
				     "'row' outside a block");
		r->entry = new_entry(r, line, ROLE_ROW);
		r->entry->block = r->top;
		while (*last)
			last = &(*last)->sibling;
		*last = r->entry;
		r->sample = NULL;
		r->match = NULL;
		return true;
	}
	if (line->indent < 4 && r->entry != r->top) {
		r->entry = r->top;
		r->sample = NULL;
	}
	return reading_take_key(r, line);
}

static bool read_stanza(struct reading *r, struct stanza *stanza)
{
	struct stanza_line *first = stanza->lines, *line;
	bool block = str_eq(first->key, STR("block"));
	bool fine = true;

	if (!block && !str_eq(first->key, STR("message")))
		return reading_wrong(r, first, "a stanza starts with 'message NAME' or "
			     "'block NAME'", "not the start of an entry");
	r->sample = NULL;
	r->match = NULL;
	r->top = r->entry = new_entry(r, first,
				      block ? ROLE_BLOCK : ROLE_MESSAGE);
	r->top->stanza = *stanza;
	for (line = first->next; line; line = line->next)
		fine &= take_line(r, line);
	if (!fine || !check_entry(r, r->top))
		return false;
	for (struct entry *row = r->top->rows; row; row = row->sibling)
		fine &= check_entry(r, row);
	if (!fine || !install(r, r->top))
		return false;
	for (struct entry *row = r->top->rows; row; row = row->sibling)
		fine &= install(r, row);
	return fine;
}

struct catalog *catalog_new(const struct fields *fields)
{
	struct arena *arena = arena_new();
	struct catalog *c = ARENA_NEW(arena, struct catalog);

	*c = (struct catalog){ .fields = fields, .arena = arena };
	return c;
}

bool catalog_read(struct catalog *c, struct str text, const char *file,
		  struct diag *diag)
{
	struct reading r = { .catalog = c, .diag = diag };
	struct stanza_reader reader;
	struct stanza stanza;
	bool fine = true;

	file = arena_cstr(c->arena, str_from(file));
	stanza_open(&reader, text, file, "");
	while (stanza_next(&reader, c->arena, &stanza))
		fine &= read_stanza(&r, &stanza);
	return fine;
}

bool catalog_read_words(struct catalog *c, struct str text, const char *file,
			struct diag *diag)
{
	bool fine = true;

	file = arena_cstr(c->arena, str_from(file));
	for (unsigned line = 1; text.n; line++) {
		struct str row = str_split(&text, '\n'), rest = row;
		struct word *word;

		if (!row.n || row.p[0] == '#')
			continue;
		word = ARENA_NEW(c->arena, struct word);
		word->text = str_split(&rest, '\t');
		word->reason = str_split(&rest, '\t');
		word->next = c->words;
		if (word->text.n < ANCHOR_MIN) {
			diag_at(diag, (struct place){ file, line, 1, row },
				"six bytes at least, blanks count",
				"word that is too short");
			fine = false;
			continue;
		}
		c->words = word;
	}
	return fine;
}

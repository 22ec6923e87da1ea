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
	return fine;
}

/* Has the block a member that only a look at each line finds? */
static bool is_blind(const struct entry *block)
{
	for (const struct template *t = block->more; t; t = t->next)
		if (t->anchor.n < ANCHOR_MIN)
			return true;
	return block->rows != NULL;
}

bool stanza_load(struct catalog *c, struct source_stanza *s,
		 struct diag *diag)
{
	struct reading r = { .catalog = c, .diag = diag };
	struct stanza_reader reader;
	struct stanza stanza;

	if (s->entry || s->failed)
		return !s->failed;
	stanza_open(&reader, s->text, s->file, "");
	reader.line = s->line - 1;
	if (!stanza_next(&reader, c->arena, &stanza) ||
	    !read_stanza(&r, &stanza)) {
		s->failed = true;
		return false;
	}
	s->entry = r.top;
	s->entry->blind = is_blind(r.top);
	stanza_number(s);
	return true;
}

void stanza_number(struct source_stanza *s)
{
	unsigned id = s->id;

	if (!s->entry)
		return;
	s->entry->message.id = id;
	for (struct entry *row = s->entry->rows; row; row = row->sibling)
		row->message.id = ++id;
}

/* Links the entries in the order of the catalogue. */
static void link_messages(struct catalog *c)
{
	struct message **last = &c->messages;

	c->messages = NULL;
	for (uint32_t i = 0; i < c->index->nstanzas; i++) {
		struct source_stanza *s = stanza_at(c, i);

		if (!s->entry)
			continue;
		s->entry->message.replaces = s->replaces && s->replaces->entry
			? &s->replaces->entry->message : NULL;
		*last = &s->entry->message;
		last = &(*last)->next;
		for (struct entry *row = s->entry->rows; row;
		     row = row->sibling) {
			*last = &row->message;
			last = &(*last)->next;
		}
	}
	*last = NULL;
}

bool catalog_load(struct catalog *c, struct diag *diag)
{
	struct diag quiet = { 0 };
	bool fine = true;

	for (uint32_t i = 0; i < c->index->nstanzas; i++) {
		struct source_stanza *s = stanza_at(c, i);

		fine &= stanza_load(c, s, diag);
		if (s->replaces)
			stanza_load(c, (struct source_stanza *)s->replaces,
				    &quiet);
	}
	link_messages(c);
	return fine;
}

struct catalog *catalog_new(const struct fields *fields)
{
	struct arena *arena = arena_new();
	struct catalog *c = ARENA_NEW(arena, struct catalog);

	*c = (struct catalog){
		.fields = fields, .arena = arena, .last = &c->stanzas,
		.last_listing = &c->listings,
		.names = { .arena = arena },
	};
	return c;
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

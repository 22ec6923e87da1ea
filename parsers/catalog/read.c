/* Stanzas to entries, and entries to a sealed catalogue. */

#include <stdlib.h>

#include "parsers/base/num.h"
#include "parsers/catalog/entry.h"

static const char *const means_words[MEANS_COUNT] = {
	[MEANS_NOTHING] = "",		[MEANS_BOOT_EARLY] = "boot-early",
	[MEANS_BOOT_START] = "boot-start",
	[MEANS_KERNEL_EARLY] = "kernel-early",
	[MEANS_KERNEL_START] = "kernel-start", [MEANS_FOCUS] = "focus",
	[MEANS_REPLAY_START] = "replay-start", [MEANS_LOST] = "lost",
};

static const char *const from_words[] = {
	[FROM_XEN] = "xen", [FROM_LINUX] = "linux", [FROM_TRACE] = "trace",
	[FROM_ANY] = "any",
};

/* What is being read: the entry that lines go to, and where it stands. */
struct reading {
	struct catalog *catalog;
	struct diag *diag;
	struct entry *top, *entry;	/* the stanza's, and a row's */
	struct template *match;		/* waits for its anchor */
	struct sample *sample;		/* the last one, for "expect" */
};

typedef bool (*take_fn)(struct reading *, const struct stanza_line *);

static bool wrong(struct reading *r, const struct stanza_line *line,
		  const char *hint, const char *what)
{
	diag_at(r->diag, line->place, hint, "%s", what);
	return false;
}

static bool take_title(struct reading *r, const struct stanza_line *line)
{
	r->entry->message.title = line->value;
	return true;
}

static bool take_into(struct reading *r, const struct stanza_line *line)
{
	r->entry->message.into = line->value;
	return true;
}

static bool take_origin(struct reading *r, const struct stanza_line *line)
{
	r->entry->message.origin = line->value;
	return true;
}

static bool take_nothing(struct reading *r, const struct stanza_line *line)
{
	(void)r;
	return line->value.n != 0;
}

static bool take_from(struct reading *r, const struct stanza_line *line)
{
	for (unsigned i = 0; i <= FROM_ANY; i++) {
		if (!str_eq(line->value, str_from(from_words[i])))
			continue;
		r->entry->from = (enum from)i;
		return true;
	}
	return wrong(r, line, "xen, linux, trace or any", "unknown speaker");
}

static bool take_means(struct reading *r, const struct stanza_line *line)
{
	for (unsigned i = 1; i < MEANS_COUNT; i++) {
		if (!str_eq(line->value, str_from(means_words[i])))
			continue;
		r->entry->message.means = (enum means)i;
		return true;
	}
	return wrong(r, line,
		     "boot-early, boot-start, kernel-early, kernel-start, focus, "
		     "replay-start or lost",
		     "unknown word");
}

static struct template *add_template(struct reading *r,
				     const struct stanza_line *line,
				     struct template **list)
{
	struct template *t = ARENA_NEW(r->catalog->arena, struct template);

	while (*list)
		list = &(*list)->next;
	*list = t;
	t->text = line->value;
	t->place = line->place;
	return t;
}

static bool long_enough(struct reading *r, const struct template *t,
			const struct stanza_line *line)
{
	if (t->anchor.n >= ANCHOR_MIN || r->entry->role == ROLE_ROW)
		return true;
	return wrong(r, line,
		"a line is looked at when its longest literal is in it: "
		"six bytes at least", "no literal that is long enough");
}

static bool take_text(struct reading *r, const struct stanza_line *line)
{
	struct template *t = add_template(r, line, &r->entry->templates);

	return template_parse(t, r->catalog->fields, r->catalog->arena, false,
			      r->diag) && long_enough(r, t, line);
}

static bool take_more(struct reading *r, const struct stanza_line *line)
{
	if (r->top->role != ROLE_BLOCK)
		return wrong(r, line, "start the stanza with 'block'",
			     "'more' outside a block");
	return template_parse(add_template(r, line, &r->top->more),
			      r->catalog->fields, r->catalog->arena, true,
			      r->diag);
}

static bool take_match(struct reading *r, const struct stanza_line *line)
{
	struct template *t = add_template(r, line, &r->entry->templates);

	t->raw = true;
	t->pattern = line->value;
	r->match = t;
	return template_ready(t, r->catalog->fields, r->diag);
}

static bool take_anchor(struct reading *r, const struct stanza_line *line)
{
	if (!r->match)
		return wrong(r, line, "", "'anchor' without a 'match' above it");
	r->match->anchor = line->value;
	return long_enough(r, r->match, line);
}

static struct setting *add_setting(struct reading *r, struct setting **list,
				   struct str name, struct str value)
{
	struct setting *s = ARENA_NEW(r->catalog->arena, struct setting);

	while (*list)
		list = &(*list)->next;
	*s = (struct setting){ .name = name, .value = value };
	*list = s;
	return s;
}

static bool take_set(struct reading *r, const struct stanza_line *line)
{
	struct str value = line->value, name = str_split(&value, '=');

	if (!name.n || !value.n)
		return wrong(r, line, "set column=value", "not a setting");
	add_setting(r, &r->entry->message.sets, name, value);
	return true;
}

static bool take_fact(struct reading *r, const struct stanza_line *line)
{
	struct str value = line->value, name = str_word(&value);

	value = str_trim(value);
	if (!name.n || !value.n)
		return wrong(r, line, "fact name value", "not a fact");
	add_setting(r, &r->entry->message.facts, name, value);
	return true;
}

static bool take_key(struct reading *r, const struct stanza_line *line)
{
	struct str rest = line->value, word;

	for (word = str_word(&rest); word.n; word = str_word(&rest)) {
		int field = fields_find(r->catalog->fields, word);

		if (field < 0)
			return wrong(r, line,
				fields_guess(r->catalog->fields,
					     r->catalog->arena, word),
				"unknown field in 'key'");
		if (r->entry->nkeys == KEYS_MAX)
			return wrong(r, line, "", "too many keys");
		r->entry->keys[r->entry->nkeys++] = (uint16_t)field;
	}
	return true;
}

/* "flags=1.0:32", "handle=2.16:16s", "bus_addr=3" */
static bool parse_pick(struct reading *r, struct str text, unsigned size,
		       struct pick *pick)
{
	struct str rest = text, name = str_split(&rest, '=');
	struct str word = str_split(&rest, '.'), bit = str_split(&rest, ':');
	int field = fields_find(r->catalog->fields, name);
	int64_t w, b = 0, n = 64;

	if (field < 0 || !num_dec(word, &w) || w < 0 || w >= size)
		return false;
	if (bit.n) {
		pick->is_signed = rest.n && rest.p[rest.n - 1] == 's';
		if (pick->is_signed)
			rest.n--;
		if (!num_dec(bit, &b) || !num_dec(rest, &n))
			return false;
	}
	if (b < 0 || n < 1 || b + n > 64)
		return false;
	r->catalog->fields->items[field].used = true;
	pick->field = (uint16_t)field;
	pick->word = (unsigned)w;
	pick->bit = (unsigned)b;
	pick->width = (unsigned)n;
	return true;
}

static bool take_each(struct reading *r, const struct stanza_line *line)
{
	struct each *each = &r->entry->each;
	struct str rest = line->value, list = str_word(&rest), word;
	int field = fields_find(r->catalog->fields, list), shown;
	int64_t size;

	if (field < 0 || !num_dec(str_word(&rest), &size) || size < 1 ||
	    size > 8)
		return wrong(r, line,
			"each LIST-FIELD WORDS column=word.bit:bits ...",
			"not a list of operations");
	/* How many operations a line shows is counted for it. */
	shown = fields_find(r->catalog->fields, STR("shown"));
	if (shown >= 0)
		r->catalog->fields->items[shown].used = true;
	*each = (struct each){
		.used = true, .list = (uint16_t)field, .size = (unsigned)size,
	};
	for (word = str_word(&rest); word.n; word = str_word(&rest)) {
		if (str_starts(word, STR("first=")) &&
		    num_dec(str_skip(word, 6), &each->first))
			continue;
		if (each->npicks == PICKS_MAX ||
		    !parse_pick(r, word, each->size,
				&each->picks[each->npicks++]))
			return wrong(r, line,
				"column=word.bit:bits, bits may end in s",
				"not a part of a word");
	}
	return true;
}

static bool add_sample(struct reading *r, const struct stanza_line *line,
		       bool invented, bool reject)
{
	struct sample **last = &r->entry->samples;
	struct sample *sample = ARENA_NEW(r->catalog->arena, struct sample);

	while (*last)
		last = &(*last)->next;
	*sample = (struct sample){
		.text = line->value, .place = line->place,
		.invented = invented, .reject = reject,
	};
	*last = sample;
	if (!reject)
		r->sample = sample;
	return true;
}

static bool take_sample(struct reading *r, const struct stanza_line *line)
{
	return add_sample(r, line, false, false);
}

static bool take_invented(struct reading *r, const struct stanza_line *line)
{
	return add_sample(r, line, true, false);
}

static bool take_reject(struct reading *r, const struct stanza_line *line)
{
	return add_sample(r, line, true, true);
}

static bool take_expect(struct reading *r, const struct stanza_line *line)
{
	if (!r->sample)
		return wrong(r, line, "", "'expect' without a sample above it");
	r->sample->expect = line->value;
	r->sample->expect_place = line->place;
	return true;
}

static const struct { const char *key; take_fn take; } keys[] = {
	{ "title", take_title },	{ "from", take_from },
	{ "into", take_into },		{ "text", take_text },
	{ "match", take_match },	{ "anchor", take_anchor },
	{ "set", take_set },		{ "fact", take_fact },
	{ "key", take_key },		{ "each", take_each },
	{ "means", take_means },	{ "origin", take_origin },
	{ "since", take_nothing },	{ "until", take_nothing },
	{ "more", take_more },		{ "sample", take_sample },
	{ "sample?", take_invented },	{ "expect", take_expect },
	{ "reject", take_reject },
};

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
			return wrong(r, line, "start the stanza with 'block'",
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
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (str_eq(line->key, str_from(keys[i].key)))
			return keys[i].take(r, line);
	diag_at(r->diag, line->place, "docs/catalogue.md lists the keys",
		"unknown key '%.*s'", STR_FMT(line->key));
	return false;
}

static bool read_stanza(struct reading *r, struct stanza *stanza)
{
	struct stanza_line *first = stanza->lines, *line;
	bool block = str_eq(first->key, STR("block"));
	bool fine = true;

	if (!block && !str_eq(first->key, STR("message")))
		return wrong(r, first, "a stanza starts with 'message NAME' or "
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

/* ---- sealing ----------------------------------------------------------- */

static size_t anchor_index(struct catalog *c, struct str anchor)
{
	for (size_t i = 0; i < c->nanchors; i++)
		if (str_eq(c->anchors[i], anchor))
			return i;
	c->anchors[c->nanchors] = anchor;
	return c->nanchors++;
}

static void add_candidates(struct catalog *c, struct entry *entry,
			   struct template *templates, bool is_more,
			   unsigned *rank)
{
	for (struct template *t = templates; t; t = t->next) {
		struct candidate **list, *candidate;

		if (t->anchor.n < ANCHOR_MIN)
			continue;
		list = &c->by_anchor[anchor_index(c, t->anchor)];
		while (*list)
			list = &(*list)->next;
		candidate = ARENA_NEW(c->arena, struct candidate);
		*candidate = (struct candidate){
			.entry = entry, .template = t, .is_more = is_more,
			.rank = ++*rank,
		};
		*list = candidate;
	}
}

bool catalog_seal(struct catalog *c, struct diag *diag)
{
	size_t templates = 0;
	unsigned rank = 0;

	(void)diag;
	for (struct message *m = c->messages; m; m = m->next) {
		struct entry *entry = entry_of(m);

		for (struct template *t = entry->templates; t; t = t->next)
			templates++;
		for (struct template *t = entry->more; t; t = t->next)
			templates++;
	}
	c->anchors = ARENA_ARRAY(c->arena, struct str, templates + 1);
	c->by_anchor = ARENA_ARRAY(c->arena, struct candidate *,
				   templates + 1);
	for (struct message *m = c->messages; m; m = m->next) {
		struct entry *entry = entry_of(m);

		if (entry->role == ROLE_ROW)
			continue;
		add_candidates(c, entry, entry->templates, false, &rank);
		add_candidates(c, entry, entry->more, true, &rank);
	}
	c->prefilter = prefilter_new(c->anchors, c->nanchors);
	return true;
}

static void free_templates(struct template *t)
{
	for (; t; t = t->next)
		regex_free(t->regex);
}

void catalog_free(struct catalog *c)
{
	if (!c)
		return;
	for (struct entry *entry = c->newest; entry; entry = entry->older) {
		free_templates(entry->templates);
		free_templates(entry->more);
	}
	prefilter_free(c->prefilter);
	arena_free(c->arena);
}

const struct fields *catalog_fields(const struct catalog *c)
{
	return c->fields;
}

const struct message *catalog_messages(const struct catalog *c)
{
	return c->messages;
}

unsigned catalog_count(const struct catalog *c)
{
	return c->count;
}

void catalog_scan(const struct catalog *c, struct str text, struct hits *hits)
{
	prefilter_scan(c->prefilter, text, hits);
}

bool catalog_means(const struct catalog *c, const struct hit *hits,
		   size_t nhits, enum means means)
{
	for (size_t i = 0; i < nhits; i++)
		for (const struct candidate *x = c->by_anchor[hits[i].anchor];
		     x; x = x->next)
			if (x->entry->message.means == means)
				return true;
	return false;
}

static void each_slot(const struct catalog *c, const struct template *t,
		      void (*each)(void *, unsigned, unsigned), void *arg)
{
	for (; t; t = t->next) {
		if (t->raw)
			template_ready((struct template *)t, c->fields,
				       &(struct diag){ 0 });
		for (unsigned i = 0; i < t->nslots; i++) {
			const struct slot *slot = &t->slots[i];

			if (slot->field == UINT16_MAX)
				continue;
			for (unsigned n = slot->repeats != 0;
			     n <= slot->repeats; n++)
				each(arg, slot->field, n);
		}
	}
}

void message_fields(const struct catalog *c, const struct message *message,
		    void (*each)(void *arg, unsigned field, unsigned repeat),
		    void *arg)
{
	const struct entry *entry = entry_of(message);
	int shown = fields_find(c->fields, STR("shown"));

	each_slot(c, entry->templates, each, arg);
	each_slot(c, entry->more, each, arg);
	for (unsigned i = 0; i < entry->each.npicks; i++)
		each(arg, entry->each.picks[i].field, 0);
	if (entry->each.used && shown >= 0)
		each(arg, (unsigned)shown, 0);
	if (entry->block)
		each_slot(c, entry->block->templates, each, arg);
}

struct str message_source(const struct message *message, struct arena *arena)
{
	const struct entry *entry = entry_of(message);
	struct str out = { 0 };

	if (entry->block)
		entry = entry->block;
	for (const struct stanza_line *l = entry->stanza.lines; l; l = l->next) {
		struct str value = l->value, part = str_split(&value, '\n');

		out = arena_printf(arena, "%.*s%*s%-8.*s %.*s\n", STR_FMT(out),
			(int)l->indent, "", STR_FMT(l->key), STR_FMT(part));
		while (value.n) {
			part = str_split(&value, '\n');
			out = arena_printf(arena, "%.*s%*s|        %.*s\n",
				STR_FMT(out), (int)l->indent, "",
				STR_FMT(part));
		}
	}
	return out;
}

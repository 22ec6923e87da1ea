/* Each entry against its own samples, and each sample against all entries. */

#include "parsers/base/num.h"
#include "parsers/catalog/entry.h"

enum { EVENTS_MAX = 64 };

/* A sink that keeps what it is given. */
struct keep {
	struct sink sink;		/* first */
	struct arena *arena;
	struct event events[EVENTS_MAX];
	unsigned count;
};

static void keep_event(struct sink *sink, const struct event *event)
{
	struct keep *k = (struct keep *)sink;
	struct event *copy;

	if (k->count == EVENTS_MAX)
		return;
	copy = &k->events[k->count++];
	*copy = *event;
	for (unsigned i = 0; i < copy->nvalues; i++)
		if (!copy->values[i].is_int)
			copy->values[i].s = arena_copy(k->arena,
						       copy->values[i].s);
}

struct test {
	struct catalog *catalog;
	struct diag *diag;
	struct keep keep;
	struct matcher *matcher;
	struct hits hits;
	const struct message *claimed_by[EVENTS_MAX];
	unsigned nlines;
};

/* How the samples of an entry are framed; rows like their block. */
static enum frame_as framing(const struct entry *entry)
{
	return entry && entry->from == FROM_FILE ? FRAME_AS_FILE
						 : FRAME_AS_AUTO;
}

/* Two entries that both fit a line: the second would never be asked. */
static void check_rivals(struct test *t, const struct framed *framed,
			 const struct entry *owner, const struct sample *sample)
{
	struct regex_scratch *scratch = regex_scratch_new();

	for (size_t i = 0; i < t->hits.count; i++) {
		struct candidate *c =
			candidates_of(t->catalog, t->hits.items[i].anchor);

		for (; c; c = c->next) {
			struct entry *entry = candidate_ready(t->catalog, c,
							      t->diag);

			if (!entry || entry == owner || entry == owner->block ||
			    c->is_more || entry->from != owner->from ||
			    !template_ready(c->template, t->catalog->fields,
					    t->diag) ||
			    !regex_match(c->template->regex, scratch,
					 framed->text))
				continue;
			diag_at(t->diag, sample->place,
				"make one of the two texts say more",
				"sample of '%.*s' is also matched by '%.*s'",
				STR_FMT(owner->message.name),
				STR_FMT(entry->message.name));
		}
	}
	regex_scratch_free(scratch);
}

/* Feeds lines to the matcher; remembers who claimed each. */
static void feed(struct test *t, struct str lines, enum frame_as as,
		 const struct entry *owner, const struct sample *sample)
{
	t->nlines = 0;
	while (lines.n && t->nlines < EVENTS_MAX) {
		struct framed framed;

		frame_wrapped(str_trim_end(str_split(&lines, '\n')),
			      as, t->keep.arena, &framed);
		t->hits.count = 0;
		catalog_scan(t->catalog, framed.raw, &t->hits);
		t->claimed_by[t->nlines++] = matcher_line(t->matcher, &framed,
			t->hits.items, t->hits.count);
		if (owner)
			check_rivals(t, &framed, owner, sample);
	}
}

static void start(struct test *t, const struct entry *entry)
{
	t->keep.count = 0;
	arena_reset(t->keep.arena);
	t->matcher = matcher_new(t->catalog, &t->keep.sink, NULL);
	if (entry->role != ROLE_ROW)
		return;
	/* A row is only looked for inside its block. */
	for (struct sample *s = entry->block->samples; s; s = s->next) {
		if (s->reject)
			continue;
		feed(t, s->text, framing(entry), NULL, NULL);
		t->keep.count = 0;
		break;
	}
}

static struct str show_value(struct test *t, const struct value *v)
{
	if (!v->is_int)
		return v->s;
	return arena_printf(t->keep.arena, "%#llx (%lld)",
			    (unsigned long long)v->i, (long long)v->i);
}

static bool value_is(const struct value *v, struct str want)
{
	int64_t number;
	uint64_t bits;

	if (!v->is_int)
		return str_eq(v->s, want);
	if (num_any(want, &number))
		return number == v->i;
	return num_hex(want, &bits) && (int64_t)bits == v->i;
}

/* "a\sb" is "a b". */
static struct str unquote(struct test *t, struct str s)
{
	char *out = arena_alloc(t->keep.arena, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		bool blank = s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == 's';

		out[n++] = blank ? ' ' : s.p[i];
		i += blank;
	}
	return (struct str){ out, n };
}

/* "word0" is field word, first of its repeats. */
static const struct value *find_named(struct test *t, const struct event *event,
				      struct str name)
{
	int field = fields_find(t->catalog->fields, name);
	unsigned repeat = 0;

	if (field < 0 && name.n > 1) {
		repeat = (unsigned)(name.p[name.n - 1] - '0') + 1;
		field = fields_find(t->catalog->fields,
				    str_head(name, name.n - 1));
	}
	for (unsigned i = 0; field >= 0 && i < event->nvalues; i++)
		if (event->values[i].field == field &&
		    event->values[i].repeat == repeat)
			return &event->values[i];
	return NULL;
}

static void check_expect(struct test *t, const struct sample *sample,
			 const struct event *event)
{
	struct str rest = sample->expect, word;

	for (word = str_word(&rest); word.n; word = str_word(&rest)) {
		struct place place = sample->expect_place;
		struct str want = word, name = str_split(&want, '=');
		const struct value *v = find_named(t, event, name);

		place.column += (unsigned)(word.p - sample->expect.p);
		want = unquote(t, want);
		if (!v)
			diag_at(t->diag, place, "",
				"the sample has no value for '%.*s'",
				STR_FMT(name));
		else if (!value_is(v, want))
			diag_at(t->diag, place, "",
				"'%.*s' is '%.*s' in the sample",
				STR_FMT(name), STR_FMT(show_value(t, v)));
	}
}

/* The caret stands where no variant of the entry fits any more. */
static void point_at_difference(struct test *t, const struct entry *entry,
				const struct sample *sample)
{
	struct regex_scratch *scratch = regex_scratch_new();
	struct place place = sample->place;
	struct str text = sample->text, line = str_split(&text, '\n');
	struct framed framed;
	size_t far = 0;

	frame_wrapped(line, framing(entry), NULL, &framed);
	for (struct template *m = entry->templates; m; m = m->next)
		if (template_ready(m, t->catalog->fields, t->diag)) {
			size_t at = regex_reach(m->pattern, scratch, framed.text);

			far = at > far ? at : far;
		}
	regex_scratch_free(scratch);
	if (framed.text.p >= line.p && framed.text.p <= line.p + line.n)
		place.column += (unsigned)(framed.text.p - line.p);
	place.column += (unsigned)far;
	diag_at(t->diag, place, "compare it with the 'text' from there on",
		"sample does not match its own text from here on");
}

static void run_sample(struct test *t, struct entry *entry,
		       struct sample *sample)
{
	const struct event *event = NULL;
	bool claimed = false;

	start(t, entry);
	feed(t, sample->text, framing(entry), sample->reject ? NULL : entry, sample);
	for (unsigned i = 0; i < t->nlines; i++)
		claimed |= t->claimed_by[i] == &entry->message;
	for (unsigned i = 0; i < t->nlines && !sample->reject && claimed; i++)
		if (!t->claimed_by[i])
			diag_at(t->diag, sample->place, "",
				"line %u of the sample is not claimed", i + 1);
	matcher_free(t->matcher);
	for (unsigned i = 0; i < t->keep.count && !event; i++)
		if (t->keep.events[i].message == &entry->message)
			event = &t->keep.events[i];
	if (sample->reject && claimed)
		diag_at(t->diag, sample->place, "make the text say more",
			"a line that must not match '%.*s' does",
			STR_FMT(entry->message.name));
	else if (!sample->reject && !claimed)
		point_at_difference(t, entry, sample);
	else if (!sample->reject && !event)
		diag_at(t->diag, sample->place, "", "sample gives no event");
	else if (!sample->reject)
		check_expect(t, sample, event);
}

unsigned catalog_selftest(struct catalog *catalog, struct diag *diag,
			  unsigned *samples, unsigned *invented)
{
	unsigned before = diag->problems;
	struct test t = {
		.catalog = catalog, .diag = diag,
		.keep = { .sink = sink_ignore(), .arena = arena_new() },
	};

	t.keep.sink.event = keep_event;
	*samples = *invented = 0;
	catalog_load(catalog, diag);
	for (const struct message *m = catalog->messages; m; m = m->next) {
		struct entry *entry = entry_of(m);

		for (struct sample *s = entry->samples; s; s = s->next) {
			*samples += !s->reject;
			*invented += s->invented && !s->reject;
			run_sample(&t, entry, s);
		}
	}
	heap_free(t.hits.items);
	arena_free(t.keep.arena);
	return diag->problems - before;
}

unsigned catalog_places(const struct catalog *c, unsigned *free_text)
{
	unsigned all = 0;

	*free_text = 0;
	for (const struct message *m = c->messages; m; m = m->next)
		for (unsigned more = 0; more < 2; more++) {
			const struct template *t = more ? entry_of(m)->more
						: entry_of(m)->templates;

			for (; t; t = t->next)
				for (unsigned i = 0; i < t->nslots; i++) {
					const struct slot *s = &t->slots[i];

					if (s->field == UINT16_MAX)
						continue;
					all++;
					*free_text += s->kind == KIND_TEXT &&
						      !s->words;
				}
		}
	return all;
}

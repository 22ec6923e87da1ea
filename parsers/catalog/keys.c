/* The keys of a stanza: what each line adds to the entry. */

#include "parsers/base/num.h"
#include "parsers/catalog/reading.h"

static const char *const means_words[MEANS_COUNT] = {
	[MEANS_NOTHING] = "",		[MEANS_BOOT_EARLY] = "boot-early",
	[MEANS_BOOT_START] = "boot-start",
	[MEANS_KERNEL_EARLY] = "kernel-early",
	[MEANS_KERNEL_START] = "kernel-start", [MEANS_FOCUS] = "focus",
	[MEANS_REPLAY_START] = "replay-start", [MEANS_LOST] = "lost",
};

static const char *const from_words[] = {
	[FROM_XEN] = "xen", [FROM_LINUX] = "linux", [FROM_TRACE] = "trace",
	[FROM_TOOL] = "tool", [FROM_FILE] = "file", [FROM_ANY] = "any",
};

typedef bool (*take_fn)(struct reading *, const struct stanza_line *);

bool reading_wrong(struct reading *r, const struct stanza_line *line,
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

/* Behind a text it is of that text, elsewhere of the whole entry. */
static bool take_since(struct reading *r, const struct stanza_line *line)
{
	if (r->variant)
		r->variant->since = line->value;
	else
		r->entry->message.since = line->value;
	return line->value.n != 0;
}

static bool take_until(struct reading *r, const struct stanza_line *line)
{
	if (r->variant)
		r->variant->until = line->value;
	else
		r->entry->message.until = line->value;
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
	return reading_wrong(r, line, "xen, linux, trace, tool, file or any", "unknown speaker");
}

enum means means_find(struct str word)
{
	for (unsigned i = 1; i < MEANS_COUNT; i++)
		if (str_eq(word, str_from(means_words[i])))
			return (enum means)i;
	return MEANS_NOTHING;
}

static bool take_means(struct reading *r, const struct stanza_line *line)
{
	r->entry->message.means = means_find(line->value);
	return r->entry->message.means != MEANS_NOTHING || reading_wrong(r, line,
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
	r->variant = t;
	return t;
}

static bool long_enough(struct reading *r, const struct template *t,
			const struct stanza_line *line)
{
	if (t->anchor.n >= ANCHOR_MIN || r->entry->role == ROLE_ROW)
		return true;
	return reading_wrong(r, line,
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
		return reading_wrong(r, line, "start the stanza with 'block'",
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
	t->slots = ARENA_ARRAY(r->catalog->arena, struct slot, SLOTS_MAX);
	r->match = t;
	return template_ready(t, r->catalog->fields, r->diag);
}

static bool take_anchor(struct reading *r, const struct stanza_line *line)
{
	if (!r->match)
		return reading_wrong(r, line, "", "'anchor' without a 'match' above it");
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
		return reading_wrong(r, line, "set column=value", "not a setting");
	add_setting(r, &r->entry->message.sets, name, value);
	return true;
}

static bool take_fact(struct reading *r, const struct stanza_line *line)
{
	struct str value = line->value, name = str_word(&value);

	value = str_trim(value);
	if (!name.n || !value.n)
		return reading_wrong(r, line, "fact name value", "not a fact");
	add_setting(r, &r->entry->message.facts, name, value);
	return true;
}

static bool take_key(struct reading *r, const struct stanza_line *line)
{
	struct str rest = line->value, word;

	for (word = str_word(&rest); word.n; word = str_word(&rest)) {
		int field = fields_find(r->catalog->fields, word);

		if (field < 0)
			return reading_wrong(r, line,
				fields_guess(r->catalog->fields,
					     r->catalog->arena, word),
				"unknown field in 'key'");
		if (r->entry->nkeys == KEYS_MAX)
			return reading_wrong(r, line, "", "too many keys");
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

/* "dma_list+size_list": several, of which each operation takes its part. */
static bool take_lists(struct reading *r, struct str names)
{
	struct each *each = &r->entry->each;

	while (names.n) {
		int field = fields_find(r->catalog->fields,
					str_split(&names, '+'));

		if (field < 0 || each->nlists == LISTS_MAX)
			return false;
		each->lists[each->nlists++] = (uint16_t)field;
	}
	return each->nlists != 0;
}

static bool take_each(struct reading *r, const struct stanza_line *line)
{
	struct each *each = &r->entry->each;
	struct str rest = line->value, lists = str_word(&rest), word;
	int64_t size = 0;
	int shown;

	*each = (struct each){ .used = true };
	if (!take_lists(r, lists) || !num_dec(str_word(&rest), &size) ||
	    size < 1 || size * each->nlists > WORDS_MAX)
		return reading_wrong(r, line,
			"each LIST-FIELD[+LIST-FIELD] WORDS "
			"column=word.bit:bits ...",
			"not a list of operations");
	/* How many operations a line shows is counted for it. */
	shown = fields_find(r->catalog->fields, STR("shown"));
	if (shown >= 0)
		r->catalog->fields->items[shown].used = true;
	each->size = (unsigned)size;
	for (word = str_word(&rest); word.n; word = str_word(&rest)) {
		if (str_starts(word, STR("first=")) &&
		    num_dec(str_skip(word, 6), &each->first))
			continue;
		if (each->npicks == PICKS_MAX ||
		    !parse_pick(r, word, each->size * each->nlists,
				&each->picks[each->npicks++]))
			return reading_wrong(r, line,
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
		return reading_wrong(r, line, "", "'expect' without a sample above it");
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
	{ "since", take_since },	{ "until", take_until },
	{ "more", take_more },		{ "sample", take_sample },
	{ "sample?", take_invented },	{ "expect", take_expect },
	{ "reject", take_reject },
};

bool reading_take_key(struct reading *r, const struct stanza_line *line)
{
	if (!str_eq(line->key, STR("anchor")) &&
	    !str_eq(line->key, STR("since")) &&
	    !str_eq(line->key, STR("until")))
		r->variant = NULL;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (str_eq(line->key, str_from(keys[i].key)))
			return keys[i].take(r, line);
	diag_at(r->diag, line->place, "docs/catalogue.md lists the keys",
		"unknown key '%.*s'", STR_FMT(line->key));
	return false;
}

/* "smmu: {instance}: … iova={iova}" to an expression, an anchor and slots. */

#include "parsers/base/num.h"
#include "parsers/catalog/entry.h"

struct builder {
	struct template *template;
	const struct fields *fields;
	struct arena *arena;
	struct diag *diag;
	bool may_repeat;
	struct slot slots[SLOTS_MAX];
	char *out;
	size_t n, room;
	unsigned depth;
};

static void put(struct builder *b, struct str s)
{
	heap_grow(&b->out, &b->room, b->n + s.n, 1);
	memcpy(b->out + b->n, s.p, s.n);
	b->n += s.n;
}

/* One literal byte, escaped where the expression would read it otherwise. */
static void put_literal(struct builder *b, char c)
{
	static const char special[] = "\\^$.[]|()?*+{}#-";
	char escaped[2] = { '\\', c };

	if (c == '\t')
		put(b, STR("\\t"));
	else if (strchr(special, c))
		put(b, (struct str){ escaped, 2 });
	else
		put(b, (struct str){ &c, 1 });
}

static bool complain(struct builder *b, struct str at, const char *hint,
		     const char *what)
{
	struct place place = b->template->place;
	struct str text = b->template->text;

	if (at.p >= text.p && at.p <= text.p + text.n)
		place.column += (unsigned)(at.p - text.p);
	diag_at(b->diag, place, hint, "%s '%.*s'", what, STR_FMT(at));
	return false;
}

/* Read=read|Write=write, or Tx|Rx: an alternative of literals. */
static void put_words(struct builder *b, struct slot *slot, struct str words)
{
	struct setting **last = &slot->words;
	bool first = true;

	put(b, STR("(?:"));
	while (words.n) {
		struct str word = str_split(&words, '|');
		struct str shown = str_split(&word, '=');
		struct setting *setting = ARENA_NEW(b->arena, struct setting);

		*setting = (struct setting){
			.name = shown, .value = word.n ? word : shown,
		};
		*last = setting;
		last = &setting->next;
		if (!first)
			put(b, STR("|"));
		first = false;
		for (size_t i = 0; i < shown.n; i++)
			put_literal(b, shown.p[i]);
	}
	put(b, STR(")"));
}

static bool put_text(struct builder *b, struct str text);

/* "word+" may come 8 times, "word+4" 4 times: how often, 0: once. */
static uint8_t take_repeats(struct str *name)
{
	ptrdiff_t plus = str_find_byte(*name, '+');
	int64_t most = REPEATS_MOST;

	if (plus < 0)
		return 0;
	if (!num_dec(str_skip(*name, (size_t)plus + 1), &most) || most < 1 ||
	    most > REPEATS_MOST)
		most = REPEATS_MOST;
	name->n = (size_t)plus;
	return (uint8_t)most;
}

/*
 * A text before blanks ends where they start: the same that ".*?" comes to,
 * but a long run of blanks is tried from its start only, not from each.
 */
static void put_kind(struct builder *b, enum kind kind, bool before_blank)
{
	if (kind == KIND_TEXT && before_blank)
		put(b, STR("|.*?[^ ]"));
	else
		put(b, str_from(kind_pattern(kind)));
}

static bool has_slot(const struct builder *b, int field)
{
	for (unsigned i = 0; i < b->template->nslots; i++)
		if (b->slots[i].field == field)
			return true;
	return false;
}

/* The inside of a pair of braces. */
static bool put_field(struct builder *b, struct str inside, bool before_blank)
{
	struct template *t = b->template;
	struct str kind_text = inside, name = str_split(&kind_text, ':');
	uint8_t repeats = take_repeats(&name);
	struct slot *slot;
	enum kind kind;
	int field;

	field = fields_find(b->fields, name);
	if (field < 0)
		return complain(b, name,
			fields_guess(b->fields, b->arena, name),
			"unknown field");
	kind = b->fields->items[field].kind;
	if (kind == KIND_PREFIX) {
		bool fine;

		if (b->depth > 4)
			return complain(b, name, "", "prefix inside itself");
		b->depth++;
		fine = put_text(b, b->fields->items[field].unit);
		b->depth--;
		return fine;
	}
	if (repeats && !b->may_repeat)
		return complain(b, inside, "only 'more' lines may repeat",
				"field cannot repeat here");
	if (t->nslots == SLOTS_MAX)
		return complain(b, inside, "", "too many fields at");
	slot = &b->slots[t->nslots];
	*slot = (struct slot){
		.field = (uint16_t)field, .kind = kind, .repeats = repeats,
		.again = !repeats && has_slot(b, field),
	};
	t->nslots++;
	b->fields->items[field].used = true;
	put(b, STR("("));
	if (!kind_text.n || kind_find(kind_text, &slot->kind))
		put_kind(b, slot->kind, before_blank);
	else if (str_find_byte(kind_text, '|') >= 0 ||
		 str_find_byte(kind_text, '=') >= 0)
		put_words(b, slot, kind_text);
	else
		return complain(b, kind_text,
			"kinds are hex int num dom word name text bdf iface list; "
			"words are listed as {name:Tx|Rx}", "unknown kind");
	put(b, STR(")"));
	return true;
}

/* Offset of the brace that closes the one before text, or -1. */
static ptrdiff_t find_close(struct str text)
{
	unsigned depth = 0;

	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '{')
			depth++;
		else if (text.p[i] == '}' && depth-- == 0)
			return (ptrdiff_t)i;
	}
	return -1;
}

/* {?a part that may be missing}: no anchor is taken from it. */
static bool put_optional(struct builder *b, struct str inside)
{
	bool fine;

	if (b->depth > 4)
		return complain(b, inside, "", "optional part inside too many");
	b->depth++;
	put(b, STR("(?:"));
	fine = put_text(b, inside);
	put(b, STR(")?"));
	b->depth--;
	return fine;
}

/* A blank beside a field stands for one or more. */
static bool is_loose_blank(struct str text, size_t i, size_t behind_field)
{
	return text.p[i] == ' ' &&
	       (i == behind_field ||
		(i + 1 < text.n && text.p[i + 1] == '{' &&
		 !(i + 2 < text.n && text.p[i + 2] == '{')));
}

static bool put_braces(struct builder *b, struct str inside, bool before_blank)
{
	if (inside.n && inside.p[0] == '?')
		return put_optional(b, str_skip(inside, 1));
	return put_field(b, inside, before_blank);
}

static bool put_text(struct builder *b, struct str text)
{
	size_t behind_field = SIZE_MAX;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i], next = i + 1 < text.n ? text.p[i + 1] : 0;
		ptrdiff_t close;

		if ((c == '{' && next == '{') || (c == '}' && next == '}')) {
			put_literal(b, c);
			i++;
		} else if (c == '\\' && next == 't') {
			put_literal(b, '\t');
			i++;
		} else if (c == '{') {
			close = find_close(str_skip(text, i + 1));
			if (close < 0)
				return complain(b, str_skip(text, i), "",
						"brace is not closed at");
			behind_field = i + (size_t)close + 2;
			if (!put_braces(b, (struct str){ text.p + i + 1,
							 (size_t)close },
				        behind_field < text.n &&
				        text.p[behind_field] == ' '))
				return false;
			i += (size_t)close + 1;
		} else if (is_loose_blank(text, i, behind_field)) {
			put(b, STR(" +"));
		} else {
			put_literal(b, c);
		}
	}
	return true;
}

bool template_parse(struct template *t, const struct fields *fields,
		    struct arena *arena, bool may_repeat, struct diag *diag)
{
	struct builder b = {
		.template = t, .fields = fields, .arena = arena,
		.diag = diag, .may_repeat = may_repeat,
	};
	bool fine;

	t->nslots = 0;
	fine = put_text(&b, t->text);
	t->pattern = arena_copy(arena, (struct str){ b.out, b.n });
	heap_free(b.out);
	t->slots = ARENA_ARRAY(arena, struct slot, t->nslots);
	if (t->nslots)
		memcpy(t->slots, b.slots, t->nslots * sizeof(*t->slots));
	t->anchor = template_anchor(t->text, fields, arena);
	return fine;
}

/* A raw expression names its groups after fields. */
static bool bind_groups(struct template *t, const struct fields *fields,
			struct diag *diag)
{
	unsigned groups = regex_groups(t->regex);

	if (groups > SLOTS_MAX) {
		diag_at(diag, t->place, "", "more than %d groups", SLOTS_MAX);
		return false;
	}
	for (unsigned i = 0; i < groups; i++)
		t->slots[i] = (struct slot){ .field = UINT16_MAX };
	t->nslots = groups;
	for (unsigned i = 0; i < groups; i++) {
		const char *name = regex_group_name(t->regex, i + 1);
		int field = name ? fields_find(fields, str_from(name)) : -1;

		if (!name)
			continue;
		if (field < 0) {
			diag_at(diag, t->place, fields_guess(fields,
				fields->arena, str_from(name)),
				"group of an unknown field '%s'", name);
			return false;
		}
		fields->items[field].used = true;
		t->slots[i] = (struct slot){
			.field = (uint16_t)field,
			.kind = fields->items[field].kind,
		};
	}
	return true;
}

bool template_ready(struct template *t, const struct fields *fields,
		    struct diag *diag)
{
	const char *error;
	size_t at;

	if (t->regex)
		return true;
	t->regex = regex_compile(t->pattern, &error, &at);
	if (!t->regex) {
		struct place place = t->place;

		if (t->raw)
			place.column += (unsigned)at;
		diag_at(diag, place, "the rules are those of pcre2pattern(3)",
			"not an expression: %s", error);
		return false;
	}
	return !t->raw || bind_groups(t, fields, diag);
}

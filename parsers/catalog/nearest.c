/*
 * Which entries come nearest to a line that none claims, and where it leaves
 * them: by how much of their literals stands in it, then by how far their
 * expression fits.
 */

#include "parsers/catalog/entry.h"

enum { TRIED_MAX = 12 };

struct rated {
	const struct entry *entry;
	struct template *template;
	size_t score;
};

/* Bytes of a template's literals that stand in the text, in their order. */
static size_t literals_in(const struct template *t, struct str text)
{
	struct str rest = t->raw ? t->anchor : t->text;
	size_t score = 0;

	while (rest.n) {
		struct str literal = str_trim(str_split(&rest, '{'));
		ptrdiff_t at = literal.n ? str_find(text, literal) : 0;

		if (literal.n && at >= 0) {
			score += literal.n;
			text = str_skip(text, (size_t)at + literal.n);
		} else if (literal.n) {
			/* The words that are left may still tell the entry. */
			for (struct str word = str_word(&literal); word.n;
			     word = str_word(&literal))
				if (word.n > 3 && str_find(text, word) >= 0)
					score += word.n / 2;
		}
		str_split(&rest, '}');
	}
	return score;
}

static void rate(struct rated *best, const struct entry *entry,
		 struct template *t, struct str text)
{
	for (; t; t = t->next) {
		struct rated one = { entry, t, literals_in(t, text) };

		for (unsigned i = 0; i < TRIED_MAX && one.score; i++)
			if (one.score > best[i].score) {
				struct rated moved = best[i];

				best[i] = one;
				one = moved;
			}
	}
}

static struct nearest describe(const struct entry *entry,
			       const struct template *t, size_t at)
{
	const struct message *m = &entry->message;

	return (struct nearest){
		.message = m, .text = t->raw ? t->pattern : t->text, .at = at,
		.since = t->since.n ? t->since : m->since,
		.until = t->until.n ? t->until : m->until,
	};
}

unsigned catalog_nearest(struct catalog *c, struct str text,
			 struct nearest *out, unsigned max)
{
	struct rated best[TRIED_MAX] = { 0 };
	struct regex_scratch *scratch = regex_scratch_new();
	struct diag quiet = { 0 };
	unsigned n = 0;

	catalog_load(c, &quiet);
	for (struct message *m = c->messages; m; m = m->next) {
		rate(best, entry_of(m), entry_of(m)->templates, text);
		rate(best, entry_of(m), entry_of(m)->more, text);
	}
	for (unsigned i = 0; i < TRIED_MAX && best[i].score > 5; i++) {
		struct nearest one, moved;

		if (!template_ready(best[i].template, c->fields, &quiet))
			continue;
		one = describe(best[i].entry, best[i].template,
			       regex_reach(best[i].template->pattern, scratch,
					   text));
		for (unsigned k = 0; k < max; k++) {
			if (k == n) {
				out[n++] = one;
				break;
			}
			if (one.at <= out[k].at)
				continue;
			moved = out[k];
			out[k] = one;
			one = moved;
		}
	}
	regex_scratch_free(scratch);
	return n;
}

static bool find_variant(struct catalog *c, const struct entry *entry,
			 struct template *t, struct str text,
			 struct regex_scratch *scratch, struct nearest *out)
{
	struct diag quiet = { 0 };

	for (; t; t = t->next) {
		if (!template_ready(t, c->fields, &quiet) ||
		    !regex_match(t->regex, scratch, text))
			continue;
		*out = describe(entry, t, text.n);
		return true;
	}
	return false;
}

bool message_variant(struct catalog *c, const struct message *message,
		     struct str text, struct nearest *out)
{
	const struct entry *entry = entry_of(message);
	struct regex_scratch *scratch = regex_scratch_new();
	bool found = find_variant(c, entry, entry->templates, text, scratch,
				  out) ||
		     find_variant(c, entry, entry->more, text, scratch, out);

	regex_scratch_free(scratch);
	return found;
}

void event_each(const struct catalog *c, const struct event *event,
		void (*each)(void *, struct str, const struct value *),
		void *arg)
{
	for (unsigned i = 0; i < event->nvalues; i++) {
		const struct value *v = &event->values[i];
		struct str name = c->fields->items[v->field].name;

		if (v->repeat)
			name = arena_printf(c->arena, "%.*s%u", STR_FMT(name),
					    v->repeat - 1);
		each(arg, name, v);
	}
}

/* A sealed catalogue: anchors, candidates, and what others may ask it. */

#include <stdlib.h>

#include "parsers/catalog/entry.h"

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

	for (struct word *w = c->words; w; w = w->next)
		templates++;
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
	c->words_of = ARENA_ARRAY(c->arena, struct word *, templates + 1);
	for (struct word *w = c->words; w; w = w->next)
		c->words_of[anchor_index(c, w->text)] = w;
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

bool catalog_suspects(const struct catalog *c, const struct hit *hits,
		      size_t nhits, struct str *reason)
{
	bool any = false;

	*reason = (struct str){ 0 };
	for (size_t i = 0; i < nhits; i++) {
		const struct word *w = c->words_of[hits[i].anchor];

		if (!w)
			continue;
		any |= !w->reason.n;
		if (w->reason.n)
			*reason = w->reason;
	}
	return any;
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

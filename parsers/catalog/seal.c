/* A sealed catalogue: anchors, candidates, and what others may ask it. */

#include <stdlib.h>

#include "parsers/catalog/entry.h"

static void add_candidates(struct catalog *c, struct source_stanza *s,
			   unsigned *rank)
{
	for (struct lead *lead = s->leads; lead; lead = lead->next) {
		struct candidate **list, *candidate;

		if (lead->anchor.n < ANCHOR_MIN)
			continue;
		list = &c->by_anchor[names_add(&c->anchors, lead->anchor)];
		while (*list)
			list = &(*list)->next;
		candidate = ARENA_NEW(c->arena, struct candidate);
		*candidate = (struct candidate){
			.stanza = s, .lead = lead, .rank = ++*rank,
		};
		*list = candidate;
	}
}

bool catalog_seal(struct catalog *c, struct diag *diag)
{
	size_t leads = 0;
	unsigned rank = 0;

	(void)diag;
	for (struct word *w = c->words; w; w = w->next)
		leads++;
	for (struct source_stanza *s = c->stanzas; s; s = s->next)
		leads += s->ntexts + s->nmore;
	c->anchors.arena = c->arena;
	c->by_anchor = ARENA_ARRAY(c->arena, struct candidate *, leads + 1);
	c->words_of = ARENA_ARRAY(c->arena, struct word *, leads + 1);
	for (struct source_stanza *s = c->stanzas; s; s = s->next)
		add_candidates(c, s, &rank);
	for (struct word *w = c->words; w; w = w->next)
		c->words_of[names_add(&c->anchors, w->text)] = w;
	c->prefilter = prefilter_new(c->anchors.items, c->anchors.count);
	return true;
}

struct entry *candidate_ready(struct catalog *c, struct candidate *candidate,
			      struct diag *diag)
{
	struct source_stanza *s = candidate->stanza;
	struct template *t;

	if (!stanza_load(c, s, diag))
		return NULL;
	if (candidate->template)
		return s->entry;
	t = candidate->lead->is_more ? s->entry->more : s->entry->templates;
	for (unsigned i = candidate->lead->number; i && t; i--)
		t = t->next;
	candidate->template = t;
	return t ? s->entry : NULL;
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
	heap_free(c->by_name);
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
			if (x->stanza->means == means)
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

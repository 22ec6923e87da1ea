/* A sealed catalogue: anchors, candidates, and what others may ask it. */

#include <stdlib.h>

#include "parsers/catalog/entry.h"

/* A stanza out of the index, as a look at its file would find it. */
static struct source_stanza *restore(const struct catalog *c,
				     const struct index_stanza *s)
{
	struct source_stanza *out = ARENA_NEW(c->arena, struct source_stanza);
	const struct source_file *file = &c->files[s->file];

	*out = (struct source_stanza){
		.text = { file->text.p + s->at, s->length },
		.name = { file->text.p + s->at + s->name, s->name_length },
		.file = file->name, .file_number = s->file, .line = s->line,
		.id = s->id, .means = (enum means)s->means,
	};
	return out;
}

struct source_stanza *stanza_at(struct catalog *c, uint32_t number)
{
	if (!c->by_number[number])
		c->by_number[number] = restore(c, &c->index->stanzas[number]);
	return c->by_number[number];
}

struct candidate *candidates_of(struct catalog *c, unsigned anchor)
{
	const struct index_anchor *a = &c->index->anchors[anchor];
	struct candidate **last = &c->by_anchor[anchor];

	if (*last)
		return *last;
	for (uint32_t i = 0; i < a->nways; i++) {
		const struct index_way *way = &c->index->ways[a->ways + i];

		*last = ARENA_NEW(c->arena, struct candidate);
		**last = (struct candidate){
			.stanza = stanza_at(c, way->stanza),
			.number = way->number, .rank = way->rank,
			.is_more = way->is_more,
		};
		last = &(*last)->next;
	}
	return c->by_anchor[anchor];
}

void catalog_use(struct catalog *c, const struct catalog_index *index)
{
	c->index = index;
	c->count = index->nmessages;
}

const struct catalog_index *catalog_index(const struct catalog *c)
{
	return c->index;
}

static size_t count_words(const struct catalog *c)
{
	size_t n = 0;

	for (const struct word *w = c->words; w; w = w->next)
		n++;
	return n;
}

bool catalog_seal(struct catalog *c, struct diag *diag)
{
	size_t nwords = count_words(c), n = 0;
	bool given = c->index != NULL;

	if (!given)
		c->index = index_make(c);
	else if (c->index->nfiles != c->nfiles || c->index->nwords != nwords)
		return diag_at(diag, (struct place){ .file = "index" },
			       "build the program anew",
			       "not that of the files"), false;
	c->by_number = ARENA_ARRAY(c->arena, struct source_stanza *,
				   c->index->nstanzas);
	c->by_anchor = ARENA_ARRAY(c->arena, struct candidate *,
				   c->index->prefilter.count);
	c->by_word = ARENA_ARRAY(c->arena, struct word *, nwords);
	for (struct source_stanza *s = c->stanzas; s; s = s->next)
		c->by_number[n++] = s;
	n = 0;
	for (struct word *w = c->words; w; w = w->next)
		c->by_word[n++] = w;
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
	t = candidate->is_more ? s->entry->more : s->entry->templates;
	for (unsigned i = candidate->number; i && t; i--)
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
	listings_free(c);
	heap_free(c->by_name);
	heap_free(c->files);
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
	prefilter_scan(&c->index->prefilter, text, hits);
}

bool catalog_means(const struct catalog *c, const struct hit *hits,
		   size_t nhits, enum means means)
{
	const struct catalog_index *index = c->index;

	for (size_t i = 0; i < nhits; i++) {
		const struct index_anchor *a = &index->anchors[hits[i].anchor];

		for (uint32_t k = 0; k < a->nways; k++)
			if (index->stanzas[index->ways[a->ways + k].stanza]
			    .means == means)
				return true;
	}
	return false;
}

bool catalog_suspects(const struct catalog *c, const struct hit *hits,
		      size_t nhits, struct str *reason)
{
	bool any = false;

	*reason = (struct str){ 0 };
	for (size_t i = 0; i < nhits; i++) {
		unsigned number = c->index->anchors[hits[i].anchor].word;
		const struct word *w;

		if (!number)
			continue;
		w = c->by_word[number - 1];
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

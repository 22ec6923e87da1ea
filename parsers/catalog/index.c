/* The index of a catalogue's stanzas, and whether two indexes are the same. */

#include "parsers/catalog/entry.h"

struct ways {
	struct index_way *items;
	size_t count, room;
	size_t *anchors;		/* by way */
	size_t anchors_room;
};

static void add_way(struct ways *ways, size_t anchor, uint32_t stanza,
		    const struct lead *lead)
{
	heap_grow(&ways->items, &ways->room, ways->count + 1,
		  sizeof(*ways->items));
	heap_grow(&ways->anchors, &ways->anchors_room, ways->count + 1,
		  sizeof(*ways->anchors));
	ways->anchors[ways->count] = anchor;
	ways->items[ways->count] = (struct index_way){
		.stanza = stanza, .rank = (uint32_t)ways->count + 1,
		.number = (uint16_t)lead->number, .is_more = lead->is_more,
	};
	ways->count++;
}

/* The ways of one anchor side by side, in the order of trying. */
static void sort_ways(struct catalog_index *index, struct arena *arena,
		      struct index_anchor *anchors, const struct ways *ways)
{
	struct index_way *sorted = ARENA_ARRAY(arena, struct index_way,
					       ways->count);
	uint32_t next = 0;

	for (size_t i = 0; i < ways->count; i++)
		anchors[ways->anchors[i]].nways++;
	for (size_t i = 0; i < index->prefilter.count; i++) {
		anchors[i].ways = next;
		next += anchors[i].nways;
		anchors[i].nways = 0;
	}
	for (size_t i = 0; i < ways->count; i++) {
		struct index_anchor *a = &anchors[ways->anchors[i]];

		sorted[a->ways + a->nways++] = ways->items[i];
	}
	index->ways = sorted;
	index->nways = (uint32_t)ways->count;
}

static struct index_stanza place_of(const struct catalog *c,
				    const struct source_stanza *s)
{
	const char *start = c->files[s->file_number].text.p;

	return (struct index_stanza){
		.at = (uint32_t)(s->text.p - start),
		.length = (uint32_t)s->text.n,
		.name = (uint32_t)(s->name.p - s->text.p),
		.line = s->line, .id = s->id, .file = (uint16_t)s->file_number,
		.name_length = (uint16_t)s->name.n, .means = (uint16_t)s->means,
	};
}

const struct catalog_index *index_make(const struct catalog *c)
{
	struct catalog_index *index = ARENA_NEW(c->arena, struct catalog_index);
	struct names literals = { .arena = c->arena };
	struct index_stanza *stanzas;
	struct index_anchor *anchors;
	struct ways ways = { 0 };
	uint32_t n = 0;

	for (struct source_stanza *s = c->stanzas; s; s = s->next)
		index->nstanzas++;
	stanzas = ARENA_ARRAY(c->arena, struct index_stanza, index->nstanzas);
	for (struct source_stanza *s = c->stanzas; s; s = s->next, n++) {
		stanzas[n] = place_of(c, s);
		for (struct lead *l = s->leads; l; l = l->next)
			if (l->anchor.n >= ANCHOR_MIN)
				add_way(&ways, names_add(&literals, l->anchor),
					n, l);
	}
	for (struct word *w = c->words; w; w = w->next, index->nwords++)
		names_add(&literals, w->text);
	anchors = ARENA_ARRAY(c->arena, struct index_anchor, literals.count);
	index->prefilter = prefilter_make(c->arena, literals.items,
					  literals.count);
	sort_ways(index, c->arena, anchors, &ways);
	n = 0;
	for (struct word *w = c->words; w; w = w->next)
		anchors[names_find(&literals, w->text)].word = (uint16_t)++n;
	index->anchors = anchors;
	index->stanzas = stanzas;
	index->nmessages = c->count;
	index->nfiles = (uint32_t)c->nfiles;
	heap_free(ways.items);
	heap_free(ways.anchors);
	return index;
}

static bool same(const void *a, const void *b, size_t bytes)
{
	return !bytes || memcmp(a, b, bytes) == 0;
}

static bool same_prefilter(const struct prefilter *a, const struct prefilter *b)
{
	return a->count == b->count && a->bytes == b->bytes &&
	       a->window == b->window &&
	       same(a->targets, b->targets, a->count * sizeof(*a->targets)) &&
	       same(a->literals, b->literals, a->bytes) &&
	       same(a->jump, b->jump, PREFILTER_TABLE * sizeof(*a->jump)) &&
	       same(a->first, b->first, PREFILTER_TABLE * sizeof(*a->first));
}

bool index_same(const struct catalog_index *a, const struct catalog_index *b)
{
	return same_prefilter(&a->prefilter, &b->prefilter) &&
	       a->nways == b->nways && a->nstanzas == b->nstanzas &&
	       a->nmessages == b->nmessages && a->nfiles == b->nfiles &&
	       a->nwords == b->nwords &&
	       same(a->anchors, b->anchors,
		    a->prefilter.count * sizeof(*a->anchors)) &&
	       same(a->ways, b->ways, a->nways * sizeof(*a->ways)) &&
	       same(a->stanzas, b->stanzas, a->nstanzas * sizeof(*a->stanzas));
}

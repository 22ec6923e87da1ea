/* Items without holes, and lists of them by a hash of the key. */

#include <stdlib.h>

#include "analyzer/store/live.h"
#include "parsers/base/die.h"

enum { FIRST_ROOM = 64, NEAR = 16 };
static const uint32_t END = UINT32_MAX;

/* Handles that follow each other are near each other in memory, too. */
static size_t bucket(const struct live_set *s, const struct live *key)
{
	uint64_t h = (uint64_t)(key->handle / NEAR) * 0x9e3779b97f4a7c15u ^
		     ((uint64_t)key->lane << 32 | key->mapper) *
			     0xc2b2ae3d27d4eb4fu;

	return (size_t)((h ^ h >> 32) * NEAR + key->handle % NEAR) &
	       (s->nheads - 1);
}

static void *resize(void *old, size_t n, size_t size)
{
	void *new = realloc(old, n * size);

	if (!new)
		die("out of memory (%zu grants are mapped at once)", n);
	return new;
}

static void put(struct live_set *s, size_t at)
{
	uint32_t *head = &s->heads[bucket(s, &s->items[at])];

	s->items[at].next = *head;
	*head = (uint32_t)at;
}

/* The old table is given back before the new one is asked for. */
static void set_heads(struct live_set *s, size_t n)
{
	free(s->heads);
	s->heads = resize(NULL, n, sizeof(*s->heads));
	s->nheads = n;
	for (size_t i = 0; i < n; i++)
		s->heads[i] = END;
	for (size_t i = 0; i < s->count; i++)
		put(s, i);
}

struct live *live_find(const struct live_set *s, struct live key)
{
	uint32_t at = s->count ? s->heads[bucket(s, &key)] : END;

	while (at != END && !(s->items[at].handle == key.handle &&
			      s->items[at].lane == key.lane &&
			      s->items[at].mapper == key.mapper))
		at = s->items[at].next;
	return at == END ? NULL : &s->items[at];
}

void live_add(struct live_set *s, struct live item)
{
	if (s->count == s->room) {
		if (s->count >= END / 2)
			die("more than %zu grants are mapped at once", s->count);
		s->room += s->room / 8 + FIRST_ROOM;
		s->items = resize(s->items, s->room, sizeof(*s->items));
	}
	if (s->count >= s->nheads)
		set_heads(s, s->nheads ? s->nheads * 2 : FIRST_ROOM);
	s->items[s->count] = item;
	put(s, s->count++);
}

/* The link that leads to an item. */
static uint32_t *link_to(struct live_set *s, size_t at)
{
	uint32_t *link = &s->heads[bucket(s, &s->items[at])];

	while (*link != at)
		link = &s->items[*link].next;
	return link;
}

void live_remove(struct live_set *s, struct live *item)
{
	size_t at = (size_t)(item - s->items), last = s->count - 1;

	*link_to(s, at) = item->next;
	if (at != last) {
		*link_to(s, last) = (uint32_t)at;
		*item = s->items[last];
	}
	s->count--;
	if (s->room > FIRST_ROOM && s->count < s->room / 4) {
		s->room /= 2;
		s->items = resize(s->items, s->room, sizeof(*s->items));
		if (s->nheads > FIRST_ROOM && s->count < s->nheads / 4)
			set_heads(s, s->nheads / 2);
	}
}

void live_free(struct live_set *s)
{
	free(s->items);
	free(s->heads);
	*s = (struct live_set){ 0 };
}

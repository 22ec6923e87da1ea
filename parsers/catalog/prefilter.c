/*
 * All anchors at once, after Wu and Manber: a table over two bytes tells how
 * far to jump; only where it says 0 is an anchor compared.
 */

#include <stdint.h>

#include "parsers/catalog/entry.h"

enum { BLOCK = 2, TABLE = 1 << 16 };

struct prefilter {
	const struct str *anchors;
	size_t count, window;		/* window: length of the shortest */
	uint8_t *jump;			/* by two bytes */
	uint16_t *first;		/* by two bytes: chain of anchors + 1 */
	uint16_t *next;			/* by anchor */
	struct arena *arena;
};

static unsigned pair(const char *p)
{
	return (unsigned char)p[0] | (unsigned)(unsigned char)p[1] << 8;
}

struct prefilter *prefilter_new(const struct str *anchors, size_t count)
{
	struct arena *arena = arena_new();
	struct prefilter *f = ARENA_NEW(arena, struct prefilter);

	*f = (struct prefilter){
		.anchors = anchors, .count = count, .arena = arena,
		.window = 255,
		.jump = arena_alloc(arena, TABLE),
		.first = ARENA_ARRAY(arena, uint16_t, TABLE),
		.next = ARENA_ARRAY(arena, uint16_t, count + 1),
	};
	for (size_t i = 0; i < count; i++)
		if (anchors[i].n < f->window)
			f->window = anchors[i].n;
	memset(f->jump, (int)(f->window - BLOCK + 1), TABLE);
	for (size_t i = count; i-- > 0; ) {
		const char *p = anchors[i].p;
		unsigned tail = pair(p + f->window - BLOCK);

		for (size_t at = 0; at + BLOCK <= f->window; at++) {
			size_t jump = f->window - BLOCK - at;

			if (jump < f->jump[pair(p + at)])
				f->jump[pair(p + at)] = (uint8_t)jump;
		}
		f->next[i] = f->first[tail];
		f->first[tail] = (uint16_t)(i + 1);
	}
	return f;
}

void prefilter_free(struct prefilter *f)
{
	if (f)
		arena_free(f->arena);
}

static void add_hit(struct hits *hits, size_t at, size_t anchor)
{
	heap_grow(&hits->items, &hits->room, hits->count + 1,
		  sizeof(*hits->items));
	hits->items[hits->count++] = (struct hit){
		.at = (uint32_t)at, .anchor = (uint16_t)anchor,
	};
}

void prefilter_scan(const struct prefilter *f, struct str text,
		    struct hits *hits)
{
	const char *p = text.p;
	size_t at = f->window;		/* one past the window */

	if (f->count == 0)
		return;
	while (at <= text.n) {
		unsigned key = pair(p + at - BLOCK);
		size_t jump = f->jump[key];

		if (jump) {
			at += jump;
			continue;
		}
		for (unsigned i = f->first[key]; i; i = f->next[i - 1]) {
			struct str anchor = f->anchors[i - 1];
			size_t start = at - f->window;

			if (text.n - start >= anchor.n &&
			    memcmp(p + start, anchor.p, anchor.n) == 0)
				add_hit(hits, start, i - 1);
		}
		at++;
	}
}

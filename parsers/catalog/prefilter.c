/*
 * All anchors at once, after Wu and Manber: a table over three bytes tells how
 * far to jump; only where it says 0 is an anchor compared.
 */

#include <stdint.h>

#include "parsers/catalog/entry.h"

enum { BLOCK = 3, TABLE = 1 << 16 };

/* An anchor where it is compared: its first bytes without a call. */
struct target {
	const char *p;
	uint32_t head;			/* its first four bytes */
	uint16_t length, next;		/* next: in the chain, + 1 */
};

struct prefilter {
	struct target *targets;
	size_t count, window;		/* window: length of the shortest */
	uint8_t *jump;			/* by three bytes */
	uint16_t *first;		/* by three bytes: chain of anchors + 1 */
	struct arena *arena;
};

static unsigned key_of(const char *p)
{
	uint32_t bytes = (uint32_t)(unsigned char)p[0] |
			 (uint32_t)(unsigned char)p[1] << 8 |
			 (uint32_t)(unsigned char)p[2] << 16;

	return bytes * 0x9e3779b1u >> 16;
}

static uint32_t head_of(const char *p)
{
	uint32_t head;

	memcpy(&head, p, sizeof(head));
	return head;
}

struct prefilter *prefilter_new(const struct str *anchors, size_t count)
{
	struct arena *arena = arena_new();
	struct prefilter *f = ARENA_NEW(arena, struct prefilter);

	*f = (struct prefilter){
		.count = count, .arena = arena, .window = 255,
		.targets = ARENA_ARRAY(arena, struct target, count + 1),
		.jump = arena_alloc(arena, TABLE),
		.first = ARENA_ARRAY(arena, uint16_t, TABLE),
	};
	for (size_t i = 0; i < count; i++)
		if (anchors[i].n < f->window)
			f->window = anchors[i].n;
	memset(f->jump, (int)(f->window - BLOCK + 1), TABLE);
	for (size_t i = count; i-- > 0; ) {
		const char *p = anchors[i].p;
		unsigned tail = key_of(p + f->window - BLOCK);

		for (size_t at = 0; at + BLOCK <= f->window; at++) {
			size_t jump = f->window - BLOCK - at;

			if (jump < f->jump[key_of(p + at)])
				f->jump[key_of(p + at)] = (uint8_t)jump;
		}
		f->targets[i] = (struct target){
			.p = p, .head = head_of(p),
			.length = (uint16_t)anchors[i].n,
			.next = f->first[tail],
		};
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
		unsigned key = key_of(p + at - BLOCK);
		size_t jump = f->jump[key];

		if (jump) {
			at += jump;
			continue;
		}
		for (unsigned i = f->first[key]; i; i = f->targets[i - 1].next) {
			const struct target *target = &f->targets[i - 1];
			size_t start = at - f->window;

			if (head_of(p + start) == target->head &&
			    text.n - start >= target->length &&
			    memcmp(p + start, target->p, target->length) == 0)
				add_hit(hits, start, i - 1);
		}
		at++;
	}
}

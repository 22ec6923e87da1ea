/*
 * All anchors at once, after Wu and Manber: a table over three bytes tells how
 * far to jump; only where it says 0 is an anchor compared.
 */

#include "parsers/catalog/entry.h"

enum { BLOCK = 3 };

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

static char *join(struct arena *arena, const struct str *anchors, size_t count,
		  uint32_t *bytes)
{
	size_t n = 0;
	char *out;

	for (size_t i = 0; i < count; i++)
		n += anchors[i].n;
	out = arena_alloc(arena, n);
	n = 0;
	for (size_t i = 0; i < count; i++) {
		memcpy(out + n, anchors[i].p, anchors[i].n);
		n += anchors[i].n;
	}
	*bytes = (uint32_t)n;
	return out;
}

struct prefilter prefilter_make(struct arena *arena, const struct str *anchors,
				size_t count)
{
	struct prefilter f = { .count = (uint32_t)count, .window = 255 };
	struct prefilter_target *targets =
		ARENA_ARRAY(arena, struct prefilter_target, count + 1);
	uint16_t *first = ARENA_ARRAY(arena, uint16_t, PREFILTER_TABLE);
	uint8_t *jump = arena_alloc(arena, PREFILTER_TABLE);
	uint32_t at;

	f.literals = join(arena, anchors, count, &f.bytes);
	for (size_t i = 0; i < count; i++)
		if (anchors[i].n < f.window)
			f.window = (uint32_t)anchors[i].n;
	memset(jump, (int)(f.window - BLOCK + 1), PREFILTER_TABLE);
	at = f.bytes;
	for (size_t i = count; i-- > 0; ) {
		const char *p = anchors[i].p;
		unsigned tail = key_of(p + f.window - BLOCK);

		for (uint32_t k = 0; k + BLOCK <= f.window; k++) {
			uint32_t far = f.window - BLOCK - k;

			if (far < jump[key_of(p + k)])
				jump[key_of(p + k)] = (uint8_t)far;
		}
		at -= (uint32_t)anchors[i].n;
		targets[i] = (struct prefilter_target){
			.at = at, .head = head_of(p),
			.length = (uint16_t)anchors[i].n, .next = first[tail],
		};
		first[tail] = (uint16_t)(i + 1);
	}
	f.targets = targets;
	f.jump = jump;
	f.first = first;
	return f;
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
	const struct prefilter_target *targets = f->targets;
	const uint8_t *jumps = f->jump;
	const char *p = text.p;
	size_t at = f->window;		/* one past the window */

	if (f->count == 0)
		return;
	while (at <= text.n) {
		unsigned key = key_of(p + at - BLOCK);
		size_t jump = jumps[key];

		if (jump) {
			at += jump;
			continue;
		}
		for (unsigned i = f->first[key]; i; i = targets[i - 1].next) {
			const struct prefilter_target *target = &targets[i - 1];
			size_t start = at - f->window;

			if (head_of(p + start) == target->head &&
			    text.n - start >= target->length &&
			    memcmp(p + start, f->literals + target->at,
				   target->length) == 0)
				add_hit(hits, start, i - 1);
		}
		at++;
	}
}

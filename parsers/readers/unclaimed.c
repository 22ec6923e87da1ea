/* A fixed table of shapes; what no longer fits in is counted together. */

#include <stdlib.h>

#include "parsers/base/die.h"
#include "parsers/readers/unclaimed.h"

enum { SHAPES = 512, TABLE = 2048, SHAPE_MAX = 160, TEXT_MAX = 240 };

struct slot {
	char shape[SHAPE_MAX], text[TEXT_MAX];
	size_t nshape, ntext;
	struct str reason;
	uint64_t n;
	uint32_t line;
};

struct unclaimed {
	struct slot slots[SHAPES + 1];	/* the last one: all other shapes */
	uint16_t table[TABLE];		/* by hash: slot + 1 */
	unsigned count;
};

struct unclaimed *unclaimed_new(void)
{
	struct unclaimed *u = calloc(1, sizeof(*u));

	if (!u)
		die("out of memory");
	return u;
}

void unclaimed_free(struct unclaimed *u)
{
	free(u);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Words with a digit in them become '#': addresses, numbers, names of devices. */
static size_t make_shape(struct str text, char *out)
{
	size_t n = 0;

	for (size_t i = 0; i < text.n && n < SHAPE_MAX; ) {
		size_t end = i;
		bool number = false;

		while (end < text.n && is_word(text.p[end]))
			number |= is_digit(text.p[end++]);
		if (number) {
			out[n++] = '#';
			i = end;
			continue;
		}
		if (end == i)
			end++;
		while (i < end && n < SHAPE_MAX)
			out[n++] = text.p[i++];
	}
	return n;
}

static struct slot *find(struct unclaimed *u, struct str shape)
{
	unsigned h = 2166136261u, at;

	for (size_t i = 0; i < shape.n; i++)
		h = (h ^ (unsigned char)shape.p[i]) * 16777619u;
	for (at = h % TABLE; u->table[at]; at = (at + 1) % TABLE) {
		struct slot *s = &u->slots[u->table[at] - 1];

		if (s->nshape == shape.n &&
		    memcmp(s->shape, shape.p, shape.n) == 0)
			return s;
	}
	if (u->count == SHAPES)
		return &u->slots[SHAPES];
	u->table[at] = (uint16_t)(u->count + 1);
	return &u->slots[u->count++];
}

void unclaimed_take(struct unclaimed *u, const struct framed *f,
		    struct str reason)
{
	char shape[SHAPE_MAX];
	size_t n = make_shape(f->text, shape);
	struct slot *s = find(u, (struct str){ shape, n });

	/* A line without a reason says more than one that has one. */
	if (s->n++ && (reason.n || !s->reason.n))
		return;
	s->nshape = n;
	memcpy(s->shape, shape, n);
	s->ntext = f->text.n < TEXT_MAX ? f->text.n : TEXT_MAX;
	memcpy(s->text, f->text.p, s->ntext);
	s->line = f->where.line;
	s->reason = reason;
}

void unclaimed_tell(const struct unclaimed *u, struct sink *sink)
{
	/* The last one counts only when the others are full. */
	for (unsigned i = 0; i < u->count + (u->count == SHAPES); i++) {
		const struct slot *s = &u->slots[i];

		if (s->n)
			sink->unclaimed(sink, (struct shape){
				.shape = i < SHAPES
					? (struct str){ s->shape, s->nshape }
					: STR("(other shapes)"),
				.text = { s->text, s->ntext },
				.reason = s->reason, .n = s->n,
				.line = s->line,
			});
	}
}

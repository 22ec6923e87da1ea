/* Lines that are made, given away as they are asked for. */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "parsers/base/die.h"
#include "parsers/input/lines.h"

static size_t read_lines(struct feed *feed, char *at, size_t room)
{
	struct lines *l = (struct lines *)feed;
	size_t n;

	while (l->used == l->n) {
		l->used = l->n = 0;
		if (!l->more(l) && !l->n)
			return 0;
	}
	n = l->n - l->used < room ? l->n - l->used : room;
	memcpy(at, l->text + l->used, n);
	l->used += n;
	return n;
}

void lines_init(struct lines *l, bool (*more)(struct lines *))
{
	*l = (struct lines){ .feed.read = read_lines, .more = more };
}

void lines_free(struct lines *l)
{
	heap_free(l->text);
	l->text = NULL;
}

void lines_add(struct lines *l, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0)
		die("a text cannot be formatted");
	heap_grow(&l->text, &l->room, l->n + (size_t)n + 1, 1);
	va_start(args, format);
	vsnprintf(l->text + l->n, (size_t)n + 1, format, args);
	va_end(args);
	l->n += (size_t)n;
}

void lines_raw(struct lines *l, struct str s)
{
	if (!s.n)
		return;
	heap_grow(&l->text, &l->room, l->n + s.n, 1);
	memcpy(l->text + l->n, s.p, s.n);
	l->n += s.n;
}

static void add_escaped(struct lines *l, struct str s, unsigned char first)
{
	heap_grow(&l->text, &l->room, l->n + 4 * s.n + 1, 1);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c >= first && c < 0x7f && c != '\\')
			l->text[l->n++] = (char)c;
		else
			l->n += (size_t)snprintf(l->text + l->n, 5, "\\x%02x",
						 c);
	}
}

void lines_text(struct lines *l, struct str s)
{
	add_escaped(l, s, ' ');
}

void lines_word(struct lines *l, struct str s)
{
	add_escaped(l, s.n ? s : STR("-"), ' ' + 1);
}

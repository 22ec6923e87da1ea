/* Searching, trimming and splitting slices. */
#define _GNU_SOURCE

#include "parsers/base/str.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

ptrdiff_t str_find(struct str s, struct str what)
{
	const char *at = what.n <= s.n
			 ? memmem(s.p, s.n, what.p, what.n) : NULL;

	return at ? at - s.p : -1;
}

ptrdiff_t str_find_byte(struct str s, char c)
{
	const char *at = s.n ? memchr(s.p, c, s.n) : NULL;

	return at ? at - s.p : -1;
}

struct str str_trim_end(struct str s)
{
	while (s.n && is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

struct str str_trim(struct str s)
{
	while (s.n && is_blank(s.p[0]))
		s = str_skip(s, 1);
	return str_trim_end(s);
}

struct str str_split(struct str *s, char sep)
{
	ptrdiff_t at = str_find_byte(*s, sep);
	struct str part = *s;

	if (at < 0) {
		*s = str_skip(*s, s->n);
		return part;
	}
	part.n = (size_t)at;
	*s = str_skip(*s, (size_t)at + 1);
	return part;
}

struct str str_word(struct str *s)
{
	struct str rest = *s, word;

	while (rest.n && is_blank(rest.p[0]))
		rest = str_skip(rest, 1);
	word = (struct str){ rest.p, 0 };
	while (word.n < rest.n && !is_blank(rest.p[word.n]))
		word.n++;
	*s = str_skip(rest, word.n);
	return word;
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

unsigned str_distance(struct str a, struct str b)
{
	unsigned rows[3][64], *before = rows[0], *last = rows[1], *row = rows[2];

	if (a.n >= 63 || b.n >= 63)
		return 9;
	for (size_t j = 0; j <= b.n; j++)
		last[j] = (unsigned)j;
	for (size_t i = 1; i <= a.n; i++) {
		unsigned *oldest = before;

		row[0] = (unsigned)i;
		for (size_t j = 1; j <= b.n; j++) {
			row[j] = least(least(last[j], row[j - 1]) + 1,
				last[j - 1] + (a.p[i - 1] != b.p[j - 1]));
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
			    a.p[i - 2] == b.p[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		before = last;
		last = row;
		row = oldest;
	}
	return least(last[b.n], 9);
}

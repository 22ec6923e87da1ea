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

unsigned str_distance(struct str a, struct str b)
{
	unsigned row[64];

	if (a.n >= 63 || b.n >= 63)
		return 9;
	for (size_t j = 0; j <= b.n; j++)
		row[j] = (unsigned)j;
	for (size_t i = 1; i <= a.n; i++) {
		unsigned diagonal = row[0];

		row[0] = (unsigned)i;
		for (size_t j = 1; j <= b.n; j++) {
			unsigned change = diagonal + (a.p[i - 1] != b.p[j - 1]);
			unsigned best = row[j] < row[j - 1] ? row[j]
							    : row[j - 1];

			diagonal = row[j];
			row[j] = best + 1 < change ? best + 1 : change;
		}
	}
	return row[b.n] > 9 ? 9 : row[b.n];
}

/* Slices of bytes: text is never copied and never NUL-terminated here. */
#ifndef PARSERS_BASE_STR_H
#define PARSERS_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
	const char *p;
	size_t n;
};

#define STR(literal) ((struct str){ literal, sizeof(literal) - 1 })
#define STR_FMT(s) (int)(s).n, (s).p		/* for "%.*s" */

static inline struct str str_from(const char *text)
{
	return (struct str){ text, text ? strlen(text) : 0 };
}

static inline bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool str_starts(struct str s, struct str with)
{
	return s.n >= with.n && memcmp(s.p, with.p, with.n) == 0;
}

static inline bool str_ends(struct str s, struct str with)
{
	return s.n >= with.n &&
	       memcmp(s.p + s.n - with.n, with.p, with.n) == 0;
}

/* The rest of s from byte at on; empty when at is past its end. */
static inline struct str str_skip(struct str s, size_t at)
{
	if (at > s.n)
		at = s.n;
	return at ? (struct str){ s.p + at, s.n - at } : s;
}

/* The first n bytes of s, or all of it. */
static inline struct str str_head(struct str s, size_t n)
{
	return (struct str){ s.p, n < s.n ? n : s.n };
}

/* Where what starts in s, or -1. */
ptrdiff_t str_find(struct str s, struct str what);
/* Where byte c first stands in s, or -1. */
ptrdiff_t str_find_byte(struct str s, char c);

struct str str_trim(struct str s);		/* blanks and tabs, both ends */
struct str str_trim_end(struct str s);

/* Takes the part before sep off the front of *s (all of it without sep). */
struct str str_split(struct str *s, char sep);
/* Takes the next word off the front of *s; empty when none is left. */
struct str str_word(struct str *s);

/*
 * Rough likeness of two names, for "did you mean": letters to change, add,
 * drop or swap, at most 9.
 */
unsigned str_distance(struct str a, struct str b);

#endif

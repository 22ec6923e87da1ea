/* Small steps of reading: each takes what it finds off the front of a text. */
#ifndef PARSERS_FRAME_TAKE_H
#define PARSERS_FRAME_TAKE_H

#include "parsers/base/num.h"
#include "parsers/frame/frame.h"

enum { NS_PER_US = 1000, NS_PER_MS = 1000000, NS_PER_S = 1000000000 };

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool take_byte(struct str *s, char c)
{
	if (!s->n || s->p[0] != c)
		return false;
	*s = str_skip(*s, 1);
	return true;
}

static inline bool take_text(struct str *s, struct str text)
{
	if (!str_starts(*s, text))
		return false;
	*s = str_skip(*s, text.n);
	return true;
}

static inline void take_blanks(struct str *s)
{
	while (s->n && s->p[0] == ' ')
		*s = str_skip(*s, 1);
}

/* From least to most decimal digits, and no more of them. */
static inline bool take_digits(struct str *s, size_t least, size_t most,
			       int64_t *value)
{
	size_t n = 0;

	while (n < s->n && n < most + 1 && is_digit(s->p[n]))
		n++;
	if (n < least || n > most || !num_dec(str_head(*s, n), value))
		return false;
	*s = str_skip(*s, n);
	return true;
}

/* "[   68.": the bracket and the blanks that a stamp starts with. */
static inline bool take_open(struct str *s)
{
	if (!take_byte(s, '['))
		return false;
	take_blanks(s);
	return true;
}

/* stamp.c: seconds, a dot, and 6 to 9 digits: "68.290307". */
bool take_seconds(struct str *s, struct stamp *out);
/* stamp.c: days from 1970-01-01 to a day of the Gregorian calendar. */
int64_t days_from_civil(int64_t year, int64_t month, int64_t day);

#endif

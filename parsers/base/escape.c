/* Everything but printable ASCII and TAB becomes \xNN. */

#include "parsers/base/escape.h"

static bool is_plain(char c)
{
	return (c >= 0x20 && c < 0x7f) || c == '\t';
}

bool escape_is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_plain(s.p[i]))
			return false;
	return true;
}

struct str escape_text(struct arena *arena, struct str s)
{
	static const char digits[] = "0123456789abcdef";
	size_t n = 0, odd = 0;
	char *out;

	for (size_t i = 0; i < s.n; i++)
		odd += !is_plain(s.p[i]);
	if (odd == 0)
		return s;
	out = arena_alloc(arena, s.n + 3 * odd + 1);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (is_plain(s.p[i])) {
			out[n++] = s.p[i];
			continue;
		}
		out[n++] = '\\';
		out[n++] = 'x';
		out[n++] = digits[c >> 4];
		out[n++] = digits[c & 15];
	}
	return (struct str){ out, n };
}

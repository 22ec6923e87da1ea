/* Values of options that are words of a list, or numbers. */

#include "analyzer/cmd/cmd.h"
#include "parsers/base/num.h"

enum { MAX_LINE_LEAST = 1 << 10, MAX_LINE_MOST = 64 << 20 };

bool set_as(struct options *o, const char *value)
{
	const char *title;

	if (frame_as_find(str_from(value), &o->as))
		return true;
	fputs("faultline: formats of captures:\n", stderr);
	for (int i = 0; i < FRAME_AS_COUNT; i++) {
		const char *name = frame_as_name((enum frame_as)i, &title);

		fprintf(stderr, "  %-9s %s\n", name, title);
	}
	return false;
}

/* "65536", "64K", "1M" */
bool set_max_line(struct options *o, const char *value)
{
	struct str s = str_from(value);
	int64_t number, unit = 1;

	if (str_ends(s, STR("K")))
		unit = 1 << 10;
	else if (str_ends(s, STR("M")))
		unit = 1 << 20;
	if (unit > 1)
		s.n--;
	if (!num_dec(s, &number) || number > MAX_LINE_MOST ||
	    number * unit < MAX_LINE_LEAST || number * unit > MAX_LINE_MOST)
		return false;
	o->max_line = (size_t)(number * unit);
	return true;
}

bool set_timeout(struct options *o, const char *value)
{
	int64_t number;

	if (!num_dec(str_from(value), &number) || number < 1 ||
	    number > 86400)
		return false;
	o->timeout = (unsigned)number;
	return true;
}

/* memrchr */
#define _GNU_SOURCE

/* Is a file a listing?  Every line has to be one of it, whatever its beginning is. */

#include "parsers/readers/reader.h"

/* No listing has a line as long as that. */
enum { LINE_MOST = 64 << 10 };

struct look {
	struct catalog *catalog;
	const struct listing *listing;
	struct listed sum;
	uint64_t line;			/* lines that were seen */
	bool fits;
};

static bool is_plain(struct str line)
{
	for (size_t i = 0; i < line.n; i++) {
		unsigned char c = (unsigned char)line.p[i];

		if ((c < ' ' && c != '\t') || c == 0x7f)
			return false;
	}
	return line.n <= LINE_MOST;
}

static struct str take_return(struct str line)
{
	if (line.n && line.p[line.n - 1] == '\r')
		line.n--;
	return line;
}

/* Takes the lines of bytes; last: a line without an end is one, too. */
static void take_lines(struct look *l, struct str bytes, bool last)
{
	while (l->fits && bytes.n) {
		bool ends = memchr(bytes.p, '\n', bytes.n) != NULL;
		struct str line = take_return(str_split(&bytes, '\n'));

		if (!ends && !last)
			break;
		l->line++;
		if (!str_trim(line).n)
			continue;
		l->fits = is_plain(line) && listing_takes(l->catalog,
						l->listing, line, &l->sum);
		/* A listing whose writing was cut short. */
		l->fits |= !ends && is_plain(line) && l->sum.lines > 1;
	}
}

static struct str first_line(struct str bytes)
{
	struct str line = { 0 };

	while (bytes.n && !str_trim(line).n)
		line = take_return(str_split(&bytes, '\n'));
	return is_plain(line) ? line : (struct str){ 0 };
}

/* What is known of it now; whole: there is no more of it. */
static void judge(const struct look *l, bool whole, struct listing_found *out)
{
	enum listed_as as = listing_judge(l->listing, &l->sum);

	if (l->fits && (as != LISTED_NOT || !whole))
		*out = (struct listing_found){ l->listing, as, NULL, 0 };
	else if (as != LISTED_NOT)
		*out = (struct listing_found){ NULL, LISTED_NOT, l->listing,
					       l->line };
}

void listing_look(struct catalog *catalog, struct str bytes, bool whole,
		  struct listing_found *out)
{
	struct str first = first_line(bytes);
	const struct listing *listing = NULL;

	*out = (struct listing_found){ 0 };
	if (!first.n)
		return;
	while (!out->listing &&
	       (listing = catalog_listing(catalog, first, listing))) {
		struct look l = { .catalog = catalog, .listing = listing,
				  .fits = true };

		take_lines(&l, bytes, whole);
		judge(&l, whole, out);
	}
}

void listing_look_through(struct source *source, struct catalog *catalog,
			  struct listing_found *found)
{
	struct look l = { .catalog = catalog, .listing = found->listing,
			  .fits = true };
	struct window w = source_next(source, 0);

	*found = (struct listing_found){ 0 };
	for (;;) {
		const char *nl = memrchr(w.p, '\n', w.n);
		size_t end = w.last ? w.n : nl ? (size_t)(nl - w.p) + 1 : 0;

		take_lines(&l, (struct str){ w.p, end }, w.last);
		if (!end && !w.last) {		/* a line without an end */
			l.line++;
			l.fits = false;
		}
		if (!l.fits || w.last)
			break;
		w = source_next(source, end);
	}
	judge(&l, true, found);
}

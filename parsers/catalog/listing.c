/* Which file is a listing: the table of parsers/listings.tsv, line by line. */

#include "parsers/base/num.h"
#include "parsers/catalog/entry.h"

/* A pattern of the table, compiled when it is first asked for. */
struct pattern {
	struct str pattern;		/* empty: no line is like it */
	struct regex *regex;
};

struct listing_entry {
	struct listing listing;		/* first: what others may see */
	unsigned least;			/* lines like "line" that it needs */
	struct pattern first, line, also, hidden;
	struct listing_entry *next;
};

static struct listing_entry *entry_at(const struct listing *listing)
{
	return (struct listing_entry *)listing;
}

/* Every pattern is tried out: a mistake is told when the table is read. */
static bool check_shape(const struct pattern *shape, struct place place,
			struct diag *diag)
{
	const char *error;
	size_t at;
	struct regex *regex = regex_compile(shape->pattern, &error, &at);

	if (regex) {
		regex_free(regex);
		return true;
	}
	place.column = (unsigned)(shape->pattern.p - place.text.p + 1) +
		       (unsigned)at;
	diag_at(diag, place, "the rules are those of pcre2pattern(3)",
		"not an expression: %s", error);
	return false;
}

static bool read_row(struct catalog *c, struct str row, struct place place,
		     bool check, struct diag *diag)
{
	struct listing_entry *e = ARENA_NEW(c->arena, struct listing_entry);
	struct str rest = row;
	int64_t least;

	e->listing.name = arena_cstr(c->arena, str_split(&rest, '\t'));
	e->listing.word = str_split(&rest, '\t');
	if (str_eq(e->listing.word, STR("-")))
		e->listing.word.n = 0;
	if (!num_dec(str_split(&rest, '\t'), &least) || least < 1)
		return diag_at(diag, place, "how many lines there are at least",
			       "no number in the third column"), false;
	e->least = (unsigned)least;
	e->first.pattern = str_split(&rest, '\t');
	e->line.pattern = str_split(&rest, '\t');
	e->also.pattern = str_split(&rest, '\t');
	e->hidden.pattern = str_split(&rest, '\t');
	e->listing.advice = arena_cstr(c->arena, rest);
	if (check && !(check_shape(&e->first, place, diag) &&
		       check_shape(&e->line, place, diag) &&
		       check_shape(&e->also, place, diag) &&
		       check_shape(&e->hidden, place, diag)))
		return false;
	*c->last_listing = e;
	c->last_listing = &e->next;
	return true;
}

bool catalog_read_listings(struct catalog *c, struct str text,
			   const char *file, bool check, struct diag *diag)
{
	bool fine = true;

	file = arena_cstr(c->arena, str_from(file));
	for (unsigned line = 1; text.n; line++) {
		struct str row = str_split(&text, '\n');

		if (row.n && row.p[0] != '#')
			fine &= read_row(c, row, (struct place){ file, line, 1,
								 row },
					 check, diag);
	}
	return fine;
}

/* A match that hits the library's limits is none. */
static bool is_like(struct catalog *c, struct pattern *shape, struct str line)
{
	const char *error;
	size_t at;

	if (!shape->pattern.n)
		return false;
	if (!shape->regex)
		shape->regex = regex_compile(shape->pattern, &error, &at);
	if (!c->scratch)
		c->scratch = regex_scratch_new();
	return shape->regex && regex_match(shape->regex, c->scratch, line);
}

const struct listing *catalog_listing(struct catalog *c, struct str first,
				      const struct listing *after)
{
	struct listing_entry *e = after ? entry_at(after)->next : c->listings;

	for (; e; e = e->next)
		if (is_like(c, &e->first, first))
			return &e->listing;
	return NULL;
}

bool listing_takes(struct catalog *c, const struct listing *listing,
		   struct str line, struct listed *sum)
{
	struct listing_entry *e = entry_at(listing);
	bool counts;

	sum->lines++;
	counts = is_like(c, &e->line, line);
	if (counts) {
		sum->fit++;
		sum->hidden += is_like(c, &e->hidden, line);
	}
	return counts || is_like(c, &e->also, line) ||
	       (sum->lines == 1 && is_like(c, &e->first, line));
}

enum listed_as listing_judge(const struct listing *listing,
			     const struct listed *sum)
{
	if (sum->fit < entry_at(listing)->least)
		return LISTED_NOT;
	return sum->hidden == sum->fit ? LISTED_HIDDEN : LISTED;
}

void listings_free(struct catalog *c)
{
	for (struct listing_entry *e = c->listings; e; e = e->next) {
		regex_free(e->first.regex);
		regex_free(e->line.regex);
		regex_free(e->also.regex);
		regex_free(e->hidden.regex);
	}
	regex_scratch_free(c->scratch);
}

/* --clock FILE=OFFSET: a clock that the user pins. */

#include "analyzer/cmd/cmd.h"
#include "parsers/base/escape.h"

enum { DIGITS_MOST = 9 };
static const int64_t NS = 1000000000;
/* Ten thousand years, in seconds: further apart is no clock. */
static const int64_t SECONDS_MOST = 315360000000;

/* "-12.5" in ns; *unit: what its last digit is worth. */
static bool take_seconds(struct str *s, int64_t *ns, int64_t *unit)
{
	bool minus = s->n && s->p[0] == '-';
	int64_t value = 0;
	size_t digits = 0;

	if (minus || (s->n && s->p[0] == '+'))
		*s = str_skip(*s, 1);
	for (; s->n && s->p[0] >= '0' && s->p[0] <= '9'; digits++) {
		value = value * 10 + (s->p[0] - '0');
		if (value > SECONDS_MOST)
			return false;
		*s = str_skip(*s, 1);
	}
	/* Seconds since 1970 in ns do not go further than 2262. */
	if (!digits || value > INT64_MAX / 4 / NS)
		return false;
	value *= NS;
	*unit = NS;
	if (s->n && s->p[0] == '.') {
		*s = str_skip(*s, 1);
		for (digits = 0; s->n && s->p[0] >= '0' && s->p[0] <= '9';
		     digits++) {
			if (digits == DIGITS_MOST)
				return false;
			*unit /= 10;
			value += *unit * (s->p[0] - '0');
			*s = str_skip(*s, 1);
		}
		if (!digits)
			return false;
	}
	*ns = minus ? -value : value;
	return true;
}

bool clock_parse(const char *word, struct clock_told *out)
{
	struct str all = str_from(word), rest;
	int64_t at, within, unit;
	size_t eq = all.n;

	/* A name may hold '=', what follows it may not. */
	while (eq > 0 && all.p[eq - 1] != '=')
		eq--;
	if (eq < 2)
		return false;
	*out = (struct clock_told){ .name = str_head(all, eq - 1) };
	rest = str_skip(all, eq);
	if (str_eq(rest, STR("none"))) {
		out->forget = true;
		return true;
	}
	if (!take_seconds(&rest, &at, &within))
		return false;
	if (str_starts(rest, STR("+-"))) {
		rest = str_skip(rest, 2);
		if (!rest.n || rest.p[0] == '-' || rest.p[0] == '+' ||
		    !take_seconds(&rest, &within, &unit))
			return false;
	}
	if (rest.n)
		return false;
	out->lo = at - within;
	out->hi = at + within;
	return true;
}

bool clock_tell_all(struct session *s, struct store *store)
{
	for (unsigned i = 0; i < s->options.nclocks; i++) {
		const struct clock_told *c = &s->options.clocks[i];
		struct str name = escape_text(s->arena, c->name), there;

		switch (store_tell_clock(store, name, c->lo, c->hi, c->forget)) {
		case 1:
			continue;
		case 0:
			there = store_names(store, s->arena);
			fprintf(stderr, "faultline: --clock: no capture '%.*s' "
				"here; there %s: %.*s\n", STR_FMT(name),
				there.n ? "are" : "is", there.n
				? (int)there.n : 4, there.n ? there.p : "none");
			return false;
		default:
			fprintf(stderr, "faultline: --clock: several captures "
				"are called '%.*s'; give the whole name, as it "
				"was read: %.*s\n", STR_FMT(name),
				STR_FMT(store_names(store, s->arena)));
			return false;
		}
	}
	return true;
}

/* Dates and times of day as tools put them before a line. */

#include "parsers/frame/take.h"
#include "parsers/frame/wrap.h"

/* So that every stamp is a number of ns. */
enum { YEAR_MIN = 1970, YEAR_MAX = 2200 };
static const int64_t SECONDS_MAX = 7258118400;	/* 2200-01-01 */

static bool take_name(struct str *s, const char *names, int64_t *number)
{
	for (int64_t i = 0; names[3 * i]; i++) {
		if (!str_starts(*s, (struct str){ names + 3 * i, 3 }))
			continue;
		*s = str_skip(*s, 3);
		*number = i;
		return true;
	}
	return false;
}

static bool take_month(struct str *s, int64_t *month)
{
	if (!take_name(s, "JanFebMarAprMayJunJulAugSepOctNovDec", month))
		return false;
	++*month;
	return true;
}

static bool take_weekday(struct str *s)
{
	int64_t day;

	return take_name(s, "MonTueWedThuFriSatSun", &day) &&
	       take_byte(s, ' ');
}

/* ".290307", ",290307": unit becomes what its last digit stands for. */
static bool take_fraction(struct str *s, int64_t *ns, int64_t *unit)
{
	struct str digits;
	size_t before;
	int64_t value;

	*ns = 0;
	*unit = NS_PER_S;
	digits = str_skip(*s, 1);
	if (s->n < 2 || (s->p[0] != '.' && s->p[0] != ',') ||
	    !is_digit(s->p[1]))
		return true;
	before = digits.n;
	if (!take_digits(&digits, 1, 9, &value))
		return false;
	for (size_t i = before - digits.n; i > 0; i--)
		*unit /= 10;
	*ns = value * *unit;
	*s = digits;
	return true;
}

/* "02:40:13" with or without a fraction, in ns of the day. */
static bool take_clock(struct str *s, int64_t *ns, int64_t *unit)
{
	int64_t h, m, sec, fraction;

	if (!take_digits(s, 2, 2, &h) || !take_byte(s, ':') ||
	    !take_digits(s, 2, 2, &m) || !take_byte(s, ':') ||
	    !take_digits(s, 2, 2, &sec) || h > 23 || m > 59 || sec > 60 ||
	    !take_fraction(s, &fraction, unit))
		return false;
	*ns = (h * 3600 + m * 60 + sec) * NS_PER_S + fraction;
	return true;
}

/* "2026-11-21", "26-11-21"; days from 1970. */
static bool take_date(struct str *s, int64_t *days)
{
	int64_t y, m, d;

	if (take_digits(s, 4, 4, &y)) {
		if (y < YEAR_MIN || y > YEAR_MAX)
			return false;
	} else if (take_digits(s, 2, 2, &y)) {
		y += 2000;
	} else {
		return false;
	}
	if (!take_byte(s, '-') || !take_digits(s, 2, 2, &m) ||
	    !take_byte(s, '-') || !take_digits(s, 2, 2, &d) ||
	    m < 1 || m > 12 || d < 1 || d > 31)
		return false;
	*days = days_from_civil(y, m, d);
	return true;
}

static void set(struct stamp *out, enum clock_kind kind, int64_t days,
		int64_t ns, int64_t unit)
{
	out->kind = kind;
	out->lo = days * 86400 * NS_PER_S + ns;
	out->hi = out->lo + unit;
}

/* "+00:00", "-0500", "Z", " UTC", " CEST": what a zone may look like. */
static void take_zone(struct str *s)
{
	struct str rest = *s;
	int64_t h, m;
	size_t n = 0;

	if (take_byte(s, 'Z'))
		return;
	if (take_byte(&rest, '+') || take_byte(&rest, '-')) {
		if (take_digits(&rest, 4, 4, &h) ||
		    (take_digits(&rest, 2, 2, &h) && take_byte(&rest, ':') &&
		     take_digits(&rest, 2, 2, &m)))
			*s = rest;
		return;
	}
	if (!take_byte(&rest, ' '))
		return;
	while (n < rest.n && rest.p[n] >= 'A' && rest.p[n] <= 'Z')
		n++;
	if (n >= 3 && n <= 5 && n < rest.n && rest.p[n] == ' ')
		*s = str_skip(rest, n);
}

bool calendar_iso(struct str *text, struct stamp *out)
{
	struct str s = *text;
	int64_t days, ns, unit;

	if (!take_date(&s, &days) || (!take_byte(&s, 'T') && !take_byte(&s, ' '))
	    || !take_clock(&s, &ns, &unit))
		return false;
	take_zone(&s);
	set(out, CLOCK_WALL, days, ns, unit);
	*text = s;
	return true;
}

bool calendar_bsd(struct str *text, struct stamp *out)
{
	struct str s = *text;
	int64_t month, day, ns, unit;

	if (!take_month(&s, &month) || !take_byte(&s, ' '))
		return false;
	take_byte(&s, ' ');
	if (!take_digits(&s, 1, 2, &day) || day < 1 || day > 31 ||
	    !take_byte(&s, ' ') || !take_clock(&s, &ns, &unit))
		return false;
	set(out, CLOCK_WALL_YEARLESS, days_from_civil(1972, month, day), ns,
	    unit);
	*text = s;
	return true;
}

bool calendar_ctime(struct str *text, struct stamp *out)
{
	struct str s = *text;
	int64_t month, day, year, ns, unit;

	if (!take_weekday(&s) || !take_month(&s, &month) ||
	    !take_byte(&s, ' '))
		return false;
	take_byte(&s, ' ');
	if (!take_digits(&s, 1, 2, &day) || !take_byte(&s, ' ') ||
	    !take_clock(&s, &ns, &unit) || !take_byte(&s, ' ') ||
	    !take_digits(&s, 4, 4, &year) || day < 1 || day > 31 ||
	    year < YEAR_MIN || year > YEAR_MAX)
		return false;
	set(out, CLOCK_WALL, days_from_civil(year, month, day), ns, unit);
	*text = s;
	return true;
}

bool calendar_full(struct str *text, struct stamp *out)
{
	struct str s = *text;

	if (!take_weekday(&s) || !calendar_iso(&s, out))
		return false;
	*text = s;
	return true;
}

bool calendar_day(struct str *text, struct stamp *out)
{
	struct str s = *text;
	int64_t ns, unit;

	if (!take_clock(&s, &ns, &unit))
		return false;
	set(out, CLOCK_CAPTURE, 0, ns, unit);
	*text = s;
	return true;
}

bool calendar_epoch(struct str *text, struct stamp *out)
{
	struct str s = *text;
	int64_t seconds, ns, unit;

	if (!take_digits(&s, 10, 10, &seconds) || !s.n || s.p[0] != '.' ||
	    !take_fraction(&s, &ns, &unit) || unit == NS_PER_S ||
	    seconds > SECONDS_MAX)
		return false;
	set(out, CLOCK_WALL, 0, seconds * NS_PER_S + ns, unit);
	*text = s;
	return true;
}

bool calendar_minute(struct str *text, struct stamp *out)
{
	struct str s = *text;
	int64_t month, day, h, m;

	if (!take_month(&s, &month) || !take_digits(&s, 1, 2, &day) ||
	    !take_byte(&s, ' ') || !take_digits(&s, 2, 2, &h) ||
	    !take_byte(&s, ':') || !take_digits(&s, 2, 2, &m) || day < 1 ||
	    day > 31 || h > 23 || m > 59)
		return false;
	set(out, CLOCK_WALL_YEARLESS, days_from_civil(1972, month, day),
	    (h * 60 + m) * 60 * NS_PER_S, 60 * (int64_t)NS_PER_S);
	*text = s;
	return true;
}

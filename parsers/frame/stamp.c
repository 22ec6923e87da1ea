/* Time stamps of Xen, printk and ftrace, to nanoseconds (or ticks). */

#include "parsers/frame/stamp.h"
#include "parsers/frame/take.h"

/* How much of a line may stand before the CPU of an ftrace record. */
enum { TASK_MAX = 66 };

bool take_seconds(struct str *s, struct stamp *out)
{
	int64_t seconds, fraction, unit = NS_PER_S;
	size_t before;

	if (!take_digits(s, 1, 9, &seconds) || !take_byte(s, '.'))
		return false;
	before = s->n;
	if (!take_digits(s, 6, 9, &fraction))
		return false;
	for (size_t i = before - s->n; i > 0; i--)
		unit /= 10;
	out->lo = seconds * NS_PER_S + fraction * unit;
	out->hi = out->lo + unit;
	return true;
}

/* [%5lu.%06lu], xen/drivers/char/console.c printk_start_of_line() */
static bool stamp_brackets(struct str *text, struct stamp *out)
{
	struct str s = *text;

	if (!take_byte(&s, '['))
		return false;
	take_blanks(&s);
	if (!take_seconds(&s, out) || !take_byte(&s, ']'))
		return false;
	*text = s;
	return true;
}

int64_t days_from_civil(int64_t y, int64_t m, int64_t d)
{
	int64_t era, year, day;

	y -= m <= 2;
	era = y / 400;
	year = y - era * 400;
	day = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + year * 365 + year / 4 - year / 100 + day - 719468;
}

/* [%04u-%02u-%02u %02u:%02u:%02u] or with .%03lu */
static bool stamp_date(struct str *text, struct stamp *out)
{
	struct str s = *text;
	int64_t y, mo, d, h, mi, sec, ms = 0, unit = NS_PER_S;

	if (!take_byte(&s, '[') ||
	    !take_digits(&s, 4, 4, &y) || !take_byte(&s, '-') ||
	    !take_digits(&s, 2, 2, &mo) || !take_byte(&s, '-') ||
	    !take_digits(&s, 2, 2, &d) || !take_byte(&s, ' ') ||
	    !take_digits(&s, 2, 2, &h) || !take_byte(&s, ':') ||
	    !take_digits(&s, 2, 2, &mi) || !take_byte(&s, ':') ||
	    !take_digits(&s, 2, 2, &sec))
		return false;
	if (take_byte(&s, '.')) {
		if (!take_digits(&s, 3, 3, &ms))
			return false;
		unit = NS_PER_MS;
	}
	if (!take_byte(&s, ']') || mo < 1 || mo > 12 || y < 1970 || y > 2200 ||
	    d < 1 || d > 31 || h > 23 || mi > 59 || sec > 60)
		return false;
	out->lo = (days_from_civil(y, mo, d) * 86400 + h * 3600 + mi * 60 +
		   sec) * NS_PER_S + ms * NS_PER_MS;
	out->hi = out->lo + unit;
	*text = s;
	return true;
}

/* [%016lx]: cycles of the time-stamp counter */
static bool stamp_raw(struct str *text, struct stamp *out)
{
	struct str s = *text;
	uint64_t ticks;

	if (s.n < 18 || s.p[0] != '[' || s.p[17] != ']' ||
	    !num_hex((struct str){ s.p + 1, 16 }, &ticks) ||
	    ticks > (uint64_t)INT64_MAX - 1)
		return false;
	out->lo = (int64_t)ticks;
	out->hi = (int64_t)ticks + 1;
	*text = str_skip(s, 18);
	return true;
}

bool stamp_xen(struct str *text, struct stamp *out)
{
	if (stamp_brackets(text, out))
		out->kind = CLOCK_XEN_BOOT;
	else if (stamp_raw(text, out))
		out->kind = CLOCK_XEN_RAW;
	else if (stamp_date(text, out))
		out->kind = CLOCK_XEN_DATE;
	else
		return false;
	take_byte(text, ' ');
	return true;
}

/* [%6s] of T<thread> or C<cpu>, kernel/printk/printk.c print_caller() */
static void take_caller(struct str *text)
{
	struct str s = *text;
	int64_t id;

	take_byte(&s, ' ');
	if (!take_byte(&s, '['))
		return;
	take_blanks(&s);
	if (!take_byte(&s, 'T') && !take_byte(&s, 'C'))
		return;
	if (take_digits(&s, 1, 9, &id) && take_byte(&s, ']'))
		*text = s;
}

bool stamp_printk(struct str *text, struct stamp *out)
{
	if (!stamp_brackets(text, out))
		return false;
	out->kind = CLOCK_HOST;
	take_caller(text);
	take_byte(text, ' ');
	return true;
}

/* "bash-1977    (   1977)", with options/record-tgid: the task alone. */
static struct str without_group(struct str task)
{
	ptrdiff_t open;

	if (!str_ends(task, STR(")")))
		return task;
	open = str_find(task, STR(" ("));
	return open < 0 ? task : str_trim_end(str_head(task, (size_t)open));
}

/* What stands before the pid at the end of a task; 0: there is no pid. */
static char before_pid(struct str task)
{
	size_t at = task.n;

	while (at > 0 && is_digit(task.p[at - 1]))
		at--;
	return at == task.n || at < 2 ? 0 : task.p[at - 1];
}

/* perf names the group of an event, too: "dma:dma_map_page: ". */
static bool take_group(struct str *s)
{
	size_t n = 0;

	while (n < s->n && (is_digit(s->p[n]) || s->p[n] == '_' ||
			    (s->p[n] >= 'a' && s->p[n] <= 'z')))
		n++;
	if (n == 0 || n + 1 >= s->n || s->p[n] != ':' || s->p[n + 1] == ' ')
		return false;
	*s = str_skip(*s, n + 1);
	return true;
}

/*
 * "  comm-pid  [cpu] flags seconds: ", flags and "(tgid)" optional; the pid
 * stands behind the last '-' (Documentation/trace/ftrace.rst).  perf script
 * writes "comm pid/tid [cpu] seconds: group:", the "/tid" being optional
 * (tools/perf/builtin-script.c perf_sample__fprintf_start()).
 */
bool stamp_trace(struct str *text, struct stamp *out)
{
	ptrdiff_t open = str_find(str_head(*text, TASK_MAX), STR(" ["));
	struct str s, task;
	int64_t cpu;
	char before;

	if (open < 2)
		return false;
	task = without_group(str_trim_end(str_head(*text, (size_t)open)));
	before = before_pid(task);
	if (before == '/') {
		while (task.n && is_digit(task.p[task.n - 1]))
			task.n--;
		task.n--;
		before = before_pid(task);
		if (before != ' ')
			return false;
	}
	if (before != '-' && before != ' ')
		return false;
	s = str_skip(*text, (size_t)open + 2);
	if (!take_digits(&s, 3, 4, &cpu) || !take_byte(&s, ']'))
		return false;
	take_blanks(&s);
	if (s.n && !(is_digit(s.p[0]) && str_find_byte(str_head(s, 12), '.') > 0
		     && str_find_byte(str_head(s, 6), ' ') < 0)) {
		struct str flags = str_word(&s);

		if (flags.n < 4 || flags.n > 5)
			return false;
		take_blanks(&s);
	}
	if (!take_seconds(&s, out) || !take_byte(&s, ':') ||
	    !take_byte(&s, ' '))
		return false;
	take_blanks(&s);
	if (before == ' ' && !take_group(&s))
		return false;
	/* perf is mostly told to use another clock than printk's (-k mono). */
	out->kind = before == ' ' ? CLOCK_TRACE_PERF : CLOCK_TRACE;
	*text = s;
	return true;
}

/* "xentrace TSC cpu=", a record of xentrace as parsers/input writes it. */
bool stamp_xentrace(struct str *text, struct stamp *out)
{
	struct str s = *text;
	uint64_t ticks = 0;

	if (!take_text(&s, STR("xentrace ")) || s.n < 17 || s.p[16] != ' ')
		return false;
	for (size_t i = 0; i < 16; i++) {
		char c = s.p[i];

		if (!is_digit(c) && (c < 'a' || c > 'f'))
			return false;
		ticks = ticks << 4 | (uint64_t)(is_digit(c) ? c - '0'
							     : c - 'a' + 10);
	}
	if (ticks >= INT64_MAX)
		return false;
	*out = (struct stamp){
		.kind = CLOCK_XEN_RAW, .lo = (int64_t)ticks,
		.hi = (int64_t)ticks + 1,
	};
	*text = str_skip(s, 17);
	return true;
}

/*
 * "gnt t=NANOSECONDS [res=NANOSECONDS] ", a record of faultline's own form
 * (docs/traces.md); it stays in the text.
 */
bool stamp_grant(struct str text, struct stamp *out)
{
	int64_t t, resolution = 1;

	if (!take_text(&text, STR("gnt t=")) ||
	    !take_digits(&text, 1, 18, &t) || !take_byte(&text, ' '))
		return false;
	if (take_text(&text, STR("res=")) &&
	    (!take_digits(&text, 1, 10, &resolution) || resolution < 1 ||
	     !take_byte(&text, ' ')))
		return false;
	*out = (struct stamp){
		.kind = CLOCK_TRACE_OTHER, .lo = t, .hi = t + resolution,
	};
	return true;
}

/*
 * Takes wrappings off: quotes of mail, stamps of serial loggers, headers of
 * syslog and the journal.  Sources of the forms: systemd logs-show.c,
 * util-linux dmesg.c, rsyslog and RFC 3164 and 5424, moreutils ts, grabserial,
 * tio, minicom, conserver.
 */

#include "parsers/frame/take.h"
#include "parsers/frame/wrap.h"

enum { LAYERS_MAX = 8 };

typedef bool (*peel_fn)(struct wrapped *, struct arena *);

/* A stamp between brackets and a blank: "[2026-11-21 02:40:13] ". */
static bool in_brackets(struct wrapped *w,
			bool (*take)(struct str *, struct stamp *))
{
	struct str s = w->text;
	struct stamp stamp;

	if (!take_byte(&s, '[') || !take(&s, &stamp))
		return false;
	/* grabserial -T: "[26-11-21 02:40:13 0.000123] " */
	if (s.n && s.p[0] == ' ') {
		struct stamp delta;

		take_blanks(&s);
		if (!take_seconds(&s, &delta))
			return false;
	}
	if (!take_byte(&s, ']'))
		return false;
	take_byte(&s, ' ');
	w->outer = stamp;
	w->text = s;
	return true;
}

static bool peel_quote(struct wrapped *w, struct arena *arena)
{
	struct str s = w->text;

	(void)arena;
	if (!take_byte(&s, '>') && !take_text(&s, STR("| ")))
		return false;
	take_byte(&s, ' ');
	w->text = s;
	return true;
}

/* Blanks of an indented paste, before what starts a console's line only. */
static bool peel_indent(struct wrapped *w, struct arena *arena)
{
	struct str s = w->text, inside;
	struct stamp stamp;

	(void)arena;
	while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
		s = str_skip(s, 1);
	inside = s;
	if (take_byte(&inside, '[')) {
		take_blanks(&inside);
		if (!take_seconds(&inside, &stamp))
			return false;
	} else if (!str_starts(s, STR("(XEN) ")) && !str_starts(s, STR("(d"))) {
		return false;
	}
	w->text = s;
	return true;
}

static bool peel_bracket(struct wrapped *w, struct arena *arena)
{
	struct str s = w->text;

	(void)arena;
	if (s.n < 8 || s.p[0] != '[')
		return false;
	return in_brackets(w, calendar_iso) || in_brackets(w, calendar_ctime) ||
	       in_brackets(w, calendar_minute) || in_brackets(w, calendar_day);
}

/* "[  +0.000011] " of dmesg -H: how long after the line before. */
static bool peel_delta(struct wrapped *w, struct arena *arena)
{
	struct str s = w->text;
	struct stamp stamp;

	(void)arena;
	if (!take_byte(&s, '['))
		return false;
	take_blanks(&s);
	if (!take_byte(&s, '+') || !take_seconds(&s, &stamp) ||
	    !take_text(&s, STR("] ")))
		return false;
	w->text = s;
	return true;
}

/* "[68.290307 0.000123] " of grabserial -t */
static bool peel_grabserial(struct wrapped *w, struct arena *arena)
{
	struct str s = w->text;
	struct stamp stamp, delta;

	(void)arena;
	if (!take_byte(&s, '[') || !take_seconds(&s, &stamp) ||
	    !take_byte(&s, ' ') || !take_seconds(&s, &delta) ||
	    !take_text(&s, STR("] ")))
		return false;
	stamp.kind = CLOCK_CAPTURE;
	w->outer = stamp;
	w->text = s;
	return true;
}

/* Programs whose lines stand under their name without a process number. */
static bool known_program(struct str name)
{
	static const char *const programs[] = {
		"kernel", "xen", "hypervisor", "xenconsoled", "xenstored",
		"oxenstored", "libvirtd", "qemu", "systemd", "systemd-journald",
		"xl", "root", "xen-hotplug", "dom0", NULL
	};

	for (unsigned i = 0; programs[i]; i++)
		if (str_eq(name, str_from(programs[i])))
			return true;
	return false;
}

/* "kernel: ", "kernel:", "systemd-journald[231]: " */
static bool take_program(struct str *text, struct wrapped *w)
{
	struct str s = *text, name;
	size_t n = 0;
	int64_t pid;
	bool numbered = false;

	while (n < s.n && n < 48 && s.p[n] != ' ' && s.p[n] != ':' &&
	       s.p[n] != '[')
		n++;
	name = str_head(s, n);
	s = str_skip(s, n);
	if (!n)
		return false;
	if (take_byte(&s, '[')) {
		if (!take_digits(&s, 1, 10, &pid) || !take_byte(&s, ']'))
			return false;
		numbered = true;
	}
	if (!take_byte(&s, ':') || (!numbered && !known_program(name)))
		return false;
	w->kernel = str_eq(name, STR("kernel"));
	if (!take_byte(&s, ' ') && !w->kernel)
		return false;
	w->user = !w->kernel;
	*text = s;
	return true;
}

static bool is_host_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) ||
	       c == '-' || c == '.' || c == '_';
}

/* "host kernel: ", "host user.err kernel: ", "kernel: " behind a date */
static bool take_header(struct str *text, struct wrapped *w)
{
	struct str s = *text;
	size_t n = 0;

	if (take_program(text, w))
		return true;
	while (n < s.n && n < 64 && is_host_byte(s.p[n]))
		n++;
	s = str_skip(s, n);
	if (!n || !take_byte(&s, ' '))
		return false;
	if (!take_program(&s, w)) {
		/* The facility of busybox syslogd. */
		struct str word = str_word(&s);

		if (str_find_byte(word, '.') <= 0 || !take_byte(&s, ' ') ||
		    !take_program(&s, w))
			return false;
	}
	*text = s;
	return true;
}

/* "[   68.290307 <    0.000123>] " of dmesg -d and journalctl -o short-delta */
static bool peel_both(struct wrapped *w, struct arena *arena)
{
	struct str s = w->text;
	struct stamp stamp, delta;

	(void)arena;
	if (!take_byte(&s, '['))
		return false;
	take_blanks(&s);
	if (!take_seconds(&s, &stamp) || !take_text(&s, STR(" <")))
		return false;
	take_blanks(&s);
	if (!take_seconds(&s, &delta))
		return false;
	take_blanks(&s);
	if (!take_byte(&s, '>'))
		return false;
	take_byte(&s, '*');
	if (!take_text(&s, STR("] ")))
		return false;
	take_header(&s, w);
	stamp.kind = CLOCK_HOST;
	w->inner = stamp;
	w->text = s;
	return true;
}

static bool peel_date(struct wrapped *w, struct arena *arena)
{
	struct str s = w->text;
	struct stamp stamp;

	(void)arena;
	if (!calendar_bsd(&s, &stamp) && !calendar_iso(&s, &stamp) &&
	    !calendar_full(&s, &stamp) && !calendar_epoch(&s, &stamp) &&
	    !calendar_day(&s, &stamp))
		return false;
	if (!take_byte(&s, ' '))
		return false;
	take_byte(&s, ' ');		/* LAVA leaves two */
	take_header(&s, w);
	w->outer = stamp;
	w->text = s;
	return true;
}

/* "<3>1 2026-11-21T02:40:13.290307+00:00 host kernel - - - text" */
static bool peel_rfc5424(struct wrapped *w, struct arena *arena)
{
	struct str s = w->text, program;
	struct stamp stamp;
	int64_t priority, version;

	(void)arena;
	if (!take_byte(&s, '<') || !take_digits(&s, 1, 3, &priority) ||
	    !take_byte(&s, '>') || !take_digits(&s, 1, 2, &version) ||
	    !take_byte(&s, ' ') || !calendar_iso(&s, &stamp))
		return false;
	str_word(&s);					/* host */
	program = str_word(&s);
	str_word(&s);					/* process */
	str_word(&s);					/* message */
	take_byte(&s, ' ');
	if (take_byte(&s, '[')) {
		ptrdiff_t end = str_find(s, STR("] "));

		if (end < 0)
			return false;
		s = str_skip(s, (size_t)end + 2);
	} else if (!take_text(&s, STR("- "))) {
		return false;
	}
	take_text(&s, STR("\xef\xbb\xbf"));
	w->kernel = str_eq(program, STR("kernel"));
	w->user = !w->kernel;
	w->outer = stamp;
	w->text = s;
	return true;
}

/* "<6>" before a date: RFC 3164 as it is sent; take_level() has the rest. */
static bool peel_priority(struct wrapped *w, struct arena *arena)
{
	struct str s = w->text;
	struct stamp stamp;
	int64_t priority;

	(void)arena;
	if (!take_byte(&s, '<') || !take_digits(&s, 1, 3, &priority) ||
	    !take_byte(&s, '>') ||
	    !calendar_bsd(&(struct str){ s.p, s.n }, &stamp))
		return false;
	w->text = s;
	return true;
}

/* "kern  :err   : " of dmesg -x */
static bool peel_facility(struct wrapped *w, struct arena *arena)
{
	static const char *const names[] = {
		"kern", "user", "mail", "daemon", "auth", "syslog", "lpr",
		"news", NULL
	};
	struct str s = w->text;

	(void)arena;
	for (unsigned i = 0; names[i]; i++) {
		size_t n = 0;

		s = w->text;
		if (!take_text(&s, str_from(names[i])))
			continue;
		take_blanks(&s);
		if (!take_byte(&s, ':'))
			continue;
		while (n < s.n && s.p[n] >= 'a' && s.p[n] <= 'z')
			n++;
		if (n < 3 || n > 6)
			continue;
		s = str_skip(s, n);
		take_blanks(&s);
		if (!take_text(&s, STR(": ")))
			continue;
		w->text = s;
		return true;
	}
	return false;
}

/* "6,1234,68290307,-;text" of /dev/kmsg and extended netconsole */
static bool peel_kmsg(struct wrapped *w, struct arena *arena)
{
	struct str s = w->text;
	int64_t priority, sequence, us;
	ptrdiff_t end;

	(void)arena;
	if (!take_digits(&s, 1, 4, &priority) || !take_byte(&s, ',') ||
	    !take_digits(&s, 1, 18, &sequence) || !take_byte(&s, ',') ||
	    !take_digits(&s, 1, 15, &us) || !take_byte(&s, ','))
		return false;
	end = str_find_byte(str_head(s, 80), ';');
	if (end < 0)
		return false;
	w->inner = (struct stamp){
		.kind = CLOCK_HOST, .lo = us * NS_PER_US,
		.hi = (us + 1) * NS_PER_US,
	};
	w->kernel = true;
	w->text = str_skip(s, (size_t)end + 1);
	return true;
}

/* "kernel: " alone, where the columns before it were cut away */
static bool peel_kernel(struct wrapped *w, struct arena *arena)
{
	(void)arena;
	return take_text(&w->text, STR("kernel: ")) && (w->kernel = true);
}

/* "[   68.290307] host kernel: text" of journalctl -o short-monotonic */
static bool peel_monotonic(struct wrapped *w, struct arena *arena)
{
	struct str s = w->text;
	struct stamp stamp;

	(void)arena;
	if (!take_byte(&s, '['))
		return false;
	take_blanks(&s);
	if (!take_seconds(&s, &stamp) || !take_text(&s, STR("] ")) ||
	    !take_header(&s, w))
		return false;
	stamp.kind = CLOCK_HOST;
	w->inner = stamp;
	w->text = s;
	return true;
}

static bool peel_json(struct wrapped *w, struct arena *arena)
{
	struct str s = w->text;

	take_text(&s, STR("data: "));
	if (!arena || !s.n || s.p[0] != '{')
		return false;
	w->text = s;
	return journal_json(w, arena);
}

static bool peel_export(struct wrapped *w, struct arena *arena)
{
	(void)arena;
	return journal_export(w);
}

enum {
	QUOTE, INDENT, BRACKET, DELTA, BOTH, GRABSERIAL, DATE, RFC5424,
	PRIORITY, FACILITY, KMSG, KERNEL, MONOTONIC, JSON, EXPORT, PEELS
};

static const peel_fn peels[PEELS] = {
	[QUOTE] = peel_quote,		[INDENT] = peel_indent,
	[BRACKET] = peel_bracket,	[DELTA] = peel_delta,
	[BOTH] = peel_both,		[GRABSERIAL] = peel_grabserial,
	[DATE] = peel_date,		[RFC5424] = peel_rfc5424,
	[PRIORITY] = peel_priority,	[FACILITY] = peel_facility,
	[KMSG] = peel_kmsg,		[KERNEL] = peel_kernel,
	[MONOTONIC] = peel_monotonic,	[JSON] = peel_json,
	[EXPORT] = peel_export,
};

#define BIT(x) (1u << (x))

/* What a user names with --as, and which wrappings that allows. */
static const struct format {
	const char *name, *title;
	unsigned allows;
} formats[FRAME_AS_COUNT] = {
	[FRAME_AS_AUTO] = { "auto", "whatever is found, line by line",
		BIT(PEELS) - 1 },
	[FRAME_AS_CONSOLE] = { "console", "as it came over the wire", 0 },
	[FRAME_AS_MAIL] = { "mail", "quoted or indented in a mail",
		BIT(QUOTE) | BIT(INDENT) },
	[FRAME_AS_SYSLOG] = { "syslog", "syslog files, RFC 3164 and 5424",
		BIT(DATE) | BIT(RFC5424) | BIT(PRIORITY) },
	[FRAME_AS_JOURNAL] = { "journal", "journalctl -o short and its kin",
		BIT(DATE) | BIT(MONOTONIC) | BIT(BOTH) },
	[FRAME_AS_JSON] = { "json", "journalctl -o json", BIT(JSON) },
	[FRAME_AS_EXPORT] = { "export", "journalctl -o export", BIT(EXPORT) },
	[FRAME_AS_DMESG] = { "dmesg", "dmesg -T, -x, -H or -d",
		BIT(BRACKET) | BIT(DELTA) | BIT(BOTH) | BIT(FACILITY) },
	[FRAME_AS_KMSG] = { "kmsg", "/dev/kmsg, netconsole", BIT(KMSG) },
	[FRAME_AS_SERIAL] = { "serial", "a logger's stamp before each line",
		BIT(BRACKET) | BIT(GRABSERIAL) | BIT(DATE) },
};

const char *frame_as_name(enum frame_as as, const char **title)
{
	*title = formats[as].title;
	return formats[as].name;
}

bool frame_as_find(struct str name, enum frame_as *as)
{
	for (unsigned i = 0; i < FRAME_AS_COUNT; i++) {
		if (!str_eq(name, str_from(formats[i].name)))
			continue;
		*as = (enum frame_as)i;
		return true;
	}
	return false;
}

/* Which wrappings may start with this byte. */
static unsigned start_with(char c)
{
	switch (c) {
	case '>': case '|': return BIT(QUOTE);
	case ' ': case '\t': return BIT(INDENT);
	case '[': return BIT(BRACKET) | BIT(DELTA) | BIT(BOTH) |
			 BIT(GRABSERIAL) | BIT(MONOTONIC);
	case '<': return BIT(RFC5424) | BIT(PRIORITY);
	case '{': case 'd': return BIT(JSON) | BIT(FACILITY);
	case 'M': return BIT(DATE) | BIT(EXPORT);
	case 'k': return BIT(KERNEL) | BIT(FACILITY);
	case '(': return 0;
	}
	if (is_digit(c))
		return BIT(DATE) | BIT(KMSG);
	if (c >= 'A' && c <= 'Z')
		return BIT(DATE);
	return c >= 'a' && c <= 'z' ? BIT(FACILITY) : 0;
}

void wrap_peel(struct str line, enum frame_as as, struct arena *arena,
	       struct wrapped *out)
{
	*out = (struct wrapped){ .text = line };
	for (unsigned layer = 0; layer < LAYERS_MAX; layer++) {
		unsigned may, i;

		if (!out->text.n)
			return;
		may = start_with(out->text.p[0]) & formats[as].allows;
		for (i = 0; i < PEELS; i++)
			if (may & BIT(i) && peels[i](out, arena))
				break;
		if (i == PEELS)
			return;
	}
}

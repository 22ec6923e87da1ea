/*
 * Takes wrappings off: quotes of mail and stamps of serial loggers (moreutils
 * ts, grabserial, tio, minicom, conserver); header.c and journal.c have the
 * rest.
 */

#include "parsers/frame/take.h"
#include "parsers/frame/wrap.h"

enum { LAYERS_MAX = 32, PROMPT_MAX = 80 };

typedef bool (*peel_fn)(struct wrapped *, struct arena *);

/* "[1408] 564: " of a logger that tells its process and a count */
static void take_process(struct str *text)
{
	struct str s = *text;
	int64_t number;

	if (take_byte(&s, '[') && take_digits(&s, 1, 7, &number) &&
	    take_text(&s, STR("] ")) && take_digits(&s, 1, 9, &number) &&
	    take_text(&s, STR(": ")))
		*text = s;
}

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
	take_process(&w->text);
	return true;
}

static bool peel_quote(struct wrapped *w, struct arena *arena)
{
	struct str s = w->text;
	int64_t number;

	(void)arena;
	/* The prompt of QEMU's monitor, on the same terminal. */
	if (take_text(&w->text, STR("(qemu) ")))
		return true;
	/* "(5) >> ": a quote that its writer has numbered. */
	if (take_byte(&s, '(') && (!take_digits(&s, 1, 3, &number) ||
				   !take_text(&s, STR(") >"))))
		return false;
	if (s.p == w->text.p && !take_byte(&s, '>') &&
	    !take_text(&s, STR("| ")))
		return false;
	take_byte(&s, ' ');
	w->text = s;
	return true;
}

/* One word of a prompt, from *at on. */
static void skip_word(struct str s, size_t *at)
{
	while (*at < s.n && *at < PROMPT_MAX && s.p[*at] > ' ' &&
	       !strchr("()<>|\"=", s.p[*at]))
		++*at;
}

/* "root@host:~# ", "[root@host ~]# ", "/ # ": a shell on the same console,
   before a kernel's stamp only. */
static bool peel_prompt(struct wrapped *w, struct arena *arena)
{
	struct str s = w->text, inside;
	struct stamp stamp;
	size_t at = 0;

	(void)arena;
	skip_word(s, &at);
	if ((s.p[0] == '[' || at == 1) && at < s.n && s.p[at] == ' ') {
		at++;
		skip_word(s, &at);
	}
	if (at < 2 || at >= s.n || s.p[at] != ' ' ||
	    (s.p[at - 1] != '#' && s.p[at - 1] != '$'))
		return false;
	s = inside = str_skip(s, at + 1);
	if (!take_open(&inside) || !take_seconds(&inside, &stamp) ||
	    !take_text(&inside, STR("] ")))
		return false;
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
	if (take_open(&inside)) {
		if (!take_seconds(&inside, &stamp))
			return false;
	} else if (!str_starts(s, STR("(XEN) ")) && !str_starts(s, STR("(d")) &&
		   !str_starts(s, STR("kernel: ")) && !str_starts(s, STR(">")) &&
		   !str_starts(s, STR("| "))) {
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
	if (!take_open(&s) || !take_byte(&s, '+') ||
	    !take_seconds(&s, &stamp) || !take_text(&s, STR("] ")))
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
	PRIORITY, FACILITY, KMSG, KERNEL, MONOTONIC, JSON, EXPORT, PROMPT, PEELS
};

static const peel_fn peels[PEELS] = {
	[QUOTE] = peel_quote,		[INDENT] = peel_indent,
	[PROMPT] = peel_prompt,
	[BRACKET] = peel_bracket,	[DELTA] = peel_delta,
	[BOTH] = header_both,		[GRABSERIAL] = peel_grabserial,
	[DATE] = header_date,		[RFC5424] = header_rfc5424,
	[PRIORITY] = header_priority,	[FACILITY] = header_facility,
	[KMSG] = header_kmsg,		[KERNEL] = header_kernel,
	[MONOTONIC] = header_monotonic,	[JSON] = peel_json,
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
	[FRAME_AS_RING] = { "ring", "a kernel's own ring: nobody else speaks", 0 },
	[FRAME_AS_SERIAL] = { "serial", "a logger's stamp before each line",
		BIT(BRACKET) | BIT(GRABSERIAL) | BIT(DATE) | BIT(PROMPT) },
	[FRAME_AS_FILE] = { "file", "what faultline itself finds in a file", 0 },
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
			 BIT(GRABSERIAL) | BIT(MONOTONIC) | BIT(PROMPT);
	case '/': case '~': return BIT(PROMPT);
	case '<': return BIT(RFC5424) | BIT(PRIORITY);
	case '{': return BIT(JSON);
	case 'd': return BIT(JSON) | BIT(FACILITY) | BIT(PROMPT);
	case 'M': return BIT(DATE) | BIT(EXPORT) | BIT(PROMPT);
	case 'k': return BIT(KERNEL) | BIT(FACILITY) | BIT(PROMPT);
	case '(': return BIT(QUOTE);
	}
	if (is_digit(c))
		return BIT(DATE) | BIT(KMSG);
	if (c >= 'A' && c <= 'Z')
		return BIT(DATE) | BIT(PROMPT);
	return c >= 'a' && c <= 'z' ? BIT(FACILITY) | BIT(PROMPT) : 0;
}

void wrap_peel(struct str line, enum frame_as as, struct arena *arena,
	       struct wrapped *out)
{
	*out = (struct wrapped){ .text = line };
	for (unsigned layer = 0; layer < LAYERS_MAX; layer++) {
		unsigned may, i;

		/* What a program says is its own, also where it looks like more. */
		if (!out->text.n || out->user)
			return;
		may = start_with(out->text.p[0]) & formats[as].allows;
		for (i = 0; i < PEELS; i++)
			if (may & BIT(i) && peels[i](out, arena))
				break;
		if (i == PEELS)
			return;
	}
}

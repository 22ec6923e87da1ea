/*
 * Headers of syslog, of the journal, of dmesg -x and of /dev/kmsg.  Sources of
 * the forms: systemd logs-show.c, util-linux dmesg.c, RFC 3164 and 5424,
 * Documentation/ABI/testing/dev-kmsg.
 */

#include "parsers/frame/take.h"
#include "parsers/frame/wrap.h"

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

bool frame_relays(struct str name)
{
	return str_eq(name, STR("hypervisor")) || str_eq(name, STR("xen")) ||
	       str_eq(name, STR("xenconsoled"));
}

void wrap_program(struct wrapped *w, struct str name)
{
	w->kernel = str_eq(name, STR("kernel")) && !w->foreign;
	w->user = !w->kernel;
	w->relay = frame_relays(name);
}

/* "kernel: ", "kernel:", "systemd-journald[231]: "; bare: "xl: ", too */
static bool take_program(struct str *text, struct wrapped *w, bool bare)
{
	struct str s = *text, name;
	size_t n = 0;
	int64_t pid;
	bool numbered = false, kernel;

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
	kernel = str_eq(name, STR("kernel"));
	if (!take_byte(&s, ':') ||
	    (!numbered && !kernel && !(bare && known_program(name))))
		return false;
	if (!take_byte(&s, ' ') && !kernel)
		return false;
	wrap_program(w, name);
	*text = s;
	return true;
}

static bool is_host_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) ||
	       c == '-' || c == '.' || c == '_';
}

/*
 * "host kernel: ", "host user.err kernel: ", "kernel: " behind a date; behind
 * the seconds of a kernel "xen: " is the kernel's own text.
 */
static bool take_header(struct str *text, struct wrapped *w, bool dated)
{
	struct str s = *text;
	size_t n = 0;

	if (take_program(text, w, dated))
		return true;
	while (n < s.n && n < 64 && is_host_byte(s.p[n]))
		n++;
	s = str_skip(s, n);
	if (!n || !take_byte(&s, ' '))
		return false;
	if (!take_program(&s, w, true)) {
		/* The facility of busybox syslogd. */
		struct str word = str_word(&s);

		if (str_find_byte(word, '.') <= 0 || !take_byte(&s, ' ') ||
		    !take_program(&s, w, true))
			return false;
	}
	*text = s;
	return true;
}

/* " <    0.000123>" of dmesg -d; with a blank or "*" before ">", or only blanks, of a journal */
static bool take_delta(struct str *s)
{
	struct stamp delta;

	if (take_text(s, STR("                ")))
		return true;
	if (!take_text(s, STR(" <")))
		return false;
	take_blanks(s);
	if (!take_seconds(s, &delta))
		return false;
	if (!take_byte(s, ' '))
		take_byte(s, '*');
	return take_byte(s, '>');
}

/* "[   68.290307 <    0.000123>] " of dmesg -d and journalctl -o short-delta */
bool header_both(struct wrapped *w, struct arena *arena)
{
	struct str s = w->text;
	struct stamp stamp;

	(void)arena;
	if (!take_open(&s) || !take_seconds(&s, &stamp) || !take_delta(&s) ||
	    !take_text(&s, STR("] ")))
		return false;
	if (!take_header(&s, w, false))
		w->kernel = true;
	stamp.kind = CLOCK_HOST;
	w->inner = stamp;
	w->text = s;
	return true;
}

/* "[1234] ": the process that xl tells in its log */
static void take_number(struct str *text)
{
	struct str s = *text;
	int64_t number;

	if (take_byte(&s, '[') && take_digits(&s, 1, 8, &number) &&
	    take_text(&s, STR("] ")))
		*text = s;
}

bool header_date(struct wrapped *w, struct arena *arena)
{
	struct str s = w->text;
	struct stamp stamp;

	(void)arena;
	if (!calendar_bsd(&s, &stamp) && !calendar_iso(&s, &stamp) &&
	    !calendar_full(&s, &stamp) && !calendar_epoch(&s, &stamp) &&
	    !calendar_day(&s, &stamp))
		return false;
	take_byte(&s, ':');		/* libvirt's log has one */
	if (!take_byte(&s, ' '))
		return false;
	take_byte(&s, ' ');		/* LAVA leaves two */
	if (!take_header(&s, w, true))
		take_number(&s);
	w->outer = stamp;
	w->text = s;
	return true;
}

/* "<3>1 2026-11-21T02:40:13.290307+00:00 host kernel - - - text" */
bool header_rfc5424(struct wrapped *w, struct arena *arena)
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
	w->foreign = priority >= 8;
	wrap_program(w, program);
	w->outer = stamp;
	w->text = s;
	return true;
}

/* "<6>" before a date: RFC 3164 as it is sent; take_level() has the rest. */
bool header_priority(struct wrapped *w, struct arena *arena)
{
	struct str s = w->text;
	struct stamp stamp;
	int64_t priority;

	(void)arena;
	if (!take_byte(&s, '<') || !take_digits(&s, 1, 3, &priority) ||
	    !take_byte(&s, '>') ||
	    !calendar_bsd(&(struct str){ s.p, s.n }, &stamp))
		return false;
	w->foreign = priority >= 8;
	w->text = s;
	return true;
}

/* "kern  :err   : " of dmesg -x */
bool header_facility(struct wrapped *w, struct arena *arena)
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
		w->user = i != 0;	/* written to /dev/kmsg */
		w->text = s;
		return true;
	}
	return false;
}

/* "6,1234,68290307,-;text" of /dev/kmsg and extended netconsole */
bool header_kmsg(struct wrapped *w, struct arena *arena)
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
	w->kernel = priority < 8;
	w->user = !w->kernel;
	w->text = str_skip(s, (size_t)end + 1);
	return true;
}

/* "kernel: " alone, where the columns before it were cut away */
bool header_kernel(struct wrapped *w, struct arena *arena)
{
	(void)arena;
	return take_text(&w->text, STR("kernel: ")) && (w->kernel = true);
}

/* "[   68.290307] host kernel: text" of journalctl -o short-monotonic */
bool header_monotonic(struct wrapped *w, struct arena *arena)
{
	struct str s = w->text;
	struct stamp stamp;

	(void)arena;
	if (!take_open(&s) || !take_seconds(&s, &stamp) ||
	    !take_text(&s, STR("] ")) || !take_header(&s, w, false))
		return false;
	stamp.kind = CLOCK_HOST;
	w->inner = stamp;
	w->text = s;
	return true;
}


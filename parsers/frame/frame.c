/* Prefixes: (XEN), (dN), DOMn:, <level>, printk and ftrace stamps. */

#include <stdio.h>

#include "parsers/base/num.h"
#include "parsers/frame/frame.h"
#include "parsers/frame/stamp.h"
#include "parsers/frame/wrap.h"

static const char *const clock_names[CLOCK_KINDS] = {
	[CLOCK_NONE] = "none",		[CLOCK_XEN_BOOT] = "xen-boot",
	[CLOCK_XEN_RAW] = "xen-raw",	[CLOCK_XEN_DATE] = "xen-date",
	[CLOCK_HOST] = "host",		[CLOCK_TRACE] = "trace",
	[CLOCK_TRACE_OTHER] = "trace-other",
	[CLOCK_TRACE_PERF] = "trace-perf",
	[CLOCK_GUEST] = "guest",	[CLOCK_WALL] = "wall",
	[CLOCK_WALL_YEARLESS] = "wall-yearless",
	[CLOCK_CAPTURE] = "capture",
};

static const char *const trust_names[] = {
	[TRUST_UNKNOWN] = "unknown",	[TRUST_HYPERVISOR] = "hypervisor",
	[TRUST_HOST] = "host",		[TRUST_GUEST] = "guest",
};

const char *clock_kind_name(enum clock_kind kind)
{
	return clock_names[kind];
}

const char *trust_name(enum trust trust)
{
	return trust_names[trust];
}

const char *speaker_name(int speaker, char *buffer)
{
	switch (speaker) {
	case SPEAKER_XEN: return "xen";
	case SPEAKER_HOST: return "host";
	case SPEAKER_FILE: return "file";
	case SPEAKER_UNKNOWN: return "unknown";
	}
	snprintf(buffer, 16, "d%u", (unsigned)speaker & 0xffff);
	return buffer;
}

/* A number between two literals at the start of s: "(d12) ", "DOM3: ". */
static bool take_domain(struct str *s, struct str open, struct str close,
			int *domain)
{
	struct str rest = *s;
	int64_t id;
	size_t n = 0;

	if (!str_starts(rest, open))
		return false;
	rest = str_skip(rest, open.n);
	while (n < rest.n && n < 6 && rest.p[n] >= '0' && rest.p[n] <= '9')
		n++;
	if (!num_dec(str_head(rest, n), &id) || id > 0x7fff)
		return false;
	rest = str_skip(rest, n);
	if (!str_starts(rest, close))
		return false;
	*s = str_skip(rest, close.n);
	*domain = (int)id;
	return true;
}

/*
 * <n> as /proc/kmsg and "dmesg -r" print it.  True: a program wrote the line to
 * /dev/kmsg, whose facility is never the kernel's (printk.c devkmsg_write()).
 */
static bool take_level(struct str *s)
{
	int64_t level;
	size_t n = 1;

	if (s->n < 3 || s->p[0] != '<')
		return false;
	while (n < s->n && n < 4 && s->p[n] >= '0' && s->p[n] <= '9')
		n++;
	if (n == 1 || n == s->n || s->p[n] != '>' ||
	    !num_dec((struct str){ s->p + 1, n - 1 }, &level))
		return false;
	*s = str_skip(*s, n + 1);
	return level >= 8;
}

/* What a kernel prints: its stamp, or an ftrace record. */
static bool take_kernel(struct framed *out)
{
	out->user = take_level(&out->text);
	if (stamp_printk(&out->text, &out->stamp))
		return true;
	if (stamp_trace(&out->text, &out->stamp) ||
	    stamp_grant(out->text, &out->stamp) ||
	    stamp_xentrace(&out->text, &out->stamp)) {
		out->traced = true;
		return true;
	}
	return false;
}

static void frame_guest(struct framed *out, int domain)
{
	out->speaker = domain;
	out->trust = TRUST_GUEST;
	out->forged = str_starts(out->text, STR("(XEN) "));
	if (out->forged) {
		out->text = str_skip(out->text, 6);
		stamp_xen(&out->text, &out->stamp);
	} else {
		take_kernel(out);
	}
	if (out->stamp.kind != CLOCK_NONE)
		out->stamp.kind = CLOCK_GUEST;
}

static void frame_xen(struct framed *out)
{
	int domain;

	out->speaker = SPEAKER_XEN;
	out->text = str_skip(out->text, 6);
	stamp_xen(&out->text, &out->stamp);
	(void)take_level(&out->text);
	if (!take_domain(&out->text, STR("DOM"), STR(": "), &domain))
		return;
	if (domain) {
		out->stamp = (struct stamp){ 0 };
		frame_guest(out, domain);
		return;
	}
	/* The host's early console, xen/arch/arm/vuart.c */
	out->speaker = SPEAKER_HOST;
	out->trust = TRUST_HOST;
	take_kernel(out);
}

void frame_line(struct str line, struct framed *out)
{
	int domain;

	*out = (struct framed){
		.raw = line, .text = line, .speaker = SPEAKER_UNKNOWN,
	};
	if (str_starts(line, STR("(XEN) "))) {
		frame_xen(out);
	} else if (take_domain(&out->text, STR("(d"), STR(") "), &domain)) {
		struct stamp stamp;

		stamp_xen(&out->text, &stamp);	/* Xen's, before the guest's */
		frame_guest(out, domain);
	} else if (take_kernel(out)) {
		out->speaker = SPEAKER_HOST;
		out->trust = TRUST_HOST;
		/* No kernel starts a text like that: the stamp was a logger's. */
		if (!out->traced && take_domain(&out->text, STR("(d"),
						STR(") "), &domain)) {
			out->stamp = (struct stamp){ 0 };
			frame_guest(out, domain);
		}
	}
	out->text = str_trim_end(out->text);
}

/* Xen and guests do not write there: what looks like theirs is quoted. */
static void frame_ring(struct str line, struct framed *out)
{
	*out = (struct framed){
		.raw = line, .text = line, .speaker = SPEAKER_HOST,
		.trust = TRUST_HOST,
	};
	stamp_printk(&out->text, &out->stamp);
	out->text = str_trim_end(out->text);
}

void frame_wrapped(struct str line, enum frame_as as, struct arena *arena,
		   struct framed *out)
{
	struct wrapped w;

	if (as == FRAME_AS_RING) {
		frame_ring(line, out);
		return;
	}
	if (as == FRAME_AS_FILE) {
		*out = (struct framed){
			.raw = line, .text = line, .speaker = SPEAKER_FILE,
			.trust = TRUST_HOST,
		};
		return;
	}
	wrap_peel(line, as, arena, &w);
	frame_line(w.text, out);
	out->raw = line;
	out->outer = w.outer;
	/* What Xen prints is relayed by few; others can say anything. */
	out->user = (w.user || out->user) && out->trust != TRUST_GUEST &&
		    !(w.relay && out->speaker == SPEAKER_XEN);
	out->entry = str_starts(line, STR("MESSAGE=")) && w.text.p != line.p;
	out->rebuilt = w.text.p < line.p || w.text.p > line.p + line.n;
	if (w.kernel && out->speaker == SPEAKER_UNKNOWN) {
		out->speaker = SPEAKER_HOST;
		out->trust = TRUST_HOST;
	}
	/* A program's line has the kernel's time, too: it dates its neighbours. */
	if (out->stamp.kind == CLOCK_NONE &&
	    (out->speaker == SPEAKER_HOST || out->user))
		out->stamp = w.inner;
}

bool frame_has_prefix(struct str line, enum frame_as as)
{
	struct framed framed;

	if (!line.n || as == FRAME_AS_FILE)
		return false;
	frame_wrapped(line, as, NULL, &framed);
	return framed.speaker != SPEAKER_UNKNOWN ||
	       framed.outer.kind != CLOCK_NONE || framed.user;
}

struct stamp frame_stamp(struct str line, enum frame_as as)
{
	struct framed framed;

	if (line.n < 12)
		return (struct stamp){ 0 };
	frame_wrapped(line, as, NULL, &framed);
	return framed.traced ? (struct stamp){ 0 } : framed.stamp;
}

/* A whole object of JSON: a tear in it would be one of its message. */
static bool is_object(struct str line, enum frame_as as)
{
	struct wrapped w;

	wrap_peel(line, as, NULL, &w);
	if (str_starts(w.text, STR("data: ")))
		w.text = str_skip(w.text, 6);
	if ((as != FRAME_AS_AUTO && as != FRAME_AS_JSON) ||
	    !str_starts(w.text, STR("{")) || !str_ends(w.text, STR("}")))
		return false;
	return str_starts(str_trim(str_skip(w.text, 1)), STR("\""));
}

bool frame_names_guest(struct str line)
{
	for (size_t i = 0; i + 4 < line.n; i++) {
		struct str rest = str_skip(line, i);
		int domain;

		if (take_domain(&rest, STR("(d"), STR(") "), &domain) ||
		    take_domain(&rest, STR("HVM"), STR(": "), &domain) ||
		    (take_domain(&rest, STR("DOM"), STR(": "), &domain) &&
		     domain))
			return true;
	}
	return false;
}

ptrdiff_t frame_inner_stamp(struct str text)
{
	for (size_t i = 1; i < text.n; i++)
		if (num_stamp(str_skip(text, i)))
			return (ptrdiff_t)i;
	return -1;
}

/* No logger ends there what it puts before a line: a word was cut. */
static bool is_in_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c && strchr("_.-/,+(", c));
}

/* Can a second writer on the wire start at byte i, with its stamp? */
static bool starts_kernel(struct str line, size_t i, const struct framed *f)
{
	return line.p + i > f->text.p && num_stamp(str_skip(line, i)) &&
	       (f->speaker != SPEAKER_UNKNOWN ||
		is_in_word(line.p[i - 1]));
}

/*
 * … or a guest's line, as Xen shows it?  Xen's own texts name guests so, too
 * ("Transferee (d3) is now dying"): behind a blank it takes a stamp.
 */
static bool starts_guest(struct str line, size_t i, const struct framed *f)
{
	struct str rest = str_skip(line, i);
	int domain;

	return line.p + i > f->text.p &&
	       (f->speaker != SPEAKER_UNKNOWN || is_in_word(line.p[i - 1])) &&
	       take_domain(&rest, STR("(d"), STR(") "), &domain) &&
	       (f->speaker != SPEAKER_XEN || line.p[i - 1] != ' ' ||
		num_stamp(rest));
}

static ptrdiff_t first_tear(struct str line, const struct framed *framed)
{
	bool kernels = !framed->rebuilt && !framed->entry;
	size_t own = 0;

	/* The one behind a logger's stamp is the line's own. */
	if (framed->speaker == SPEAKER_XEN)
		own = (size_t)str_find(line, STR("(XEN) "));
	for (size_t i = 1; i + 6 <= line.n; i++)
		if (line.p[i] == '('
			? i > own && (str_starts(str_skip(line, i), STR("(XEN) ")) ||
				      starts_guest(line, i, framed))
			: line.p[i] == '[' && kernels &&
			  starts_kernel(line, i, framed))
			return (ptrdiff_t)i;
	return -1;
}

ptrdiff_t frame_tear(struct str line, enum frame_as as)
{
	struct framed framed;
	ptrdiff_t at;

	if (line.n < 7 || as == FRAME_AS_FILE || as == FRAME_AS_RING ||
	    is_object(line, as))
		return -1;
	frame_wrapped(line, as, NULL, &framed);
	if (framed.trust == TRUST_GUEST || framed.user)
		return -1;
	at = first_tear(line, &framed);
	if (at < 0 || frame_names_guest(str_head(line, (size_t)at)))
		return -1;
	return at;
}

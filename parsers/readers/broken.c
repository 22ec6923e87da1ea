/* memrchr */
#define _GNU_SOURCE

/*
 * Lines that mail or a form broke in two or three, and lines that carry more
 * than one record.  A broken line is put together again when nothing claims
 * its first part, and only if the whole is then claimed.
 */

#include "parsers/readers/text.h"

enum { PARTS_MAX = 2, PART_MAX = 2048, SHORTEST = 40 };

struct parts {
	struct str items[PARTS_MAX];
	unsigned count, returns;
};

/* The lines behind this one that have no beginning of their own. */
static void collect(struct text *t, struct parts *parts)
{
	const struct window *w = &t->window;
	size_t at = t->end;

	parts->count = 0;
	parts->returns = 0;
	while (parts->count < PARTS_MAX && at < w->n) {
		struct framed framed;
		const char *nl = memchr(w->p + at, '\n', w->n - at);
		size_t end = nl ? (size_t)(nl - w->p) : w->n;
		struct str line = { w->p + at, end - at };
		unsigned returns = 0;

		if (!nl && !w->last)
			return;
		while (line.n && line.p[line.n - 1] == '\r') {
			line.n--;
			returns++;
		}
		if (line.n > PART_MAX)
			return;
		frame_wrapped(line, t->as, NULL, &framed);
		if (framed.speaker != SPEAKER_UNKNOWN || framed.user ||
		    framed.outer.kind != CLOCK_NONE)
			return;
		line = text_unquote(t, str_trim(framed.text));
		if (!line.n || clean_next_odd(line, 0) < line.n)
			return;
		if (returns > parts->returns)
			parts->returns = returns;
		parts->items[parts->count++] = line;
		at = end + 1;
	}
}

/*
 * Does the line look as if it could go on?  A guest's never does: it would take
 * lines of others away.
 */
static bool may_go_on(const struct text *t, struct str line)
{
	struct framed framed;

	if (line.n > PART_MAX)
		return false;
	frame_wrapped(line, t->as, NULL, &framed);
	return framed.trust != TRUST_GUEST &&
	       (line.n >= SHORTEST || framed.speaker != SPEAKER_UNKNOWN);
}

static struct str join(struct text *t, struct str a, const char *between,
		       struct str b)
{
	return arena_printf(t->arena, "%.*s%s%.*s", STR_FMT(a), between,
			    STR_FMT(b));
}

bool text_stands_alone(struct text *t, struct str text)
{
	struct framed framed;
	bool claimed;

	frame_wrapped(text, t->as, NULL, &framed);
	text_scan_own(t, framed.text);
	if (!t->own.count)
		return false;
	if (!t->probe) {
		t->silent = sink_ignore();
		t->probe = matcher_new(t->catalog, &t->silent, NULL);
	}
	claimed = matcher_line(t->probe, &framed, t->own.items, t->own.count);
	matcher_flush(t->probe);
	return claimed;
}

/*
 * The texts that a line and the parts behind it may have been: broken at a
 * blank, or inside a word.
 */
struct stems {
	struct str apart, close;
};

static bool claim(struct text *t, struct str joined, unsigned returns)
{
	return text_claim_joined(t, joined, returns, false,
				 (uint32_t)t->line + 1);
}

static bool claim_part(struct text *t, struct stems *stems, struct str part,
		       bool alone, unsigned returns)
{
	struct str from[2] = { stems->apart, stems->close };
	unsigned n = str_eq(from[0], from[1]) ? 1 : 2;

	/* Quoted-printable ends a line that goes on with "=". */
	for (unsigned i = 0; i < n; i++) {
		struct str cut = str_head(from[i], from[i].n - 1);

		if (str_ends(from[i], STR("=")) &&
		    claim(t, join(t, cut, "", part), returns))
			return true;
	}
	for (unsigned i = 0; i < n; i++)
		if (claim(t, join(t, from[i], " ", part), returns) ||
		    (!alone &&
		     claim(t, join(t, from[i], "", part), returns)))
			return true;
	stems->close = join(t, from[1], "", part);
	stems->apart = join(t, from[0], " ", part);
	/* So broken once, it is so broken again. */
	if (str_ends(from[0], STR("=")))
		stems->close = stems->apart = join(t, str_head(from[0],
					from[0].n - 1), "", part);
	return false;
}

bool text_take_broken(struct text *t, struct str line, unsigned returns)
{
	struct stems stems = { str_trim_end(line), str_trim_end(line) };
	struct parts parts;

	if (!may_go_on(t, line))
		return false;
	collect(t, &parts);
	if (parts.returns > returns)
		returns = parts.returns;
	for (unsigned i = 0; i < parts.count; i++) {
		struct str part = parts.items[i];

		/* A word in front would become a part of it. */
		if (!claim_part(t, &stems, part, text_stands_alone(t, part),
				returns))
			continue;
		t->joined = i + 1;
		t->tally->wrapped += t->claimed;
		return true;
	}
	return false;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
}

static unsigned nibble(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : c - 'A' + 10);
}

/* Every '=' is an escape, and one of them is that of '=' itself. */
static bool is_quoted_printable(struct str line)
{
	bool any = false;

	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] != '=' || i + 1 == line.n)
			continue;
		if (i + 2 >= line.n || !is_hex(line.p[i + 1]) ||
		    !is_hex(line.p[i + 2]))
			return false;
		any |= line.p[i + 1] == '3' && line.p[i + 2] == 'D';
	}
	return any;
}

struct str text_unquote(struct text *t, struct str line)
{
	char *out;
	size_t n = 0;

	if (str_ends(line, STR("=0D")))		/* a carriage return */
		line.n -= 3;
	if (str_find(line, STR("=3D")) < 0 || !is_quoted_printable(line))
		return line;
	out = arena_alloc(t->arena, line.n);
	for (size_t i = 0; i < line.n; i++) {
		unsigned byte = (unsigned char)line.p[i];

		if (byte == '=' && i + 2 < line.n) {
			byte = nibble(line.p[i + 1]) << 4 |
			       nibble(line.p[i + 2]);
			i += 2;
		}
		out[n++] = (char)(byte < ' ' || byte == 0x7f ? ' ' : byte);
	}
	return (struct str){ out, n };
}

/* "** 12 printk messages dropped ** [  144.480641] DMAR: …", Linux 4.9 */
size_t text_second_record(struct str line)
{
	static const struct str mark = { "printk messages dropped ** ", 27 };
	ptrdiff_t at;

	if (!str_starts(line, STR("** ")))
		return 0;
	at = str_find(str_head(line, 64), mark);
	if (at < 0 || (size_t)at + mark.n >= line.n)
		return 0;
	return (size_t)at + mark.n;
}

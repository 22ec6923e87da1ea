/*
 * The block machine: the input chooses lines of the catalogue's own samples,
 * who says them, with which numbers and when, so that heads, members and rows
 * of all blocks come in any order.  What must hold: each event was claimed, no
 * field comes twice, and what guests print changes nothing of what others say.
 */

#include <stdio.h>
#include <stdlib.h>

#include "analyzer/data/embedded.h"
#include "parsers/readers/reader.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/knowledge.h"

enum { SAMPLES_MAX = 2048, LINES_MAX = 200, TELL_MAX = 8, CLAIMS = 256 };

static struct fields fields;
static struct catalog *catalog;
static struct str samples[SAMPLES_MAX];
static unsigned nsamples;
static volatile unsigned char seen;

static void must(bool fine, const char *what)
{
	if (fine)
		return;
	fprintf(stderr, "does not hold: %s\n", what);
	abort();
}

/* ---- lines to choose from ---------------------------------------------- */

/* Without its speaker and stamp: those are chosen, too. */
static void add_sample(struct str line)
{
	struct framed framed;

	frame_line(line, &framed);
	if (framed.text.n && nsamples < SAMPLES_MAX)
		samples[nsamples++] = framed.text;
}

/* Samples, and the lines that continue them behind "|". */
static void add_file(struct str text)
{
	while (text.n) {
		struct str line = str_trim(str_split(&text, '\n'));
		struct str key = str_word(&line);

		if (str_eq(key, STR("sample")) || str_eq(key, STR("sample?")))
			add_sample(str_trim(line));
		else if (str_eq(key, STR("|")) && line.n > 1)
			add_sample(str_skip(line, 1));
	}
}

/* Files with blocks first: a byte then reaches them. */
static void add_files(bool blocks)
{
	for (const struct embedded_file *f = embedded_files; f->name; f++) {
		struct str text = { (const char *)f->bytes, f->size };
		bool has = str_find(text, STR("\nblock ")) >= 0;

		if (str_ends(str_from(f->name), STR(".msg")) && has == blocks)
			add_file(text);
	}
}

/* ---- from bytes to a console ------------------------------------------- */

struct console {
	struct arena *arena;
	struct str full, others;	/* others: without what guests say */
	unsigned lines;
	int64_t now;			/* us */
};

static const char *const speakers[] = {
	"(XEN) ", "(XEN) ", "", "(d1) ", "(d1) (XEN) ", "(d2) (XEN) ",
	"(XEN) DOM1: (XEN) ", "(XEN) DOM0: ",
};

static const int64_t steps[] = { 0, 1, 999999, 1000001, 2000000, -1 };

/* Numbers grow or shrink a little: other keys, other values. */
static struct str vary(struct arena *arena, struct str text, unsigned how)
{
	struct str copy = arena_copy(arena, text);
	char *p = (char *)(uintptr_t)copy.p;
	unsigned digits = 0;

	for (size_t i = 0; i < copy.n && how; i++)
		if (p[i] >= '0' && p[i] <= '9' && ++digits == how % 16 + 1)
			p[i] = (char)('0' + (p[i] - '0' + how / 16 + 1) % 10);
	return copy;
}

static void add_line(struct console *c, const uint8_t *b)
{
	const char *speaker = speakers[b[0] & 7];
	bool guest = (b[0] & 7) >= 3 && (b[0] & 7) <= 6;
	unsigned dated = b[0] >> 3 & 3, step = (b[0] >> 5) % 6;
	unsigned which = (b[1] | (unsigned)b[2] << 8) % nsamples;
	struct str stamp = STR(""), line;

	c->now += steps[step];
	if (c->now < 0)
		c->now = 0;
	if (dated == 1 || (dated && (b[0] & 7) == 2))
		stamp = arena_printf(c->arena, "[%5lld.%06lld] ",
				     (long long)(c->now / 1000000),
				     (long long)(c->now % 1000000));
	else if (dated == 2)
		stamp = arena_printf(c->arena, "[%016llx] ",
				     (unsigned long long)c->now);
	line = arena_printf(c->arena, "%s%.*s%.*s", speaker, STR_FMT(stamp),
		STR_FMT(vary(c->arena, samples[which], b[3])));
	c->full = arena_printf(c->arena, "%.*s%.*s\n", STR_FMT(c->full),
			       STR_FMT(line));
	c->others = arena_printf(c->arena, "%.*s%.*s\n", STR_FMT(c->others),
				 STR_FMT(guest ? STR("(d9) x") : line));
	c->lines++;
}

/* ---- what must hold ---------------------------------------------------- */

struct watch {
	struct sink sink;		/* first */
	struct arena *arena;
	struct { const struct message *message; uint32_t line; } claims[CLAIMS];
	unsigned nclaims;
	struct str told;		/* the events of all that are no guests */
};

static bool was_claimed(const struct watch *w, const struct event *event)
{
	for (unsigned i = 0; i < w->nclaims && i < CLAIMS; i++)
		if (w->claims[i].line == event->where.line &&
		    (w->claims[i].message == event->message ||
		     event->message->head))
			return true;
	return w->nclaims >= CLAIMS;
}

static void tell(struct watch *w, const struct event *event)
{
	w->told = arena_printf(w->arena, "%.*s%.*s@%u %d %d %lld..%lld",
		STR_FMT(w->told), STR_FMT(event->message->name),
		event->where.line, event->headless, (int)event->when.clock,
		(long long)event->when.lo, (long long)event->when.hi);
	for (unsigned i = 0; i < event->nvalues; i++) {
		const struct value *v = &event->values[i];

		w->told = arena_printf(w->arena, "%.*s %u.%u=%lld%.*s",
			STR_FMT(w->told), v->field, v->repeat,
			(long long)(v->is_int ? v->i : 0),
			STR_FMT(v->is_int ? STR("") : v->s));
	}
	w->told = arena_printf(w->arena, "%.*s\n", STR_FMT(w->told));
}

static void twice(const struct event *event, const struct value *v)
{
	fprintf(stderr, "%.*s@%u: %.*s\n", STR_FMT(event->message->name),
		event->where.line, STR_FMT(fields.items[v->field].name));
	must(false, "no field comes twice");
}

static void take_event(struct sink *sink, const struct event *event)
{
	struct watch *w = (struct watch *)sink;

	must(event->nvalues <= EVENT_VALUES_MAX, "values fit");
	must(was_claimed(w, event), "an event's line was claimed before");
	must(event->speaker < 0 || event->trust == TRUST_GUEST,
	     "a guest's event is a guest's");
	for (unsigned i = 0; i < event->nvalues; i++) {
		const struct value *v = &event->values[i];

		must(v->field < fields.count, "a field is one of the list");
		for (size_t k = 0; !v->is_int && k < v->s.n; k++)
			seen ^= (unsigned char)v->s.p[k];
		for (unsigned k = 0; k < i; k++)
			if (event->values[k].field == v->field &&
			    event->values[k].repeat == v->repeat)
				twice(event, v);
	}
	if (event->trust != TRUST_GUEST)
		tell(w, event);
}

static void take_claimed(struct sink *sink, const struct framed *framed,
			 const struct message *message)
{
	struct watch *w = (struct watch *)sink;

	if (w->nclaims < CLAIMS) {
		w->claims[w->nclaims].message = message;
		w->claims[w->nclaims].line = framed->where.line;
	}
	w->nclaims++;
}

static struct str read_console(struct arena *arena, struct str text,
			       unsigned lines)
{
	struct source *source = source_memory(text, 65536);
	struct tally t = { 0 };
	struct watch w = {
		.sink = sink_ignore(), .arena = arena, .told = STR(""),
	};

	w.sink.event = take_event;
	w.sink.claimed = take_claimed;
	read_text(source, catalog, &w.sink, 1, 65536, FRAME_AS_AUTO, &t);
	source_close(source);
	must(t.lines == lines, "all lines are counted");
	must(t.lines == t.matched + t.unmatched + t.damaged + t.replayed,
	     "each line is counted once");
	return w.told;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct arena *arena;
	struct console c = { .arena = arena_new(), .now = 1000000 };
	struct str all, alone;

	if (!catalog) {
		arena = arena_new();
		knowledge_fields(&fields, arena);
		catalog = knowledge_catalog(&fields);
		add_files(true);
		add_files(false);
	}
	c.full = c.others = STR("");
	for (size_t i = 0; i + 4 <= n && c.lines < LINES_MAX; i += 4)
		add_line(&c, bytes + i);
	all = read_console(c.arena, c.full, c.lines);
	/* Above that a guest may take the last free place of a block. */
	if (c.lines <= TELL_MAX) {
		alone = read_console(c.arena, c.others, c.lines);
		if (!str_eq(all, alone))
			fprintf(stderr, "%.*stells\n%.*swithout guests\n%.*s",
				STR_FMT(c.full), STR_FMT(all), STR_FMT(alone));
		must(str_eq(all, alone),
		     "what guests print changes nothing that others say");
	}
	arena_free(c.arena);
	return 0;
}

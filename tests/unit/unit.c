/* The tests' own sink, catalogue and dice. */

#include <stdio.h>

#include "tests/unit/unit.h"

static const char fields_text[] =
	"@dev\tprefix\t{driver} {dev}: \tprefix of a device\n"
	"@gap\tprefix\t\tnothing\n"
	"driver\tname\t-\tname\n"
	"dev\tword\t-\tword\n"
	"addr\thex\t-\thex\n"
	"count\tint\t-\tint\n"
	"flags\tnum\t-\tnum\n"
	"domain\tdom\t-\tdom\n"
	"dir\tword\t-\twords in the text\n"
	"bdf\tbdf\t-\tbdf\n"
	"name\tword\t-\tword\n"
	"extra\ttext\t-\ttext\n"
	"words\tlist\t-\tlist\n"
	"word\thex\t-\trepeats\n"
	"other\thex\t-\trepeats\n"
	"shown\tint\t-\toperations shown\n"
	"ref\tint\t-\tint\n"
	"end\thex\t-\thex\n";

void assert_str(const char *want, struct str got, const char *about)
{
	if (str_eq(str_from(want), got))
		return;
	print_error("%s\nwanted: %s\n   got: %.*s\n", about, want,
		    STR_FMT(got));
	fail();
}

static void read_fields(struct world *w)
{
	struct diag diag = { 0 };

	w->arena = arena_new();
	assert_true(fields_read(&w->fields, w->arena, str_from(fields_text),
				"fields", &diag));
	w->catalog = catalog_new(&w->fields);
}

void world_read(struct world *w, const char *messages)
{
	struct diag diag = { 0 };

	read_fields(w);
	assert_true(catalog_read(w->catalog, str_from(messages), "test.msg",
				 &diag));
}

void world_open(struct world *w, const char *messages)
{
	struct diag diag = { 0 };

	world_read(w, messages);
	assert_true(catalog_seal(w->catalog, &diag));
	assert_int_equal(diag.problems, 0);
}

void world_close(struct world *w)
{
	catalog_free(w->catalog);
	arena_free(w->arena);
}

static unsigned problems(const char *messages, struct diag diag)
{
	unsigned samples, invented;
	struct world w;

	read_fields(&w);
	catalog_read(w.catalog, str_from(messages), "test.msg", &diag);
	catalog_seal(w.catalog, &diag);
	catalog_selftest(w.catalog, &diag, &samples, &invented);
	world_close(&w);
	return diag.problems;
}

unsigned world_problems(const char *messages)
{
	return problems(messages, (struct diag){ .shown = 1, .limit = 1 });
}

unsigned world_loud(const char *messages)
{
	return problems(messages, (struct diag){ 0 });
}

/* ---- the sink ---------------------------------------------------------- */

#define PUT(out, ...) do { \
	int put_n = snprintf(NULL, 0, __VA_ARGS__); \
	heap_grow(&(out)->p, &(out)->room, (out)->n + (size_t)put_n + 1, 1); \
	(out)->n += (size_t)snprintf((out)->p + (out)->n, \
				     (size_t)put_n + 1, __VA_ARGS__); \
} while (0)

static void put_when(struct kept *k, const struct when *when, const char *lead)
{
	if (when->clock == CLOCK_NONE) {
		PUT(&k->events, " %snever", lead);
		return;
	}
	PUT(&k->events, " %s%s", lead, clock_kind_name(when->clock));
	if (when->open_lo)
		PUT(&k->events, " ..");
	else
		PUT(&k->events, " %lld..", (long long)when->lo);
	if (!when->open_hi)
		PUT(&k->events, "%lld", (long long)when->hi);
}

static void put_value(struct kept *k, const struct value *v)
{
	struct str name = k->fields->items[v->field].name;

	PUT(&k->events, " %.*s", STR_FMT(name));
	if (v->repeat)
		PUT(&k->events, "%u", v->repeat - 1u);
	if (v->is_int)
		PUT(&k->events, "=%lld", (long long)v->i);
	else
		PUT(&k->events, "=%.*s", STR_FMT(v->s));
}

static void keep_event(struct sink *sink, const struct event *event)
{
	struct kept *k = (struct kept *)sink;
	char speaker[16];

	PUT(&k->events, "%.*s@%u", STR_FMT(event->message->name),
	    event->where.line);
	if (k->show & SHOW_WHO)
		PUT(&k->events, " %s/%s", speaker_name(event->speaker, speaker),
		    trust_name(event->trust));
	if (k->show & SHOW_WHEN) {
		put_when(k, &event->when, "");
		if (event->between.clock != CLOCK_NONE)
			put_when(k, &event->between, "between ");
	}
	PUT(&k->events, "%s%s%s", event->headless ? " headless" : "",
	    event->forged ? " forged" : "", event->replayed ? " late" : "");
	for (unsigned i = 0; i < event->nvalues; i++)
		put_value(k, &event->values[i]);
	PUT(&k->events, "\n");
	k->nevents++;
}

static void keep_claimed(struct sink *sink, const struct framed *framed,
			 const struct message *message)
{
	struct kept *k = (struct kept *)sink;

	PUT(&k->claims, "%.*s@%u", STR_FMT(message->name), framed->where.line);
	if (framed->tail)
		PUT(&k->claims, "+%u", framed->tail);
	PUT(&k->claims, " %.*s\n", STR_FMT(framed->text));
	k->nclaims++;
}

static void keep_no_boot(struct sink *sink)
{
	struct kept *k = (struct kept *)sink;

	PUT(&k->events, "not a boot\n");
}

void kept_open(struct kept *k, const struct world *w, unsigned show)
{
	*k = (struct kept){
		.sink = sink_ignore(), .fields = &w->fields, .show = show,
	};
	k->sink.event = keep_event;
	k->sink.claimed = keep_claimed;
	k->sink.not_a_boot = keep_no_boot;
}

void kept_close(struct kept *k)
{
	heap_free(k->events.p);
	heap_free(k->claims.p);
}

struct str kept_events(const struct kept *k)
{
	return (struct str){ k->events.p, k->events.n };
}

struct str kept_claims(const struct kept *k)
{
	return (struct str){ k->claims.p, k->claims.n };
}

static uint64_t lines_of(struct str text)
{
	uint64_t lines = text.n && text.p[text.n - 1] != '\n';

	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	return lines;
}

void kept_read(struct kept *k, const struct world *w, struct str text,
	       size_t max_line)
{
	struct source *source = source_memory(text, max_line);
	struct tally *t = &k->tally;

	*t = (struct tally){ 0 };
	read_text(source, w->catalog, &k->sink, 1, max_line, FRAME_AS_AUTO, t);
	source_close(source);
	assert_int_equal(t->bytes, text.n);
	assert_int_equal(t->lines, lines_of(text));
	assert_int_equal(t->lines, t->matched + t->unmatched + t->damaged +
			 t->replayed);
}

struct str events_of(const struct world *w, struct arena *arena,
		     struct str text, unsigned show)
{
	struct kept k;
	struct str events;

	kept_open(&k, w, show);
	kept_read(&k, w, text, 65536);
	events = arena_copy(arena, kept_events(&k));
	kept_close(&k);
	return events;
}

/* xorshift64*, Vigna 2014 */
unsigned dice_roll(struct dice *dice, unsigned below)
{
	uint64_t x = dice->state ? dice->state : 0x9e3779b97f4a7c15u;

	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	dice->state = x;
	return (unsigned)((x * 0x2545f4914f6cdd1du) >> 33) % below;
}

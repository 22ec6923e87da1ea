/*
 * Arbitrary bytes as a console: cleaning, framing with all wrappings, broken
 * lines, and the whole text reader with the real messages.  What must hold:
 * each line is counted once, each slice lies in its line, and no byte outside
 * the input is looked at.
 */

#include <stdio.h>
#include <stdlib.h>

#include "parsers/base/num.h"
#include "parsers/readers/reader.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/knowledge.h"

/* Keeps looks from being optimised out. */
static volatile unsigned char seen;

static void must(bool fine, const char *what)
{
	if (fine)
		return;
	fprintf(stderr, "does not hold: %s\n", what);
	abort();
}

static void look(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		seen ^= (unsigned char)s.p[i];
}

static bool lies_in(struct str part, struct str whole)
{
	return part.p >= whole.p && part.p + part.n <= whole.p + whole.n;
}

static void check_event(struct sink *sink, const struct event *event)
{
	(void)sink;
	must(event->message != NULL, "an event has a message");
	must(event->nvalues <= EVENT_VALUES_MAX, "values fit");
	must(event->where.line >= 1, "lines count from 1");
	must(event->when.clock < CLOCK_KINDS, "the clock is one of the list");
	for (unsigned i = 0; i < event->nvalues; i++)
		if (!event->values[i].is_int)
			look(event->values[i].s);
}

static void check_claimed(struct sink *sink, const struct framed *framed,
			  const struct message *message)
{
	(void)sink;
	(void)message;
	look(framed->raw);
	look(framed->text);
	must(framed->rebuilt || lies_in(framed->text, framed->raw),
	     "the text lies in its line");
	must(framed->tail == 0 || framed->tail > framed->where.line,
	     "a tail comes after its head");
}

static void check_shape(struct sink *sink, struct shape shape)
{
	(void)sink;
	look(shape.shape);
	look(shape.text);
	look(shape.reason);
	must(shape.n > 0 && shape.line >= 1, "a shape was seen somewhere");
}

static void check_stamp(const struct stamp *stamp)
{
	must(stamp->kind < CLOCK_KINDS, "the clock is one of the list");
	must(stamp->kind == CLOCK_NONE || stamp->lo < stamp->hi,
	     "a stamp is a span");
}

/* All wrappings, and with a memory to decode into or without one. */
static void check_wrapped(struct str line, struct arena *arena)
{
	for (int as = 0; as < FRAME_AS_COUNT; as++) {
		struct framed framed, plain;

		frame_wrapped(line, (enum frame_as)as, arena, &framed);
		look(framed.text);
		must(str_eq(framed.raw, line), "raw is the line");
		must(framed.rebuilt || lies_in(framed.text, line),
		     "the text lies in its line");
		check_stamp(&framed.stamp);
		check_stamp(&framed.outer);
		must(framed.speaker < 0 || framed.trust == TRUST_GUEST,
		     "a guest stays one");
		for (size_t i = 0; i < framed.text.n; i++) {
			unsigned char c = (unsigned char)framed.text.p[i];

			must((c >= 0x20 && c != 0x7f) || c == '\t',
			     "decoding makes no control bytes");
		}
		frame_wrapped(line, (enum frame_as)as, NULL, &plain);
		must(!plain.rebuilt && lies_in(plain.text, line),
		     "nothing is decoded without a memory");
		frame_tear(line, (enum frame_as)as);
		frame_has_prefix(line, (enum frame_as)as);
		check_stamp(&(struct stamp){ frame_stamp(line,
			(enum frame_as)as).kind, 0, 1 });
	}
}

static void check_line(struct str line, struct arena *arena)
{
	struct cleaned cleaned;
	struct framed framed;
	ptrdiff_t tear;

	clean_line(line, arena, &cleaned);
	must(cleaned.text.n + cleaned.returns <= line.n, "cleaning only takes");
	for (size_t i = 0; i < cleaned.text.n; i++) {
		unsigned char c = (unsigned char)cleaned.text.p[i];

		must((c >= 0x20 && c != 0x7f) || c == '\t',
		     "a clean line has no control bytes");
	}
	frame_line(cleaned.text, &framed);
	must(str_eq(framed.raw, cleaned.text), "raw is the line");
	must(lies_in(framed.text, cleaned.text), "the text lies in its line");
	check_stamp(&framed.stamp);
	check_wrapped(cleaned.text, arena);
	tear = frame_tear(cleaned.text, FRAME_AS_AUTO);
	must(tear < (ptrdiff_t)cleaned.text.n, "a tear lies in its line");
	if (tear >= 0) {
		struct str rest = str_skip(cleaned.text, (size_t)tear);

		must(tear > 0, "a tear is inside its line");
		must(str_starts(rest, STR("(XEN) ")) ||
		     str_starts(rest, STR("(d")) || num_stamp(rest),
		     "Xen, a guest or a kernel speaks at a tear");
	}
}

static void check_lines(struct str text)
{
	struct arena *arena = arena_new();

	while (text.n) {
		arena_reset(arena);
		check_line(str_split(&text, '\n'), arena);
	}
	arena_free(arena);
}

static void check_reading(struct catalog *catalog, struct str text,
			  size_t max_line, enum frame_as as)
{
	struct source *source = source_memory(text, max_line);
	struct sink sink = sink_ignore();
	struct tally t = { 0 };
	uint64_t lines = text.n && text.p[text.n - 1] != '\n';

	sink.event = check_event;
	sink.claimed = check_claimed;
	sink.unclaimed = check_shape;
	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	read_text(source, catalog, &sink, 1, max_line, as, &t);
	source_close(source);
	must(t.bytes == text.n && t.complete, "all bytes are read");
	must(t.lines == lines, "all lines are counted");
	must(t.lines == t.matched + t.unmatched + t.damaged + t.replayed,
	     "each line is counted once");
	must(t.bytes == t.matched_bytes + t.unmatched_bytes +
	     t.damaged_bytes + t.replayed_bytes, "each byte is counted once");
	must(t.wrapped <= t.matched, "a broken line is a matched one");
}

/* A capture inside: any bytes, but not more than its file has room for. */
static void check_part(struct catalog *catalog, const struct part *part,
		       size_t n)
{
	struct sink sink = sink_ignore();
	struct tally t = { 0 };
	struct source *source;

	must(part->name && part->form, "what is inside has a name");
	must(part->feed || (part->why && part->advice),
	     "what cannot be read has a reason, and advice");
	if (!part->feed)
		return;
	sink.event = check_event;
	source = source_feed(part->feed, 65536);
	read_text(source, catalog, &sink, 1, 65536, FRAME_AS_RING, &t);
	/* A stamp has up to 20 bytes, and each line has one. */
	must(t.bytes <= (n + t.lines) * 24, "a text has an end");
	must(t.lines <= 2 * n, "lines have an end");
	source_close(source);
}

/* A file that is no text: what is found in it is lines of text, and not many. */
static void check_form(struct catalog *catalog, const struct form *form,
		       struct str bytes)
{
	struct source *raw = source_memory(bytes, 100), *lines;
	const char *why = NULL;
	struct feed *feed = form->open(raw, &why);
	struct sink sink = sink_ignore();
	struct tally t = { 0 };
	struct part part;

	must(feed || why, "what cannot be read has a reason");
	if (feed) {
		sink.event = check_event;
		lines = source_feed(feed, 65536);
		read_text(lines, catalog, &sink, 1, 65536, form->is_trace
			  ? FRAME_AS_AUTO : FRAME_AS_FILE, &t);
		must(t.complete && t.clipped == 0 && t.damaged == 0,
		     "what is found becomes lines of text");
		must(form->is_trace || t.lines == t.matched + t.replayed,
		     "each line is one that an entry claims");
		must(t.lines <= bytes.n * 64 + 64, "lines have an end");
		source_close(lines);
		while (form->inner && form->inner(feed, &part))
			check_part(catalog, &part, bytes.n);
		form->close(feed);
	}
	source_close(raw);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct fields fields;
	static struct arena *arena;
	static struct catalog *catalog;
	const struct form *form;
	struct str text = { (const char *)bytes, n };

	if (!catalog) {
		arena = arena_new();
		knowledge_fields(&fields, arena);
		catalog = knowledge_catalog(&fields);
	}
	form = input_form(text);
	/* A process for each input is too slow: tests/groups/recordings.sh. */
	if (form && form->open == recording_open)
		return 0;
	if (form) {
		check_form(catalog, form, text);
		return 0;
	}
	check_lines(text);
	check_reading(catalog, text, 65536, FRAME_AS_AUTO);
	check_reading(catalog, text, 100, FRAME_AS_AUTO);
	check_reading(catalog, text, 65536,
		      (enum frame_as)(n % FRAME_AS_COUNT));
	return 0;
}

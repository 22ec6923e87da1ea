/* explain-line: what the catalogue makes of a line, and what comes nearest. */

#include <errno.h>
#include <stdlib.h>

#include "analyzer/cmd/cmd.h"
#include "parsers/base/escape.h"
#include "parsers/base/num.h"

enum { NEAREST = 3, DETAIL_MAX = 50, INPUT_MOST = 64 << 20 };

struct claim_row {
	uint32_t line, tail;
	const struct message *message;
};

/* A sink that keeps who claimed which line. */
struct explain {
	struct sink sink;		/* first */
	struct session *session;
	enum frame_as as;
	struct claim_row *rows;
	size_t count, room;
	uint32_t wanted, shown;		/* lines: to be explained, printed; 0: none */
	const struct message *waits;	/* the event of this entry is its */
	struct str text;		/* of the wanted line, framed */
	const struct listing *listing;	/* that the file is, NULL: a console's text */
};

static struct str clean(struct explain *x, struct str s)
{
	return escape_text(x->session->arena, s);
}

static void show_value(void *arg, struct str name, const struct value *v)
{
	struct explain *x = arg;

	if (v->is_int)
		printf("    %-14.*s %#llx (%lld)\n", STR_FMT(name),
		       (unsigned long long)v->i, (long long)v->i);
	else
		printf("    %-14.*s %.*s\n", STR_FMT(name),
		       STR_FMT(clean(x, v->s)));
}

static void take_event(struct sink *sink, const struct event *event)
{
	struct explain *x = (struct explain *)sink;

	if (x->waits != event->message || event->where.line > x->wanted ||
	    (x->shown && event->where.line != x->shown))
		return;
	if (!x->shown && event->where.line != x->wanted)
		printf("  part of   the record that starts on line %u\n",
		       event->where.line);
	if (!x->shown)
		puts("  fields");
	event_each(x->session->catalog, event, show_value, x);
	x->shown = event->where.line;
}

static void show_span(const struct nearest *n)
{
	if (n->since.n)
		printf(", from %.*s", STR_FMT(n->since));
	if (n->until.n)
		printf(", until %.*s", STR_FMT(n->until));
}

static void show_framing(struct explain *x, const struct framed *f)
{
	char speaker[16];

	printf("  said by   %s", speaker_name(f->speaker, speaker));
	printf(" (%s)", trust_name(f->trust));
	if (f->stamp.kind != CLOCK_NONE)
		printf(", at %lld on its clock '%s'", (long long)f->stamp.lo,
		       clock_kind_name(f->stamp.kind));
	else if (f->outer.kind != CLOCK_NONE)
		printf(", logged at %lld on the clock '%s'",
		       (long long)f->outer.lo, clock_kind_name(f->outer.kind));
	printf("\n  text      %.*s\n", STR_FMT(clean(x, f->text)));
}

static void show_entry(const char *what, const struct nearest *n)
{
	printf("  %-9s %.*s (%.*s:%u", what, STR_FMT(n->message->name),
	       STR_FMT(n->message->file), n->message->line);
	show_span(n);
	puts(")");
	printf("            %.*s\n", STR_FMT(n->message->title));
}

static void take_claimed(struct sink *sink, const struct framed *f,
			 const struct message *message)
{
	struct explain *x = (struct explain *)sink;
	struct nearest n;

	heap_grow(&x->rows, &x->room, x->count + 1, sizeof(*x->rows));
	x->rows[x->count++] = (struct claim_row){
		.line = f->where.line, .tail = f->tail, .message = message,
	};
	if (!x->wanted || (f->where.line != x->wanted && f->tail != x->wanted))
		return;
	show_framing(x, f);
	if (!message_variant(x->session->catalog, message, f->text, &n))
		n = (struct nearest){ .message = message };
	show_entry("claimed by", &n);
	x->waits = message;
}

static void read_all(struct explain *x, struct source *source)
{
	struct session *s = x->session;
	struct tally tally = { 0 };
	struct window w = source_next(source, 0);
	struct listing_found found = { 0 };

	/* What does not fit into the window is taken for what it starts like. */
	if (x->as == FRAME_AS_AUTO)
		listing_look(s->catalog, (struct str){ w.p, w.n }, w.last,
			     &found);
	x->listing = found.listing;
	if (x->listing && !x->listing->word.n)
		x->listing = NULL;
	x->sink = sink_ignore();
	x->sink.event = take_event;
	x->sink.claimed = take_claimed;
	x->count = 0;
	if (x->listing)
		read_listing(source, s->catalog, &x->sink, 1,
			     s->options.max_line, x->listing, &tally);
	else
		read_text(source, s->catalog, &x->sink, 1,
			  s->options.max_line, x->as, &tally);
}

/* What stands in the way of the entries that come nearest. */
static void show_nearest(struct explain *x, const struct framed *f)
{
	struct nearest near[NEAREST];
	unsigned n = catalog_nearest(x->session->catalog, f->text, near,
				     NEAREST);

	puts("  claimed by nothing");
	for (unsigned i = 0; i < n; i++) {
		struct str head = str_head(f->text, near[i].at);

		show_entry("near to", &near[i]);
		printf("            %.*s\n", STR_FMT(near[i].text));
		printf("            fits up to byte %zu: %.*s", near[i].at,
		       STR_FMT(clean(x, head)));
		if (near[i].at < f->text.n)
			printf(" >>> %.*s\n", STR_FMT(clean(x,
				str_skip(f->text, near[i].at))));
		else
			puts(" >>> and ends too early");
	}
}

/* Line number n of a text; false: it has none. */
static bool line_of(struct source *source, uint32_t n, struct arena *arena,
		    struct cleaned *out)
{
	struct window w = source_next(source, 0);
	uint32_t line = 1;

	for (size_t at = 0;;) {
		const char *nl = memchr(w.p + at, '\n', w.n - at);

		if (!nl && !w.last) {
			w = source_next(source, at);
			nl = memchr(w.p, '\n', w.n);
			at = 0;
		}
		if (line == n && (nl || at < w.n)) {
			size_t end = nl ? (size_t)(nl - w.p) : w.n;

			clean_line((struct str){ w.p + at, end - at }, arena,
				   out);
			return true;
		}
		if (!nl)
			return false;
		at = (size_t)(nl - w.p) + 1;
		line++;
	}
}

static int explain_one(struct explain *x, const char *name,
		       struct source *first, struct source *second,
		       uint32_t wanted)
{
	struct cleaned cleaned;
	struct framed framed;

	if (!line_of(second, wanted, x->session->arena, &cleaned)) {
		fprintf(stderr, "faultline: %s: has no line %u\n", name,
			wanted);
		return EXIT_PARTLY;
	}
	printf("%s:%u: %.*s\n", name, wanted, STR_FMT(clean(x, cleaned.text)));
	x->wanted = wanted;
	x->shown = 0;
	x->waits = NULL;
	read_all(x, first);
	if (x->waits)
		return EXIT_FINE;
	frame_wrapped(cleaned.text, x->listing ? FRAME_AS_FILE : x->as,
		      x->session->arena, &framed);
	if (x->listing)
		framed.text = arena_printf(x->session->arena, "%.*s%.*s",
					   STR_FMT(x->listing->word),
					   STR_FMT(cleaned.text));
	show_framing(x, &framed);
	show_nearest(x, &framed);
	return EXIT_FINE;
}

/* "LINE<TAB>ENTRY" for each line, "-" where none claims it. */
static void list_lines(struct explain *x, uint64_t lines)
{
	size_t at = 0;

	for (uint64_t line = 1; line <= lines; line++) {
		while (at < x->count && x->rows[at].line < line)
			at++;
		if (at < x->count && x->rows[at].line == line)
			printf("%llu\t%.*s\n", (unsigned long long)line,
			       STR_FMT(x->rows[at].message->name));
		else
			printf("%llu\t-\n", (unsigned long long)line);
	}
}

static uint64_t count_lines(struct str text)
{
	return clean_count_lines(text.p, text.p + text.n) +
	       (text.n && text.p[text.n - 1] != '\n');
}

/* Everything of a stream, or of a feed, up to INPUT_MOST. */
static struct str slurp(FILE *in, struct feed *feed, struct arena *arena)
{
	size_t room = 1 << 16, n = 0, got;
	char *bytes = arena_alloc(arena, room);

	while ((got = feed ? feed->read(feed, bytes + n, room - n)
			   : fread(bytes + n, 1, room - n, in)) > 0) {
		n += got;
		if (n == room && room < INPUT_MOST) {
			char *more = arena_alloc(arena, 2 * room);

			memcpy(more, bytes, n);
			bytes = more;
			room *= 2;
		}
	}
	return (struct str){ bytes, n };
}

static int explain_text(struct explain *x, const char *name, struct str text,
			bool detail)
{
	size_t max = x->session->options.max_line;
	uint64_t lines = count_lines(text);
	struct source *a, *b;
	int code = EXIT_FINE;

	for (uint32_t n = 1; detail && n <= lines && lines <= DETAIL_MAX;
	     n++) {
		a = source_memory(text, max);
		b = source_memory(text, max);
		code = explain_one(x, name, a, b, n);
		source_close(a);
		source_close(b);
	}
	if (detail && lines <= DETAIL_MAX)
		return code;
	a = source_memory(text, max);
	x->wanted = 0;
	read_all(x, a);
	source_close(a);
	list_lines(x, lines);
	return EXIT_FINE;
}

/* Told and left: a line of what is compressed is no line of the file. */
static bool is_packed(struct source *source, const char *name)
{
	struct window w = source_next(source, 0);
	const char *format = unpack_format((struct str){ w.p, w.n });

	if (format)
		fprintf(stderr, "faultline: %s: %s; explain-line wants it "
			"unpacked: zcat FILE | faultline explain-line -\n",
			name, format);
	return format != NULL;
}

/* The lines that are made of a file that is no text. */
static int explain_form(struct explain *x, const char *name,
			struct source *raw, const struct form *form,
			uint32_t line)
{
	size_t max = x->session->options.max_line;
	enum frame_as as = x->as;
	const char *why = NULL;
	struct feed *feed = form->open(raw, &why);
	struct source *a, *b;
	struct str text;
	int code = EXIT_PARTLY;

	if (!feed) {
		fprintf(stderr, "faultline: %s: %s; %s\n", name, form->name, why);
		return code;
	}
	text = slurp(NULL, feed, x->session->arena);
	form->close(feed);
	x->as = form->is_trace ? as : FRAME_AS_FILE;
	a = source_memory(text, max), b = source_memory(text, max);
	code = line ? explain_one(x, name, a, b, line)
		    : explain_text(x, name, text, false);
	source_close(a);
	source_close(b);
	x->as = as;
	return code;
}

static const struct form *form_of(struct source *source)
{
	struct window w = source_next(source, 0);

	return input_form((struct str){ w.p, w.n });
}

static int explain_file(struct explain *x, char *name, uint32_t line)
{
	size_t max = x->session->options.max_line;
	struct source *a = source_open(name, max), *b = NULL;
	FILE *in = NULL;
	int code = EXIT_PARTLY;

	if (a && is_packed(a, name))
		;
	else if (a && form_of(a))
		code = explain_form(x, name, a, form_of(a), line);
	else if (!a || (line ? !(b = source_open(name, max))
			: !(in = fopen(name, "rb"))))
		fprintf(stderr, "faultline: %s: %s\n", name, strerror(errno));
	else if (line)
		code = explain_one(x, name, a, b, line);
	else
		code = explain_text(x, name, slurp(in, NULL, x->session->arena),
				    false);
	source_close(a);
	source_close(b);
	if (in)
		fclose(in);
	return code;
}

int cmd_explain(struct session *s)
{
	struct explain x = { .session = s, .as = s->options.as };
	int code = EXIT_FINE;

	if (!s->options.noperands) {
		fputs("faultline: explain-line takes FILE:LINE, FILE (all its "
		      "lines), or - for standard input\n", stderr);
		return EXIT_FATAL;
	}
	if (!session_knowledge(s))
		return EXIT_FATAL;
	for (unsigned i = 0; i < s->options.noperands; i++) {
		struct str word = str_from(s->options.operands[i]);
		size_t colon = word.n;
		int64_t line = 0;
		int one;

		while (colon > 0 && word.p[colon - 1] != ':')
			colon--;
		if (colon >= 2 && num_dec(str_skip(word, colon), &line) &&
		    line >= 1 && line <= UINT32_MAX)
			word.n = colon - 1;
		else
			line = 0;
		one = str_eq(word, STR("-"))
			? explain_text(&x, "stdin",
				       slurp(stdin, NULL, s->arena), true)
			: explain_file(&x, arena_cstr(s->arena, word),
				       (uint32_t)line);
		code = one > code ? one : code;
	}
	heap_free(x.rows);
	return code;
}

/* Captures into a store: each read once, known ones left, grown ones replaced. */

#include <errno.h>

#include "analyzer/cmd/cmd.h"
#include "parsers/base/escape.h"

static void notice(const struct session *s, const char *name,
		   const char *format, const char *what)
{
	if (s->options.quiet)
		return;
	fprintf(stderr, "faultline: %s: ", name);
	fprintf(stderr, format, what);
	fputc('\n', stderr);
}

static void mark_size(void *arg, uint64_t bytes)
{
	source_mark(arg, bytes);
}

/* An older self of this capture: same name, and its bytes are our beginning. */
struct older {
	struct store *store;
	struct source *source;
	uint32_t capture;
};

static void compare_beginning(void *arg, uint64_t bytes)
{
	struct older *o = arg;
	char hex[DIGEST_SIZE];

	if (!o->capture && source_mark_digest(o->source, bytes, hex))
		o->capture = store_find_capture(o->store, hex);
}

/* False: the file is no text, and was left out. */
static bool looks_like_text(struct source *source, const char *name)
{
	struct window head = source_next(source, 0);
	const char *advice, *format;

	format = input_foreign_format((struct str){ head.p, head.n }, &advice);
	if (!format)
		return true;
	fprintf(stderr, "faultline: %s (byte 0): %s, not a console's text; "
		"left out; ", name, format);
	/* FILE in the advice is this one. */
	for (const char *at; (at = strstr(advice, "FILE")); advice = at + 4)
		fprintf(stderr, "%.*s%s", (int)(at - advice), advice, name);
	fprintf(stderr, "%s\n", advice);
	return false;
}

static int tell(const struct session *s, const char *name,
		const struct tally *t, int error)
{
	struct arena *arena = arena_new();

	if (error)
		fprintf(stderr, "faultline: %s (byte %llu): %s; what was read "
			"till there is used\n", name,
			(unsigned long long)t->bytes, strerror(error));
	else if (t->bytes == 0)
		notice(s, name, "%s", "the file is empty");
	else if (t->matched == 0)
		notice(s, name, "%s", "no line was recognised; is it the "
		       "console's text? 'faultline messages' lists what is");
	if (t->clipped)
		notice(s, name, "%s", arena_printf(arena, "%llu line%s longer "
			"than %zu bytes, cut there; raise it with --max-line",
			(unsigned long long)t->clipped,
			t->clipped == 1 ? " is" : "s are",
			s->options.max_line).p);
	arena_free(arena);
	return error || t->clipped ? EXIT_PARTLY : EXIT_FINE;
}

static int read_capture(struct session *s, struct store *store,
			struct sink *sink, struct source *source,
			const char *name)
{
	struct older older = { .store = store, .source = source };
	char digest[DIGEST_SIZE];
	struct tally tally = { 0 };
	uint32_t capture, known;
	int code;

	store_sizes(store, str_from(name), mark_size, source);
	if (!looks_like_text(source, name))
		return EXIT_PARTLY;
	capture = store_begin_capture(store, str_from(name));
	read_text(source, s->catalog, sink, capture, s->options.max_line,
		  s->options.as,
		  &tally);
	source_digest(source, digest);
	store_end_capture(store, &tally, digest);
	code = tell(s, name, &tally, source_error(source));
	known = store_find_capture(store, digest);
	if (known) {
		store_drop_capture(store, capture);
		notice(s, name, "%s", "stored already: left as it was");
		return code;
	}
	store_sizes(store, str_from(name), compare_beginning, &older);
	if (older.capture && older.capture != capture) {
		store_replace_capture(store, older.capture, capture);
		notice(s, name, "%s", "has grown: replaces its older self");
	}
	return code;
}

int take_captures(struct session *s, struct store *store,
		  const char *const *files, unsigned n)
{
	struct sink *sink = store_sink(store, s->catalog);
	int worst = EXIT_FINE;

	store_begin_call(store);
	for (unsigned i = 0; i < n; i++) {
		struct source *source = source_open(files[i],
						    s->options.max_line);
		int why = errno, code = EXIT_PARTLY;
		const char *name = strcmp(files[i], "-") ? files[i] : "stdin";

		/* A name may hold anything but '/' and NUL. */
		name = arena_cstr(s->arena, escape_text(s->arena,
							str_from(name)));
		if (source)
			code = read_capture(s, store, sink, source, name);
		else
			fprintf(stderr, "faultline: %s: %s; left out\n", name,
				strerror(why));
		source_close(source);
		if (code > worst)
			worst = code;
	}
	return worst;
}

void take_settle(struct session *s, struct store *store)
{
	store_settle_boots(store);
	for (unsigned i = 0; i < s->options.nfacts; i++) {
		struct str value = s->options.facts[i];
		struct str name = str_split(&value, '=');

		store_tell(store, name, value);
	}
	store_settle(store);
	judge_run(store, s->data, &s->causes);
}

int verdict_exit(const struct options *o, struct store *store)
{
	static const int ranks[] = {
		[FAIL_POSSIBLE] = 3, [FAIL_LIKELY] = 2, [FAIL_CONFIRMED] = 1,
	};
	struct query *q;
	bool any;

	if (o->fail_on == FAIL_NEVER)
		return EXIT_FINE;
	q = query_must(store, "SELECT 1 FROM verdict WHERE about = 'incident' "
			      "AND grade_rank <= ?1");
	query_bind_int(q, 1, ranks[o->fail_on]);
	any = query_row(q);
	query_close(q);
	return any ? EXIT_YES : EXIT_FINE;
}

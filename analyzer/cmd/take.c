/* One capture into a store: read once, left if known, replacing what it grew from. */

#include "analyzer/cmd/intake.h"

void intake_notice(const struct session *s, const char *name,
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

static int tell(const struct intake *in, const char *name,
		const struct tally *t, const char *problem)
{
	const struct session *s = in->session;
	struct arena *arena = arena_new();

	if (problem)
		fprintf(stderr, "faultline: %s (byte %llu): %s; what was read "
			"till there is used\n", name,
			(unsigned long long)t->bytes, problem);
	else if (t->bytes == 0)
		intake_notice(s, name, "%s", "the file is empty");
	else if (t->matched == 0)
		intake_notice(s, name, "%s", "no line was recognised; is it the "
			      "console's text? 'faultline messages' lists what "
			      "is");
	if (t->clipped)
		intake_notice(s, name, "%s", arena_printf(arena, "%llu line%s "
			"longer than %zu bytes, cut there; raise it with "
			"--max-line", (unsigned long long)t->clipped,
			t->clipped == 1 ? " is" : "s are",
			s->options.max_line).p);
	arena_free(arena);
	return problem || t->clipped ? EXIT_PARTLY : EXIT_FINE;
}

/* Of a set, only what holds something: the rest is no console's text. */
static bool is_wanted(struct intake *in, const char *name, const char *form,
		      const struct tally *t)
{
	if (!in->in_set || t->matched)
		return true;
	store_cancel_capture(in->store);
	intake_leave(in, name, form, t->bytes ? "no line was recognised"
						: "empty");
	return false;
}

void intake_marks(struct intake *in, const char *name, struct source *source)
{
	store_sizes(in->store, str_from(name), mark_size, source);
}

int intake_capture(struct intake *in, struct source *source, const char *name,
		   const char *form, enum frame_as as,
		   const struct listing *listing)
{
	struct session *s = in->session;
	struct store *store = in->store;
	struct older older = { .store = store, .source = source };
	char digest[DIGEST_SIZE];
	struct tally tally = { 0 };
	uint32_t capture, known;
	int code;

	capture = store_begin_capture(store, str_from(name));
	if (listing && listing->word.n)
		read_listing(source, s->catalog, in->sink, capture,
			     s->options.max_line, listing, &tally);
	else
		read_text(source, s->catalog, in->sink, capture,
			  s->options.max_line, as, &tally);
	if (!is_wanted(in, name, form, &tally))
		return source_problem(source)
			? tell(in, name, &tally, source_problem(source))
			: EXIT_FINE;
	source_digest(source, digest);
	store_end_capture(store, &tally, digest);
	code = tell(in, name, &tally, source_problem(source));
	known = store_find_capture(store, digest);
	if (known) {
		store_drop_capture(store, capture);
		intake_notice(s, name, "%s", "stored already: left as it was");
		intake_leave(in, name, form, "stored already");
		return code;
	}
	in->taken++;
	store_input(store, str_from(name), form, capture, NULL);
	store_sizes(store, str_from(name), compare_beginning, &older);
	if (older.capture && older.capture != capture) {
		store_replace_capture(store, older.capture, capture);
		intake_notice(s, name, "%s", "has grown: replaces its older self");
	}
	return code;
}

/* Pinned, and of no use. */
static void tell_unused(const struct session *s, struct store *store)
{
	struct query *q;

	if (!s->options.nclocks)
		return;
	q = query_must(store, "SELECT name FROM told_clock AS t WHERE NOT "
		"EXISTS (SELECT 1 FROM capture AS c JOIN segment AS g "
		"ON g.capture = c.id JOIN clock AS k ON k.segment = g.id "
		"WHERE c.name = t.name AND k.joined_by = 'told')");
	while (query_row(q))
		fprintf(stderr, "faultline: --clock %.*s: there is nothing to "
			"pin: its lines have no stamps, or the times of its "
			"boot are told in its clock; 'faultline report clocks'"
			" tells which\n", STR_FMT(query_text(q, 0)));
	query_close(q);
}

bool take_settle(struct session *s, struct store *store)
{
	store_settle_boots(store);
	for (unsigned i = 0; i < s->options.nfacts; i++) {
		struct str value = s->options.facts[i];
		struct str name = str_split(&value, '=');

		store_tell(store, name, value);
	}
	if (!clock_tell_all(s, store))
		return false;
	store_settle(store);
	tell_unused(s, store);
	take_source_lines(s, store);
	judge_run(store, s->data, &s->causes);
	return true;
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

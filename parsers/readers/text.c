/*
 * Reads text: jumps from one line of interest to the next.  A line is of
 * interest when an anchor is in it, when it has odd bytes or another speaker
 * inside, or when something that is open wants to see each line.
 */
#define _GNU_SOURCE

#include "parsers/base/die.h"
#include "parsers/readers/text.h"

/* The whole capture at once, if it is no longer than this: a paste. */
enum { SMALL = 256 << 10 };

static void add(struct text *t, uint64_t *lines, uint64_t *bytes, size_t n)
{
	++*lines;
	*bytes += n;
	t->bytes_to = bytes;		/* of a line that goes on */
}

/* Says of a line of so many bytes what became of it, once. */
static void count_line(struct text *t, bool damaged, size_t n)
{
	struct tally *y = t->tally;

	if (t->claimed)
		add(t, &y->matched, &y->matched_bytes, n);
	else if (t->repeated)
		add(t, &y->replayed, &y->replayed_bytes, n);
	else if (damaged)
		add(t, &y->damaged, &y->damaged_bytes, n);
	else
		add(t, &y->unmatched, &y->unmatched_bytes, n);
}

/* A whole line of the window, its hits already counted off. */
static void take_line(struct text *t, struct str line, const struct hit *hits,
		      size_t nhits, bool odd)
{
	struct cleaned cleaned = { .text = line };
	bool clipped = line.n > t->max_line;
	struct str text;

	arena_reset(t->arena);
	t->claimed = t->repeated = false;
	t->joined = 0;
	t->doubt.any = false;
	if (clipped) {
		line = str_head(line, t->max_line);
		t->tally->clipped++;
	}
	if (odd || clipped || memchr(line.p, '\r', line.n))
		clean_line(line, t->arena, &cleaned);
	/* Mail is small. */
	text = t->small ? text_unquote(t, cleaned.text) : cleaned.text;
	if (odd && frame_tear(text, t->as) >= 0) {
		text_take_torn(t, text, cleaned.returns);
	} else if (!text_is_tail(t)) {
		if (odd || text.p != cleaned.text.p) {
			text_scan_own(t, text);
			hits = t->own.items;
			nhits = t->own.count;
		}
		if (!text_take_piece(t, text, cleaned.returns, false, hits,
				     nhits) && (nhits || t->small))
			text_take_broken(t, text, cleaned.returns);
	}
	if (!t->claimed && !t->repeated)
		text_doubt(t, clipped ? STR("clipped") :
			      cleaned.damaged ? STR("damaged") : STR(""));
	if (t->lost.n)
		text_tell_lost(t, text);
	count_line(t, cleaned.damaged || clipped, t->end - t->at);
}

static bool wants_all(const struct text *t)
{
	return t->small || t->word.n || text_tail_ahead(t) || matcher_wants_all(t->matcher);
}

/* Lines up to here that nobody looked at and that are longer than the limit. */
static void count_clipped(struct text *t, size_t end)
{
	const char *p = t->window.p;

	for (size_t at = t->at; end - at > t->max_line; ) {
		const char *nl = memrchr(p + at, '\n', t->max_line + 1);

		if (!nl) {
			size_t n;

			nl = memchr(p + at, '\n', end - at);
			n = nl ? (size_t)(nl - p) + 1 - at : end - at;
			t->tally->clipped++;
			t->tally->damaged++;
			t->tally->damaged_bytes += n;
			t->tally->unmatched--;
			t->tally->unmatched_bytes -= n;
		}
		at = nl ? (size_t)(nl - p) + 1 : end;
	}
}

/* Goes to the next line of interest before limit; false: there is none. */
static bool jump(struct text *t, size_t limit)
{
	size_t mark = limit, start;
	const char *nl;
	uint64_t skipped;

	if (wants_all(t))
		return t->at < limit;
	if (t->next_hit < t->hits.count && t->hits.items[t->next_hit].at < mark)
		mark = t->hits.items[t->next_hit].at;
	if (t->next_odd < mark)
		mark = t->next_odd;
	if (mark <= t->at)
		return t->at < limit;
	nl = memrchr(t->window.p + t->at, '\n', mark - t->at);
	start = nl ? (size_t)(nl - t->window.p) + 1 : t->at;
	skipped = clean_count_lines(t->window.p + t->at, t->window.p + start);
	t->tally->unmatched += skipped;
	t->tally->unmatched_bytes += start - t->at;
	count_clipped(t, start);
	t->line += skipped;
	t->at = start;
	return start < limit;
}

/* Steps over a line that was read together with the one before it. */
static void step_over(struct text *t)
{
	const struct window *w = &t->window;
	const char *nl = memchr(w->p + t->at, '\n', w->n - t->at);
	size_t end = nl ? (size_t)(nl - w->p) + 1 : w->n;

	count_line(t, false, end - t->at);
	t->at = end;
	t->line++;
	while (t->next_hit < t->hits.count &&
	       t->hits.items[t->next_hit].at < end)
		t->next_hit++;
	if (t->next_odd < end)
		t->next_odd = clean_next_odd((struct str){ w->p, w->n }, end);
}

/* Cuts the current line out and steps behind it. */
static void step(struct text *t)
{
	const struct window *w = &t->window;
	const char *nl = memchr(w->p + t->at, '\n', w->n - t->at);
	size_t end = nl ? (size_t)(nl - w->p) : w->n;
	struct str line = { w->p + t->at, end - t->at };
	size_t first = t->next_hit, n;
	bool odd = t->next_odd < end;

	while (t->next_hit < t->hits.count &&
	       t->hits.items[t->next_hit].at < end)
		t->next_hit++;
	n = t->next_hit - first;
	t->end = end + (nl != NULL);
	take_line(t, line, n ? &t->hits.items[first] : NULL, n, odd);
	if (odd)
		t->next_odd = clean_next_odd((struct str){ w->p, w->n }, end);
	t->at = t->end;
	t->line++;
	if (!nl && !w->last)
		t->skipping = true;
	for (; t->joined; t->joined--)
		step_over(t);
}

/* Skips the rest of a line that is longer than the window. */
static void skip_rest(struct text *t)
{
	const char *nl = memchr(t->window.p + t->at, '\n',
				t->window.n - t->at);

	size_t end = nl ? (size_t)(nl - t->window.p) + 1 : t->window.n;

	*t->bytes_to += end - t->at;
	t->at = end;
	t->skipping = nl == NULL;
}

/* Up to where lines of this window are read; the rest is looked at only. */
static size_t window_limit(const struct text *t)
{
	const struct window *w = &t->window;
	const char *nl;

	if (w->last)
		return w->n;
	nl = memrchr(w->p + t->at, '\n', w->n - INPUT_LOOK - t->at);
	if (!nl)			/* a line as long as that, and no more */
		nl = memchr(w->p + t->at, '\n', w->n - t->at);
	return nl ? (size_t)(nl - w->p) + 1 : w->n;
}

static void read_window(struct text *t)
{
	size_t limit;

	if (t->skipping)
		skip_rest(t);
	if (t->at >= t->window.n ||
	    (t->window.n - t->at <= INPUT_LOOK && !t->window.last))
		return;			/* the next window shows more */
	limit = window_limit(t);
	t->hits.count = 0;
	t->next_hit = 0;
	t->limit = limit;
	catalog_scan(t->catalog,
		     (struct str){ t->window.p + t->at, limit - t->at },
		     &t->hits);
	for (size_t i = 0; i < t->hits.count; i++)
		t->hits.items[i].at += (uint32_t)t->at;
	t->next_odd = clean_next_odd((struct str){ t->window.p, t->window.n },
				     t->at);
	while (jump(t, limit))
		step(t);
}

/* Every line and every byte is in one count. */
static void check_sums(const struct tally *y)
{
	if (y->matched + y->unmatched + y->damaged + y->replayed != y->lines)
		die("lost count of lines: please report this");
	if (y->matched_bytes + y->unmatched_bytes + y->damaged_bytes +
	    y->replayed_bytes != y->bytes)
		die("lost count of bytes: please report this");
}

static void read_lines(struct source *source, struct catalog *catalog,
		       struct sink *sink, uint32_t capture, size_t max_line,
		       enum frame_as as, struct str word, struct tally *tally)
{
	struct arena *arena = arena_new();
	struct text *t = ARENA_NEW(arena, struct text);

	*t = (struct text){
		.dater = { .date = text_date }, .catalog = catalog, .sink = sink,
		.tally = tally,
		.replay = replay_new(), .unclaimed = unclaimed_new(),
		.arena = arena_new(),
		.capture = capture, .max_line = max_line, .line = 1,
		.as = as, .word = word, .near = { .as = as },
	};
	t->matcher = matcher_new(catalog, sink, &t->dater);
	t->window = source_next(source, 0);
	t->small = t->window.last && t->window.n <= SMALL &&
		   as != FRAME_AS_FILE;
	for (;;) {
		size_t drop;

		read_window(t);
		if (t->window.last && t->at >= t->window.n)
			break;
		drop = t->at > INPUT_LOOK ? t->at - INPUT_LOOK : 0;
		t->window = source_next(source, drop);
		t->at -= drop;
	}
	matcher_free(t->matcher);
	matcher_free(t->probe);
	tally->bytes = source_bytes(source);
	tally->lines = t->line - 1;
	check_sums(tally);
	tally->complete = source_problem(source) == NULL;
	heap_free(t->hits.items);
	heap_free(t->own.items);
	heap_free(t->ahead.items);
	unclaimed_tell(t->unclaimed, sink);
	unclaimed_free(t->unclaimed);
	replay_free(t->replay);
	arena_free(t->arena);
	arena_free(arena);
}

void read_text(struct source *source, struct catalog *catalog,
	       struct sink *sink, uint32_t capture, size_t max_line,
	       enum frame_as as, struct tally *tally)
{
	read_lines(source, catalog, sink, capture, max_line, as,
		   (struct str){ 0 }, tally);
}

void read_listing(struct source *source, struct catalog *catalog,
		  struct sink *sink, uint32_t capture, size_t max_line,
		  const struct listing *listing, struct tally *tally)
{
	read_lines(source, catalog, sink, capture, max_line, FRAME_AS_FILE,
		   listing->word, tally);
}

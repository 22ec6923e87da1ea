/*
 * Reads text: jumps from one line of interest to the next.  A line is of
 * interest when an anchor is in it, when it has odd bytes or another speaker
 * inside, or when something that is open wants to see each line.
 */
#define _GNU_SOURCE

#include "parsers/readers/near.h"
#include "parsers/readers/reader.h"
#include "parsers/readers/replay.h"

enum { TORN_LINES_MAX = 16 };

/* Console output that stands in a buffer is stamped before it is printed. */
static const int64_t LAG_NS = 1000000000;

/* The first half of a line that another speaker cut in two. */
struct torn {
	bool waits;
	char bytes[1024];
	size_t n;
	struct where where;
	unsigned age;
};

struct text {
	struct dater dater;		/* first: the matcher calls it */
	struct catalog *catalog;
	struct matcher *matcher;
	struct sink *sink;
	struct tally *tally;
	struct replay *replay;
	struct arena *arena;		/* of the line */
	struct window window;
	size_t at;			/* start of the current line */
	uint64_t line;			/* its number, from 1 */
	uint32_t capture;
	size_t max_line;
	bool skipping;			/* inside a line that was cut */
	bool guest_focus;		/* the console shows a guest's output */
	bool claimed, repeated;		/* what became of the current line */
	struct torn torn;
	struct near near;
	struct hits hits, own;		/* of the window, of a joined line */
	size_t next_hit, next_odd;
};

/* A span between two dated lines of one clock. */
static struct when span(struct stamp before, struct stamp after)
{
	struct when when = { 0 };

	if (before.kind == CLOCK_NONE && after.kind == CLOCK_NONE)
		return when;
	if (after.kind != CLOCK_NONE && before.kind != CLOCK_NONE &&
	    (after.kind != before.kind || after.lo < before.lo))
		after.kind = CLOCK_NONE;
	when.clock = before.kind != CLOCK_NONE ? before.kind : after.kind;
	when.open_lo = before.kind == CLOCK_NONE;
	when.open_hi = after.kind == CLOCK_NONE;
	when.lo = before.lo;
	when.hi = after.hi + (when.clock == CLOCK_HOST ? LAG_NS : 0);
	return when;
}

static void date(struct dater *dater, const struct framed *framed,
		 struct when *when, struct when *between)
{
	struct text *t = (struct text *)dater;
	const struct stamp *stamp = &framed->stamp;

	*when = (struct when){ 0 };
	*between = (struct when){ 0 };
	if (stamp->kind != CLOCK_NONE)
		*when = (struct when){
			.clock = stamp->kind, .lo = stamp->lo, .hi = stamp->hi,
		};
	if (framed->replayed || framed->trust == TRUST_GUEST)
		return;
	if (stamp->kind == CLOCK_NONE) {
		struct stamp before = near_before(&t->near, t->window, t->at,
						  CLOCK_NONE);

		*when = span(before, near_after(&t->near, t->window, t->at,
						before.kind));
	} else if (framed->speaker == SPEAKER_XEN) {
		struct when *to = stamp->kind == CLOCK_XEN_RAW ? when : between;
		struct when host = span(near_before(&t->near, t->window, t->at,
					    CLOCK_HOST),
				near_after(&t->near, t->window, t->at,
					   CLOCK_HOST));

		/* Ticks cannot be joined with seconds: the neighbours can. */
		if (host.clock != CLOCK_NONE)
			*to = host;
	}
}

/* How much the end of a line tells about who printed it. */
static enum trust judge_trust(const struct text *t, const struct framed *f,
			      unsigned returns, bool inside)
{
	if (f->speaker != SPEAKER_XEN || f->trust == TRUST_GUEST)
		return f->trust;
	if (t->guest_focus)
		return TRUST_GUEST;
	if (returns > 1)
		return TRUST_HOST;	/* its tty turned \n into \r\n already */
	if (returns == 1)
		return TRUST_HYPERVISOR;
	/* Without line ends, text inside another's line may be that one's. */
	return inside ? TRUST_HOST : TRUST_UNKNOWN;
}

/*
 * "*** Serial input to DOM1 (type …": from here on that guest's output looks
 * like Xen's own (xen/arch/arm/vpl011.c), a change back included; so there is
 * no way back before the machine starts again.
 */
static void change_focus(struct text *t)
{
	struct str name = matcher_value(t->matcher, "name");

	t->guest_focus |= str_starts(name, STR("DOM")) &&
			  !str_eq(name, STR("DOM0"));
}

static void act_on(struct text *t, const struct message *message,
		   const struct framed *framed)
{
	if (framed->trust == TRUST_GUEST)
		return;
	switch (message->means) {
	case MEANS_BOOT_START:
		if (framed->replayed)
			break;
		replay_restart(t->replay, true);
		break;
	case MEANS_KERNEL_START:
		if (framed->replayed || framed->speaker >= 0)
			break;
		replay_restart(t->replay, false);
		break;
	case MEANS_FOCUS:
		if (framed->speaker == SPEAKER_XEN)
			change_focus(t);
		break;
	case MEANS_REPLAY_START:
		replay_begin(t->replay, framed);
		break;
	case MEANS_NOTHING: case MEANS_BOOT_EARLY: case MEANS_LOST:
	case MEANS_KERNEL_EARLY: case MEANS_COUNT:
		break;
	}
}

static void count_claimed(struct text *t, const struct framed *framed,
			  unsigned returns)
{
	t->claimed = true;
	t->tally->bare_lf += returns == 0;
	t->tally->double_cr += returns > 1;
	t->tally->xen_lines += framed->speaker == SPEAKER_XEN;
	t->tally->host_lines += framed->speaker == SPEAKER_HOST;
}

/* Matches one framed line; true when it was claimed. */
static bool claim(struct text *t, struct framed *framed, unsigned returns,
		  const struct hit *hits, size_t nhits)
{
	const struct message *message;
	enum novelty novelty;

	if (nhits == 0 && !matcher_wants_all(t->matcher))
		return false;
	t->tally->examined++;
	novelty = replay_judge(t->replay, framed);
	if (novelty == NOVELTY_REPEAT) {
		t->repeated = true;
		/* A banner again: what stood before it began no power-on. */
		if (catalog_means(t->catalog, hits, nhits, MEANS_BOOT_START))
			t->sink->not_a_boot(t->sink);
		return true;
	}
	framed->replayed = novelty == NOVELTY_LATE;
	message = matcher_line(t->matcher, framed, hits, nhits);
	if (!message)
		return false;
	count_claimed(t, framed, returns);
	act_on(t, message, framed);
	replay_remember(t->replay, framed);
	return true;
}

/* Anchors of a text that is not a part of the window. */
static void scan_own(struct text *t, struct str text)
{
	t->own.count = 0;
	catalog_scan(t->catalog, text, &t->own);
}

/*
 * Xen prints the level marker of a message in full when the one before it had
 * no line end: "…mask 0x7fff<2>smmu: …" (console.c printk_start_of_line()).
 */
static ptrdiff_t find_marker(struct str text)
{
	for (size_t i = 1; i + 3 < text.n; i++)
		if (text.p[i] == '<' && text.p[i + 2] == '>' &&
		    text.p[i + 1] >= '0' && text.p[i + 1] <= '3' &&
		    text.p[i + 3] >= 'a' && text.p[i + 3] <= 'z')
			return (ptrdiff_t)i;
	return -1;
}

static bool claim_split(struct text *t, struct framed *framed,
			unsigned returns)
{
	struct str rest = framed->text;
	bool claimed = false;

	for (;;) {
		ptrdiff_t at = find_marker(rest);

		framed->text = str_trim_end(at < 0 ? rest
					   : str_head(rest, (size_t)at));
		scan_own(t, framed->text);
		claimed |= claim(t, framed, returns, t->own.items,
				 t->own.count);
		if (at < 0)
			return claimed;
		rest = str_skip(rest, (size_t)at + 3);
	}
}

static struct where here(const struct text *t)
{
	return (struct where){
		.capture = t->capture, .line = (uint32_t)t->line,
		.offset = t->window.offset + t->at,
	};
}

/* One speaker's line, or the part of a line that is one speaker's. */
static bool take_piece(struct text *t, struct str piece, unsigned returns,
		       bool inside, const struct hit *hits, size_t nhits)
{
	struct framed framed;

	frame_line(piece, &framed);
	framed.where = here(t);
	framed.trust = judge_trust(t, &framed, returns, inside);
	framed.through_tty = returns > 1;
	if (framed.speaker == SPEAKER_XEN &&
	    memmem(framed.text.p, framed.text.n, ">smmu", 5))
		return claim_split(t, &framed, returns);
	return claim(t, &framed, returns, hits, nhits);
}

static void keep_head(struct text *t, struct str head)
{
	struct torn *torn = &t->torn;

	torn->waits = str_trim(head).n != 0;
	torn->n = head.n < sizeof(torn->bytes) ? head.n : sizeof(torn->bytes);
	memcpy(torn->bytes, head.p, torn->n);
	torn->where = here(t);
	torn->age = 0;
}

/* Is this the rest of a torn line?  Then it is read with its first half. */
static bool take_tail(struct text *t, struct str line, unsigned returns)
{
	struct torn *torn = &t->torn;
	struct framed framed;
	struct str joined;

	if (!torn->waits)
		return false;
	if (++torn->age > TORN_LINES_MAX) {
		torn->waits = false;
		return false;
	}
	if (frame_has_prefix(line))
		return false;
	torn->waits = false;
	joined = arena_printf(t->arena, "%.*s%.*s", (int)torn->n, torn->bytes,
			      STR_FMT(line));
	scan_own(t, joined);
	frame_line(joined, &framed);
	framed.where = torn->where;
	framed.tail = (uint32_t)t->line;
	framed.trust = judge_trust(t, &framed, returns, false);
	framed.through_tty = returns > 1;
	return claim(t, &framed, returns, t->own.items, t->own.count);
}

/* A line with another speaker's line inside: both are read. */
static void take_torn(struct text *t, struct str line, unsigned returns)
{
	ptrdiff_t at;

	t->tally->torn++;
	line = str_trim_end(line);	/* once, not for each piece */
	while ((at = frame_tear(line)) >= 0) {
		struct str head = str_head(line, (size_t)at);

		scan_own(t, head);
		if (!take_piece(t, head, returns, false, t->own.items,
				t->own.count) &&
		    !str_starts(head, STR("(XEN) ")))
			keep_head(t, head);
		line = str_skip(line, (size_t)at);
	}
	scan_own(t, line);
	take_piece(t, line, returns, true, t->own.items, t->own.count);
}

/* Says of a line what became of it, once. */
static void count_line(struct text *t, bool damaged)
{
	if (t->claimed)
		t->tally->matched++;
	else if (t->repeated)
		t->tally->replayed++;
	else if (damaged)
		t->tally->damaged++;
	else
		t->tally->unmatched++;
}

/* A whole line of the window, its hits already counted off. */
static void take_line(struct text *t, struct str line, const struct hit *hits,
		      size_t nhits, bool odd)
{
	struct cleaned cleaned = { .text = line };
	bool clipped = line.n > t->max_line;

	arena_reset(t->arena);
	t->claimed = t->repeated = false;
	if (clipped) {
		line = str_head(line, t->max_line);
		t->tally->clipped++;
	}
	if (odd || clipped || memchr(line.p, '\r', line.n))
		clean_line(line, t->arena, &cleaned);
	if (odd && frame_tear(cleaned.text) >= 0) {
		take_torn(t, cleaned.text, cleaned.returns);
	} else if (!take_tail(t, cleaned.text, cleaned.returns)) {
		if (odd) {
			scan_own(t, cleaned.text);
			hits = t->own.items;
			nhits = t->own.count;
		}
		take_piece(t, cleaned.text, cleaned.returns, false, hits,
			   nhits);
	}
	count_line(t, cleaned.damaged || clipped);
}

static bool wants_all(const struct text *t)
{
	return t->torn.waits || matcher_wants_all(t->matcher);
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
	t->line += skipped;
	t->at = start;
	return start < limit;
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
	take_line(t, line, n ? &t->hits.items[first] : NULL, n, odd);
	if (odd)
		t->next_odd = clean_next_odd((struct str){ w->p, w->n }, end);
	t->at = end + (nl != NULL);
	t->line++;
	if (!nl && !w->last)
		t->skipping = true;
}

/* Skips the rest of a line that is longer than the window. */
static void skip_rest(struct text *t)
{
	const char *nl = memchr(t->window.p + t->at, '\n',
				t->window.n - t->at);

	t->at = nl ? (size_t)(nl - t->window.p) + 1 : t->window.n;
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

void read_text(struct source *source, struct catalog *catalog,
	       struct sink *sink, uint32_t capture, size_t max_line,
	       struct tally *tally)
{
	struct arena *arena = arena_new();
	struct text *t = ARENA_NEW(arena, struct text);

	*t = (struct text){
		.dater = { .date = date }, .catalog = catalog, .sink = sink,
		.tally = tally,
		.replay = replay_new(), .arena = arena_new(),
		.capture = capture, .max_line = max_line, .line = 1,
	};
	t->matcher = matcher_new(catalog, sink, &t->dater);
	t->window = source_next(source, 0);
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
	tally->bytes = source_bytes(source);
	tally->lines = t->line - 1;
	tally->complete = source_error(source) == 0;
	heap_free(t->hits.items);
	heap_free(t->own.items);
	replay_free(t->replay);
	arena_free(t->arena);
	arena_free(arena);
}

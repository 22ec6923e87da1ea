/* When a line was printed: by its own stamp, or between its dated neighbours. */

#include "parsers/readers/text.h"

/* Console output that stands in a buffer is stamped before it is printed. */
static const int64_t LAG_NS = 1000000000;

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

static struct when at_stamp(const struct stamp *stamp)
{
	return (struct when){
		.clock = stamp->kind, .lo = stamp->lo, .hi = stamp->hi,
	};
}

static bool find_start(struct text *t, const struct hits *hits, size_t from,
		       uint64_t to)
{
	for (size_t i = from; i < hits->count; i++) {
		const struct hit *hit = &hits->items[i];

		if (t->window.offset + hit->at >= to)
			break;
		if (!catalog_means(t->catalog, hit, 1, MEANS_BOOT_START) &&
		    !catalog_means(t->catalog, hit, 1, MEANS_BOOT_EARLY))
			continue;
		t->start_ahead = t->window.offset + hit->at;
		return true;
	}
	return false;
}

/*
 * The machine may start again between here and the stamp: offset to.  Asked
 * where nothing before tells, for then the stamps do not go back either.
 */
static bool starts_before(struct text *t, uint64_t to)
{
	if (t->start_ahead > t->window.offset + t->at && t->start_ahead < to)
		return true;
	if (to <= t->no_start)
		return false;
	if (find_start(t, &t->hits, t->next_hit, to))
		return true;
	/* What is beyond was not looked through yet. */
	if (to > t->window.offset + t->limit) {
		t->ahead.count = 0;
		catalog_scan(t->catalog, (struct str){ t->window.p + t->limit,
			     (size_t)(to - t->window.offset) - t->limit },
			     &t->ahead);
		for (size_t i = 0; i < t->ahead.count; i++)
			t->ahead.items[i].at += (uint32_t)t->limit;
		if (find_start(t, &t->ahead, 0, to))
			return true;
	}
	t->no_start = to;
	return false;
}

/* Between the nearest stamps of that clock, on either side. */
static struct when neighbours(struct text *t, enum clock_kind want)
{
	struct stamp before = near_before(&t->near, t->window, t->at, want);
	enum clock_kind kind = want != CLOCK_NONE ? want : before.kind;
	struct stamp after = near_after(&t->near, t->window, t->at, kind);

	if (before.kind == CLOCK_NONE && after.kind != CLOCK_NONE &&
	    starts_before(t, t->near.after[kind].reached))
		after.kind = CLOCK_NONE;
	return span(before, after);
}

void text_date(struct dater *dater, const struct framed *framed,
	       struct when *when, struct when *between)
{
	struct text *t = (struct text *)dater;
	const struct stamp *stamp = &framed->stamp;

	*when = (struct when){ 0 };
	*between = (struct when){ 0 };
	if (stamp->kind != CLOCK_NONE)
		*when = at_stamp(stamp);
	if (framed->replayed || framed->trust == TRUST_GUEST ||
	    framed->speaker == SPEAKER_FILE)
		return;
	if (stamp->kind == CLOCK_NONE) {
		*when = neighbours(t, CLOCK_NONE);
		if (when->clock == CLOCK_NONE)
			*when = at_stamp(&framed->outer);
	} else if (framed->speaker == SPEAKER_XEN) {
		struct when host = neighbours(t, CLOCK_HOST);

		if (host.clock == CLOCK_NONE)
			return;
		*between = host;
		if (stamp->kind == CLOCK_XEN_RAW) {
			/* How fast ticks count is not known here. */
			*between = *when;
			*when = host;
		}
	}
}

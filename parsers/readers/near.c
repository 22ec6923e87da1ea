/* memrchr */
#define _GNU_SOURCE

/* Looks back and ahead for stamps, and remembers how far it got. */

#include "parsers/base/num.h"
#include "parsers/readers/near.h"

/* How much of a line may tell its stamp; ahead, so much is kept back. */
enum { HEAD = 96, LOOK_AHEAD = INPUT_LOOK - HEAD };
/* What near_comes_again() may read, a byte of the capture and to start with. */
enum { AGAIN_RATIO = 16, AGAIN_FREE = 4 << 20 };

static struct stamp stamp_at(struct window w, size_t at, enum clock_kind want,
			     enum frame_as as)
{
	struct stamp none = { 0 }, stamp;
	struct str line = { w.p + at, w.n - at };
	const char *end;

	line = str_head(line, HEAD);
	end = memchr(line.p, '\n', line.n);
	if (end)
		line.n = (size_t)(end - line.p);
	stamp = frame_stamp(line, as);
	if (stamp.kind == CLOCK_XEN_RAW || stamp.kind == CLOCK_GUEST ||
	    stamp.kind == CLOCK_TRACE ||
	    stamp.kind == CLOCK_TRACE_OTHER ||
	    stamp.kind == CLOCK_TRACE_PERF ||
	    (want != CLOCK_NONE && stamp.kind != want))
		return none;
	return stamp;
}

void near_restart(struct near *near, struct window w, size_t at)
{
	near->start = w.offset + at;
	for (int i = 0; i < CLOCK_KINDS; i++)
		near->before[i] = (struct near_memory){ 0 };
}

struct stamp near_before(struct near *near, struct window w, size_t at,
			 enum clock_kind want)
{
	struct near_memory *m = &near->before[want];
	uint64_t from = w.offset + at;
	uint64_t stop = from > INPUT_LOOK ? from - INPUT_LOOK : 0;
	struct stamp stamp = { 0 };
	size_t start = at, floor;

	if (stop < near->start)
		stop = near->start;
	if (stop < w.offset)
		stop = w.offset;
	floor = (size_t)(stop - w.offset);
	while (start > floor) {
		const char *nl;

		if (m->any && m->asked <= from && w.offset + start <= m->asked) {
			/* From here back it was looked through already. */
			if (m->stamp.kind != CLOCK_NONE && m->reached >= stop)
				stamp = m->stamp;
			start = m->stamp.kind != CLOCK_NONE && stamp.kind
				? (size_t)(m->reached - w.offset) : 0;
			break;
		}
		nl = memrchr(w.p + floor, '\n', start - 1 - floor);
		start = nl ? (size_t)(nl - w.p) + 1 : floor;
		if (!nl && stop > 0)
			break;		/* this is inside of a line */
		stamp = stamp_at(w, start, want, near->as);
		if (stamp.kind != CLOCK_NONE)
			break;
	}
	*m = (struct near_memory){
		.any = true, .asked = from, .reached = w.offset + start,
		.stamp = stamp,
	};
	return stamp;
}

/* Where the next line starts; the end of the window when it is not in it. */
static size_t line_end(struct window w, size_t pos)
{
	const char *nl = memchr(w.p + pos, '\n', w.n - pos);

	return nl ? (size_t)(nl - w.p) + 1 : w.n;
}

struct stamp near_after(struct near *near, struct window w, size_t at,
			enum clock_kind want)
{
	struct near_memory *m = &near->after[want];
	uint64_t from = w.offset + at;
	struct stamp stamp = { 0 };
	size_t pos = at, stop = at + LOOK_AHEAD;

	if (stop > w.n)
		stop = w.n;
	if (m->any && m->asked <= from && m->reached > from) {
		if (m->stamp.kind != CLOCK_NONE)
			return m->reached < from + LOOK_AHEAD ? m->stamp
							       : stamp;
		pos = (size_t)(m->reached - w.offset);	/* nothing till there */
		if (w.p[pos - 1] != '\n')
			pos = line_end(w, pos);	/* a window ended here */
	} else {
		pos = line_end(w, pos);
	}
	while (pos < stop) {
		stamp = stamp_at(w, pos, want, near->as);
		if (stamp.kind != CLOCK_NONE)
			break;
		pos = line_end(w, pos);
	}
	*m = (struct near_memory){
		.any = true, .asked = from, .reached = w.offset + pos,
		.stamp = stamp,
	};
	return stamp;
}

bool near_comes_again(struct near *near, struct window w, size_t at,
		      enum clock_kind clock)
{
	struct stamp last = near_before(near, w, at, clock);
	size_t stop = at + INPUT_LOOK < w.n ? at + INPUT_LOOK : w.n, pos = at;
	bool found = last.kind == CLOCK_NONE;	/* before it: nothing to part */

	/* Logs of boots pay for this; banners on end would cost a square. */
	if (near->spent > AGAIN_FREE + AGAIN_RATIO * (w.offset + at))
		return true;
	while (!found && pos < stop) {
		struct stamp stamp = stamp_at(w, pos, clock, near->as);

		found = stamp.kind != CLOCK_NONE && stamp.lo == last.lo;
		pos = line_end(w, pos);
	}
	near->spent += pos - at;
	return found;
}

/* An entry of a journal is looked at so far to either side. */
enum { ENTRY_MAX = 4096 };

/* The value of a field, empty where the entry has none; name: "\nNAME=". */
static struct str field(struct str entry, struct str name)
{
	struct str first = str_skip(name, 1), value = entry;
	ptrdiff_t at;

	if (!str_starts(entry, first)) {
		at = str_find(entry, name);
		if (at < 0)
			return (struct str){ 0 };
		value = str_skip(entry, (size_t)at + 1);
	}
	value = str_skip(value, first.n);
	return str_split(&value, '\n');
}

static struct stamp field_stamp(struct str entry, struct str name)
{
	int64_t us;

	if (!num_dec(field(entry, name), &us) || us < 0 ||
	    us > INT64_MAX / 1000 - 1)
		return (struct stamp){ 0 };
	return (struct stamp){
		.kind = CLOCK_HOST, .lo = us * 1000, .hi = (us + 1) * 1000,
	};
}

struct entry_says near_entry(struct window w, size_t at)
{
	size_t from = at, to = at;
	struct str entry, transport;
	struct entry_says says = { 0 };

	while (from > 0 && at - from < ENTRY_MAX &&
	       !(from > 1 && w.p[from - 1] == '\n' && w.p[from - 2] == '\n'))
		from--;
	while (to + 1 < w.n && to - at < ENTRY_MAX &&
	       !(w.p[to] == '\n' && w.p[to + 1] == '\n'))
		to++;
	entry = (struct str){ w.p + from, to - from };
	transport = field(entry, STR("\n_TRANSPORT="));
	says.kernel = str_eq(transport, STR("kernel"));
	says.user = transport.n && !says.kernel;
	says.relay = frame_relays(field(entry, STR("\nSYSLOG_IDENTIFIER=")));
	says.stamp = field_stamp(entry, STR("\n_SOURCE_MONOTONIC_TIMESTAMP="));
	if (says.stamp.kind == CLOCK_NONE)
		says.stamp = field_stamp(entry,
					 STR("\n__MONOTONIC_TIMESTAMP="));
	return says;
}

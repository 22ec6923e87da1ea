/* memrchr */
#define _GNU_SOURCE

/* Looks back and ahead for stamps, and remembers how far it got. */

#include "parsers/readers/near.h"

static struct stamp stamp_at(struct window w, size_t at, enum clock_kind want)
{
	struct stamp none = { 0 }, stamp;
	struct str line = { w.p + at, w.n - at };
	const char *end;

	line = str_head(line, 96);
	end = memchr(line.p, '\n', line.n);
	if (end)
		line.n = (size_t)(end - line.p);
	stamp = frame_stamp(line);
	if (stamp.kind == CLOCK_XEN_RAW || stamp.kind == CLOCK_GUEST ||
	    stamp.kind == CLOCK_TRACE ||
	    (want != CLOCK_NONE && stamp.kind != want))
		return none;
	return stamp;
}

struct stamp near_before(struct near *near, struct window w, size_t at,
			 enum clock_kind want)
{
	struct near_memory *m = &near->before[want];
	uint64_t from = w.offset + at;
	uint64_t stop = from > INPUT_LOOK ? from - INPUT_LOOK : 0;
	struct stamp stamp = { 0 };
	size_t start = at;

	if (stop < w.offset)
		stop = w.offset;
	while (start > 0 && w.offset + start > stop) {
		const char *nl;

		if (m->any && m->asked <= from && w.offset + start <= m->asked) {
			/* From here back it was looked through already. */
			if (m->stamp.kind != CLOCK_NONE && m->reached >= stop)
				stamp = m->stamp;
			start = m->stamp.kind != CLOCK_NONE && stamp.kind
				? (size_t)(m->reached - w.offset) : 0;
			break;
		}
		nl = start > 1 ? memrchr(w.p, '\n', start - 1) : NULL;
		start = nl ? (size_t)(nl - w.p) + 1 : 0;
		stamp = stamp_at(w, start, want);
		if (stamp.kind != CLOCK_NONE)
			break;
	}
	*m = (struct near_memory){
		.any = true, .asked = from, .reached = w.offset + start,
		.stamp = stamp,
	};
	return stamp;
}

struct stamp near_after(struct near *near, struct window w, size_t at,
			enum clock_kind want)
{
	struct near_memory *m = &near->after[want];
	uint64_t from = w.offset + at;
	struct stamp stamp = { 0 };
	size_t pos = at, stop = at + INPUT_LOOK;
	const char *nl;

	if (stop > w.n)
		stop = w.n;
	if (m->any && m->asked <= from && m->reached > from) {
		if (m->stamp.kind != CLOCK_NONE)
			return m->reached <= from + INPUT_LOOK ? m->stamp
							       : stamp;
		pos = (size_t)(m->reached - w.offset);	/* nothing till there */
		if (pos > w.n)
			pos = w.n;
	} else {
		nl = memchr(w.p + pos, '\n', w.n - pos);
		pos = nl ? (size_t)(nl - w.p) + 1 : w.n;
	}
	while (pos < stop) {
		stamp = stamp_at(w, pos, want);
		if (stamp.kind != CLOCK_NONE)
			break;
		nl = memchr(w.p + pos, '\n', w.n - pos);
		pos = nl ? (size_t)(nl - w.p) + 1 : w.n;
	}
	*m = (struct near_memory){
		.any = true, .asked = from, .reached = w.offset + pos,
		.stamp = stamp,
	};
	return stamp;
}

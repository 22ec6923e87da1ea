/*
 * Which lines were seen before: a table of fingerprints, and clocks.  The table
 * grows with the lines of a power-on, up to a size that stays.
 */

#include <stdlib.h>

#include "parsers/base/die.h"
#include "parsers/readers/replay.h"

enum { ROOM_FIRST = 1 << 10, ROOM_LAST = 1 << 16, RING_LINES_MAX = 200000 };
static const int64_t LATE_NS = 1000000000;	/* CPUs may print this late */
static const int64_t LEAP_NS = 600000000000;	/* one damaged digit leaps */
static const int64_t FINE_NS = 1000;		/* resolution that tells lines apart */

struct clock_state {
	bool any, repeating;	/* the last line of this clock was a repeat */
	int64_t most, leap;		/* leap: too far ahead to be believed once */
};

struct replay {
	uint64_t *table;		/* 0: free */
	size_t room;			/* a power of two */
	bool evicted;			/* the table forgot a line */
	struct clock_state clocks[CLOCK_KINDS];
	uint64_t ring_line;		/* fingerprint of the key-w line, 0: none */
	unsigned ring_left;
};

static uint64_t *new_table(size_t room)
{
	uint64_t *table = calloc(room, sizeof(*table));

	if (!table)
		die("out of memory");
	return table;
}

struct replay *replay_new(void)
{
	struct replay *r = calloc(1, sizeof(*r));

	if (!r)
		die("out of memory");
	r->table = new_table(ROOM_FIRST);
	r->room = ROOM_FIRST;
	return r;
}

void replay_free(struct replay *r)
{
	free(r->table);
	free(r);
}

void replay_restart(struct replay *r, bool whole_machine)
{
	if (whole_machine) {
		free(r->table);
		*r = (struct replay){
			.table = new_table(ROOM_FIRST), .room = ROOM_FIRST,
		};
		return;
	}
	r->clocks[CLOCK_HOST] = (struct clock_state){ 0 };
	r->clocks[CLOCK_TRACE] = (struct clock_state){ 0 };
	r->clocks[CLOCK_TRACE_OTHER] = (struct clock_state){ 0 };
	r->clocks[CLOCK_TRACE_PERF] = (struct clock_state){ 0 };
}

static uint64_t mix(uint64_t h, uint64_t word)
{
	h = (h ^ word) * 0x9e3779b97f4a7c15u;
	return h ^ h >> 32;
}

/* What makes a line that line: speaker, stamp and text. */
static uint64_t fingerprint(const struct framed *f)
{
	uint64_t h = mix(mix(mix(f->text.n, (uint64_t)(int64_t)f->speaker),
			     (uint64_t)f->stamp.kind),
			 (uint64_t)f->stamp.lo);
	struct str rest = f->text;
	uint64_t word;

	for (; rest.n >= sizeof(word); rest = str_skip(rest, sizeof(word))) {
		memcpy(&word, rest.p, sizeof(word));
		h = mix(h, word);
	}
	word = 0;
	if (rest.n)
		memcpy(&word, rest.p, rest.n);
	h = mix(h, word);
	return h ? h : 1;
}

static bool seen(const struct replay *r, uint64_t h)
{
	return r->table[h % r->room] == h ||
	       r->table[(h >> 20) % r->room] == h;
}

void replay_begin(struct replay *r, const struct framed *f)
{
	r->ring_line = fingerprint(f);
	r->ring_left = RING_LINES_MAX;
}

/* Inside the ring that key w prints, up to that key's own line. */
static bool in_ring(struct replay *r, uint64_t h)
{
	if (!r->ring_line)
		return false;
	if (h == r->ring_line || --r->ring_left == 0)
		r->ring_line = 0;
	return true;
}

enum novelty replay_judge(struct replay *r, const struct framed *f,
			  bool inside)
{
	struct clock_state *clock = &r->clocks[f->stamp.kind];
	uint64_t h = fingerprint(f);
	bool known = seen(r, h);

	if (f->trust == TRUST_GUEST)
		return NOVELTY_NEW;
	if (in_ring(r, h) ||
	    (f->speaker == SPEAKER_XEN && f->through_tty))
		return known ? NOVELTY_REPEAT : NOVELTY_LATE;
	if (f->stamp.kind == CLOCK_NONE || f->stamp.kind == CLOCK_TRACE ||
	    f->stamp.kind == CLOCK_TRACE_OTHER ||
	    f->stamp.kind == CLOCK_TRACE_PERF ||
	    !clock->any)
		return NOVELTY_NEW;
	clock->repeating = known && (f->stamp.lo < clock->most ||
		(!inside && f->stamp.hi - f->stamp.lo <= FINE_NS) ||
		(clock->repeating && f->stamp.lo == clock->most));
	if (clock->repeating)
		return NOVELTY_REPEAT;
	if (f->stamp.kind != CLOCK_XEN_RAW &&
	    f->stamp.lo < clock->most - LATE_NS)
		return r->evicted ? NOVELTY_REPEAT : NOVELTY_LATE;
	return NOVELTY_NEW;
}

/* Two places a line: the older one moves; false: it would be forgotten. */
static bool put(struct replay *r, uint64_t h, bool may_forget)
{
	uint64_t *place = &r->table[h % r->room], *other;

	if (*place) {
		other = &r->table[(*place >> 20) % r->room];
		if (*other && !may_forget)
			return false;
		r->evicted |= *other != 0;
		*other = *place;
	}
	*place = h;
	return true;
}

/* All lines again, into a table four times as large. */
static bool move(struct replay *r, const uint64_t *old, size_t room)
{
	bool fine = true;

	r->room *= 4;
	r->table = new_table(r->room);
	for (size_t i = 0; i < room && fine; i++)
		fine = !old[i] || put(r, old[i], r->room == ROOM_LAST);
	return fine;
}

/* Before a line is forgotten the table grows. */
static void grow(struct replay *r)
{
	uint64_t *old = r->table;
	size_t room = r->room;

	while (!move(r, old, room))
		free(r->table);
	free(old);
}

void replay_remember(struct replay *r, const struct framed *f)
{
	struct clock_state *clock = &r->clocks[f->stamp.kind];
	uint64_t h = fingerprint(f);

	if (f->trust == TRUST_GUEST)
		return;
	if (clock->any && f->stamp.kind != CLOCK_XEN_RAW &&
	    f->stamp.lo > clock->most + LEAP_NS &&
	    (clock->leap == 0 || f->stamp.lo < clock->leap))
		clock->leap = f->stamp.lo;	/* the next line tells */
	else if (!clock->any || f->stamp.lo > clock->most)
		clock->most = f->stamp.lo;
	if (f->stamp.lo <= clock->most)
		clock->leap = 0;
	clock->any = true;
	if (seen(r, h))
		return;
	while (!put(r, h, r->room == ROOM_LAST))
		grow(r);
}

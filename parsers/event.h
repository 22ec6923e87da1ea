/*
 * The bar between the two halves of the house: what a reader makes of a
 * capture, and what a sink takes.  Left of it nothing knows SQLite, right of
 * it nothing knows a log line.
 */
#ifndef PARSERS_EVENT_H
#define PARSERS_EVENT_H

#include "parsers/frame/frame.h"

enum { EVENT_VALUES_MAX = 48 };

struct message;				/* parsers/catalog/catalog.h */

/* The span of an instant, in the units of its clock; kind NONE: undated. */
struct when {
	enum clock_kind clock;
	int64_t lo, hi;
	bool open_lo, open_hi;		/* no dated line on that side */
};

struct value {
	uint16_t field;			/* index in the field dictionary */
	uint8_t repeat;			/* 0, or 1 + number of a repeated field */
	bool is_int;
	int64_t i;
	struct str s;
};

struct event {
	const struct message *message;	/* its catalogue entry */
	struct where where;
	struct when when;
	/*
	 * Bounds from the host's stamps around a line of Xen that has its own
	 * stamp: how the two clocks are joined.  kind NONE: none are known.  Of
	 * a stamp in ticks it is the other way round: when has the bounds.
	 */
	struct when between;
	int speaker;
	enum trust trust;
	bool forged, replayed, headless;
	unsigned nvalues;
	struct value values[EVENT_VALUES_MAX];
};

/* What a whole capture came to. */
struct tally {
	uint64_t bytes, lines, matched, unmatched, damaged, replayed;
	/* The same in bytes, line ends included; together they are bytes. */
	uint64_t matched_bytes, unmatched_bytes, damaged_bytes, replayed_bytes;
	uint64_t wrapped;		/* lines that stood broken over several */
	uint64_t clipped, torn, bare_lf, double_cr, xen_lines, host_lines;
	uint64_t unstamped;		/* of Xen, where its other lines have a time */
	uint64_t examined;		/* lines that a regex may have seen */
	bool complete;
};

/* Unclaimed lines that look alike and sound like evidence. */
struct shape {
	struct str shape, text;		/* of all; of the first */
	struct str reason;		/* why they are left alone, if on purpose */
	uint64_t n;
	uint32_t line;			/* of the first */
};

/* Pointers that a sink is given are valid until it returns. */
struct sink {
	void (*event)(struct sink *, const struct event *);
	/* A line that was claimed, for its text; before its event, if any. */
	void (*claimed)(struct sink *, const struct framed *,
			const struct message *);
	/* A banner was only replayed: lines that come before one were, too. */
	void (*not_a_boot)(struct sink *);
	/* At the end of a capture. */
	void (*unclaimed)(struct sink *, struct shape);
};

/* One that does nothing, for whoever wants some of it only. */
struct sink sink_ignore(void);

#endif

/* What the files that read text share; not for other rooms. */
#ifndef PARSERS_READERS_TEXT_H
#define PARSERS_READERS_TEXT_H

#include "parsers/readers/near.h"
#include "parsers/readers/reader.h"
#include "parsers/readers/replay.h"
#include "parsers/readers/unclaimed.h"

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
	struct matcher *probe;		/* asks whether a text stands alone */
	struct sink silent;		/* the probe's */
	struct sink *sink;
	struct tally *tally;
	struct replay *replay;
	struct unclaimed *unclaimed;
	struct {			/* the last piece that nothing claimed */
		bool any;		/* … though a word in it is suspicious */
		struct framed framed;
		struct str reason;
	} doubt;
	struct arena *arena;		/* of the line */
	struct window window;
	size_t at, end;			/* of the current line; end: of the next */
	uint64_t *bytes_to;		/* count that the last line's bytes went to */
	uint64_t line;			/* its number, from 1 */
	uint32_t capture;
	size_t max_line;
	bool skipping;			/* inside a line that was cut */
	bool guest_focus;		/* the console shows a guest's output */
	unsigned stamped;		/* lines of Xen with a time since it started */
	bool claimed, repeated;		/* what became of the current line */
	struct torn torn;
	enum frame_as as;		/* what may stand around a line */
	struct str word;		/* of a listing: stands before each line */
	bool small;			/* all of it is in the window */
	unsigned joined;		/* lines behind the current one that were read with it */
	struct near near;
	struct hits hits, own;		/* of the window, of a joined line */
	struct hits ahead;		/* of what comes after the hits' limit */
	size_t next_hit, next_odd, limit;
	/* Where the machine may start again, and how far it does not. */
	uint64_t start_ahead, no_start;
};

/* dating.c: when a line was printed, by its stamp or its neighbours */
void text_date(struct dater *, const struct framed *, struct when *when,
	       struct when *between);

/* claim.c: one speaker's line, or the part of a line that is one speaker's */
bool text_take_piece(struct text *, struct str piece, unsigned returns,
		     bool inside, const struct hit *hits, size_t nhits);
/* A line with another speaker's line inside: both are read. */
void text_take_torn(struct text *, struct str line, unsigned returns);
/* Is this the rest of a torn line?  Then it is read with its first half. */
bool text_take_tail(struct text *, struct str line, unsigned returns);
/*
 * Counts the last piece as unclaimed evidence, if it sounds like that.
 * harm: what was done to the line, empty: nothing that can be seen.
 */
void text_doubt(struct text *, struct str harm);
/* Is this the beginning of a line that mail broke?  Sets joined. */
bool text_take_broken(struct text *, struct str line, unsigned returns);
/* Quoted-printable is decoded, everything else stays as it is. */
struct str text_unquote(struct text *, struct str line);
/* Where another line of a kernel starts inside this one, 0: nowhere. */
size_t text_inner_line(struct str line);
/* Where a second record starts on the line, 0: it has one. */
size_t text_second_record(struct str line);
/* Place and trust of a framed line. */
void text_place(struct text *, struct framed *, unsigned returns);
/* Matches a framed line; true when it was claimed, or is a repeat. */
bool text_claim(struct text *, struct framed *, unsigned returns,
		const struct hit *hits, size_t nhits);
/* Anchors of a text that is not a part of the window, to t->own. */
void text_scan_own(struct text *, struct str text);

#endif

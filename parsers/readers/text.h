/* What the files that read text share; not for other rooms. */
#ifndef PARSERS_READERS_TEXT_H
#define PARSERS_READERS_TEXT_H

#include "parsers/readers/near.h"
#include "parsers/readers/reader.h"
#include "parsers/readers/replay.h"
#include "parsers/readers/unclaimed.h"

/* Lines that were read with a torn one before them. */
struct torn {
	uint64_t line;			/* of the torn one */
	uint32_t taken;			/* bit n: line + 1 + n was read with one */
	uint32_t repeated;		/* … and is a repeat */
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
	bool programs;			/* lines of tools or traces were claimed */
	bool claimed, repeated;		/* what became of the current line */
	struct torn torn;
	struct str lost;		/* why a part of the line is, empty: none is */
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
/*
 * Counts the last piece as unclaimed evidence, if it sounds like that.
 * harm: what was done to the line, empty: nothing that can be seen; else a
 * part of the line is lost.
 */
void text_doubt(struct text *, struct str harm);
/* An event of its own says that a part of this line is lost, and how. */
void text_tell_lost(struct text *, struct str line);
/*
 * A line that was put together, from here and from line tail: matched as one.
 * inside: another speaker's text stands before it.
 */
bool text_claim_joined(struct text *, struct str joined, unsigned returns,
		       bool inside, uint32_t tail);

/* torn.c: a line with another speaker's line inside: both are read */
void text_take_torn(struct text *, struct str line, unsigned returns);
/* Is this the rest of a torn line?  It was read with its first half. */
bool text_is_tail(struct text *);
/* Is there one from here on? */
bool text_tail_ahead(const struct text *);

/* broken.c */
/* Is this the beginning of a line that mail broke?  Sets joined. */
bool text_take_broken(struct text *, struct str line, unsigned returns);
/* Quoted-printable is decoded, everything else stays as it is. */
struct str text_unquote(struct text *, struct str line);
/* Would an entry claim this text by itself?  Nothing is told to anybody. */
bool text_stands_alone(struct text *, struct str text);
/* Where a second record starts on the line, 0: it has one. */
size_t text_second_record(struct str line);
/* Matches a framed line; true when it was claimed, or is a repeat. */
bool text_claim(struct text *, struct framed *, unsigned returns,
		const struct hit *hits, size_t nhits);
/* Anchors of a text that is not a part of the window, to t->own. */
void text_scan_own(struct text *, struct str text);

#endif

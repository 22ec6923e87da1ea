/* What the files that read text share; not for other rooms. */
#ifndef PARSERS_READERS_TEXT_H
#define PARSERS_READERS_TEXT_H

#include "parsers/readers/near.h"
#include "parsers/readers/reader.h"
#include "parsers/readers/replay.h"

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
/* Anchors of a text that is not a part of the window, to t->own. */
void text_scan_own(struct text *, struct str text);

#endif

/* A line being matched, and the blocks of lines that are open; not for other rooms. */
#ifndef PARSERS_CATALOG_MATCHING_H
#define PARSERS_CATALOG_MATCHING_H

#include "parsers/catalog/entry.h"

enum { OPEN_MAX = 12, GUESTS_MAX = 4 };

/* A block whose head was seen and whose members may still come. */
struct open {
	struct entry *entry;		/* NULL: free */
	struct event event;		/* of the head */
	struct arena *arena;		/* what its values point to; NULL: never used */
	bool pending;			/* not yet given to the sink */
	uint32_t line;			/* its last own one */
	int64_t last;			/* stamp of its last own line, ns */
	uint8_t *repeats;		/* by field, how often so far */
};

struct matcher {
	struct catalog *catalog;
	struct sink *sink;
	struct dater *dater;
	struct regex_scratch *scratch;
	struct arena *arena;		/* of the line */
	struct arena *own;		/* of the matcher itself */
	struct diag diag;
	struct event event;		/* of the line */
	struct open open[OPEN_MAX];
	/* Of guests, of all others; blind: with members that have no anchor. */
	struct { unsigned open, blind; } guests, others;
};

/* match.c: the values of a line, if that is how it looks */
bool matcher_tries(struct matcher *, struct template *, struct str text,
		   struct event *);
/* The line is claimed: what its event says of where, who and when. */
void matcher_start(struct matcher *, const struct framed *,
		   const struct message *);
/* An event that is complete, to the sink. */
void matcher_emit(struct matcher *, struct event *, const struct entry *);

/* blocks.c */
void block_close(struct matcher *, struct open *);
/*
 * Closes the blocks that were silent for too many lines, or for too long.  A
 * line that is looked at for a guest's sake only is no news to the others.
 */
void blocks_age(struct matcher *, const struct framed *, bool has_hits);
/*
 * Opens a block for the event of its head, or of a member without one; line:
 * what was read, which tells the block that this one takes the place of.
 */
struct open *block_open(struct matcher *, struct entry *,
			const struct event *event, const struct event *line);
/* Adds the fields of a "more" line; false if they are there already. */
bool block_add(struct open *, const struct event *line);
/* Tries a line against the open blocks; NULL: it belongs to none. */
const struct message *blocks_try(struct matcher *, const struct framed *);

#endif

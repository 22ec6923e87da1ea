/* A whole input into a sink. */
#ifndef PARSERS_READERS_READER_H
#define PARSERS_READERS_READER_H

#include "parsers/catalog/catalog.h"
#include "parsers/input/input.h"

/* Reads the text of a console, a dmesg or a trace. */
void read_text(struct source *, struct catalog *, struct sink *,
	       uint32_t capture, size_t max_line, enum frame_as,
	       struct tally *);

/* What a file is by its lines, each of which must be one of the listing's. */
struct listing_found {
	const struct listing *listing;	/* NULL: none */
	enum listed_as as;
	const struct listing *broken;	/* none, but it starts like this one */
	uint64_t line;			/* ... and this line is none of it */
};

/* whole: nothing follows; otherwise all of it has to be looked through. */
void listing_look(struct catalog *, struct str bytes, bool whole,
		  struct listing_found *);
/* All of a source, from its start, that was found to start like a listing. */
void listing_look_through(struct source *, struct catalog *,
			  struct listing_found *);
/* Reads it: nobody says its lines, and the listing's word is before each. */
void read_listing(struct source *, struct catalog *, struct sink *,
		  uint32_t capture, size_t max_line, const struct listing *,
		  struct tally *);

#endif

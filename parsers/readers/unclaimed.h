/*
 * Lines that nothing claims although a word in them sounds like evidence:
 * counted by shape, so that the entry that is missing finds itself.
 */
#ifndef PARSERS_READERS_UNCLAIMED_H
#define PARSERS_READERS_UNCLAIMED_H

#include "parsers/event.h"

struct unclaimed;

struct unclaimed *unclaimed_new(void);
void unclaimed_free(struct unclaimed *);
/* reason: why nothing claims the line, empty: it is not known. */
void unclaimed_take(struct unclaimed *, const struct framed *,
		    struct str reason);
/* Hands every shape to the sink. */
void unclaimed_tell(const struct unclaimed *, struct sink *);

#endif

/*
 * The grants that are mapped at one point of a trace, by who mapped them and
 * the handle.  Memory follows their number: at most 62 bytes each, and when
 * only a quarter is left the rest is given back.
 */
#ifndef ANALYZER_STORE_LIVE_H
#define ANALYZER_STORE_LIVE_H

#include <stddef.h>
#include <stdint.h>

struct live {
	int64_t op;			/* grant_op.id of the map */
	int64_t since;			/* its earliest time, for page.h */
	int64_t frame;			/* machine frame, LIVE_NO_FRAME: not told */
	uint32_t lane, mapper, handle;	/* the key: whose time it is, domid, handle */
	uint32_t losses, unmaps;	/* of its lane, when it was mapped */
	uint32_t next;			/* in its bucket */
};

#define LIVE_NO_FRAME INT64_MIN

struct live_set {
	struct live *items;		/* without holes, in no order */
	uint32_t *heads;
	size_t count, room, nheads;
};

/* NULL: it is not mapped. */
struct live *live_find(const struct live_set *, struct live key);
/* The key must not be in it yet. */
void live_add(struct live_set *, struct live);
/* Moves another one to its place: pointers and order are void. */
void live_remove(struct live_set *, struct live *);
void live_free(struct live_set *);

#endif

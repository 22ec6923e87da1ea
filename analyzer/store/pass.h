/* The pass over the operations of a trace: what spans.c and stream.c share. */
#ifndef ANALYZER_STORE_PASS_H
#define ANALYZER_STORE_PASS_H

#include "analyzer/store/live.h"
#include "analyzer/store/store.h"

/* Base clock, ns. */
struct span {
	int64_t lo, hi;
};

/* Operations whose order in time is known: v_join_grant_op. */
struct lane {
	int64_t boot, lane;
	int64_t last;			/* time of the newest one */
	int64_t upto[2];		/* unmaps, maps that were not shown */
	uint32_t losses, unmaps;	/* so far; unmaps: not shown */
};

/* One row of v_join_grant_op. */
struct op {
	int64_t id, boot, lane, t, capture, line, segment;
	int64_t mapper, handle, frame, count, shown;
	bool maps, fine, dated, has_frame;
};

/* A line of a batch that does not show all of it. */
struct batch {
	struct op op;			/* its first row */
	struct span at;
	bool used;
};

struct pass {
	struct store *store;
	struct live_set live;
	struct lane *lanes;
	size_t nlanes, room, lane;	/* lane: the one that was found last */
	struct batch batch;
	struct query *write, *unshown;
	bool ordered;			/* so far; sorted rows always are */
};

struct cursor {
	struct query *q;
	struct op op, before;		/* before: the one that was taken last */
	struct span at;
	bool any;
};

struct lane *pass_lane(struct pass *, int64_t boot, int64_t lane);
/* To the next operation: the query is of v_join_grant_op. */
void pass_advance(struct cursor *);
/* Takes the operation that the cursor is at. */
void pass_take(struct pass *, const struct cursor *);

/*
 * As they were read; fills trace_cover, grant_lost and loss_at too.  False: an
 * operation is older than one before it, so the intervals are void.
 */
bool stream_run(struct pass *);

#endif

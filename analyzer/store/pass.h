/* The pass over the operations of a trace: what spans.c and stream.c share. */
#ifndef ANALYZER_STORE_PASS_H
#define ANALYZER_STORE_PASS_H

#include "analyzer/store/batch.h"
#include "analyzer/store/live.h"
#include "analyzer/store/page.h"

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

/* One row of v_join_grant_op, and where its clock puts it. */
struct op {
	int64_t id, boot, lane, t, capture, line, segment;
	int64_t mapper, handle, frame, count, shown;
	int64_t lo, hi;			/* base clock, EVER, NEVER: not bounded */
	int64_t domain, ref, flags;	/* -1: not told, or not asked for */
	bool maps, fine, dated, has_frame;
};

/* What a segment and a clock of it say of a time. */
struct timeline {
	int64_t segment, clock;		/* clock 0: none */
	int64_t boot, lane, lo, hi;	/* boot 0: none; lo, hi: offsets */
	bool based;			/* on the clock of the boot */
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
	struct batch *write;
	struct query *unshown;
	struct page *page;		/* of faults, NULL: there are none */
	bool ordered;			/* so far; sorted rows always are */
};

struct cursor {
	struct query *q, *find;		/* of operations; of a timeline */
	struct timeline line;		/* the one that was found last */
	bool wide;			/* the query has domain, ref and flags */
	struct op op, before;		/* before: the one that was taken last */
	struct span at;
	bool any;
};

struct lane *pass_lane(struct pass *, int64_t boot, int64_t lane);
/* The lane of an operation, k: its clock. */
#define LANE(segment, clock) "CASE WHEN k.offset_lo IS NOT NULL THEN 0 " \
	"WHEN " clock " IS NULL THEN -" segment " ELSE " clock " END"

/* Operations in the order that the SQL behind FROM v_join_grant_op AS o gives. */
struct cursor cursor_open(const struct pass *, const char *order);
void cursor_close(struct cursor *);
/* To the next operation. */
void pass_advance(struct cursor *);
/* Takes the operation that the cursor is at. */
void pass_take(struct pass *, const struct cursor *);

/*
 * As they were read; fills trace_cover, grant_lost and loss_at too.  False: an
 * operation is older than one before it, so the intervals are void.
 */
bool stream_run(struct pass *);

#endif

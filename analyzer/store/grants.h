/*
 * What is known of a grant of the frame that a fault hit: from a trace (mapped
 * here, unmapped there) or from a dump of the tables (live at that line).  What
 * is said of it is certain only if it holds for every instant the spans allow.
 */
#ifndef ANALYZER_STORE_GRANTS_H
#define ANALYZER_STORE_GRANTS_H

#include "analyzer/store/store.h"

#define NEVER INT64_MAX
#define EVER INT64_MIN

/* Probes sit beside the hypercall, ns. */
#define SLACK_NS INT64_C(1000000)

/* What is known of the faulting frame's grant; the best of several counts. */
struct finding {
	enum {
		NOTHING, LATER_POSSIBLE, ENDED_POSSIBLE, ENDED_CERTAIN,
		LIVE_POSSIBLE, LIVE_CERTAIN,
	} rank;
	bool dump;
	int64_t ref, domain, mapper, flags, distance, capture, line;
	int64_t end_capture, end_line;
	const char *end_what;
	bool has_distance;
	int64_t since;			/* when it was last seen so, NEVER: not */
	int64_t unshown;		/* fault_join.unshown, 0: none */
};

struct fault {
	int64_t id, boot, page, capture, line, lo, hi;
	bool in_order;			/* its place in the file says when */
};

struct grants;
struct page;

/*
 * After spans_settle(), for the faults of v_join_fault, in the order of boot,
 * page and earliest time; page: what spans_settle() filled.
 */
struct grants *grants_open(struct store *, struct page *);
struct finding grants_find(struct grants *, const struct fault *);
void grants_close(struct grants *);

/* The value of a column, or this where it is NULL. */
int64_t int_or(const struct query *, int column, int64_t otherwise);

#endif

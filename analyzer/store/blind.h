/*
 * What the traces of a boot could not show: after spans_settle(), from
 * trace_cover, grant_unshown and grant_dark.
 */
#ifndef ANALYZER_STORE_BLIND_H
#define ANALYZER_STORE_BLIND_H

#include "analyzer/store/grants.h"

enum hidden { UNMAPS, MAPS };

struct blind {
	struct query *missing, *upto, *loose, *covered, *seen_to;
	int64_t widest;			/* span of a batch that is not shown */
	bool all_shown;			/* nothing is missing anywhere */
	int64_t boot, to;		/* up to when the traces of a boot tell */
};

void blind_open(struct blind *, struct store *);
void blind_close(struct blind *);

/* Was one possible, between that instant and the fault, that no trace shows? */
bool blind_may_miss(struct blind *, const struct fault *, enum hidden,
		    int64_t after);
/* How many operations of batches is the finding in doubt for? */
int64_t blind_count(struct blind *, const struct fault *,
		    const struct finding *);
/* Up to when the traces of a boot tell, EVER: there is none. */
int64_t blind_seen_to(struct blind *, int64_t boot);
/* Does a trace tell of the time up to the fault? */
bool blind_covers(struct blind *, const struct fault *);

/* Without a wrap around. */
int64_t minus(int64_t a, int64_t b);
int64_t plus(int64_t a, int64_t b);

#endif

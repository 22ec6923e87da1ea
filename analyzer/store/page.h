/*
 * The grants of one page, for its faults: both are taken in order of boot,
 * page and time, so each is looked at once.  What ended before a fault is
 * forgotten, but for the last one: memory follows what may be live at a time.
 */
#ifndef ANALYZER_STORE_PAGE_H
#define ANALYZER_STORE_PAGE_H

#include "analyzer/store/grants.h"

/* A grant that a trace tells of; base clock, ns. */
struct granted {
	int64_t since;			/* map_lo, EVER: of an unknown time */
	int64_t map_lo, map_hi, end_lo, end_hi;	/* EVER, NEVER: not bounded */
	int64_t before;			/* when the last of those before it ended */
	int64_t ref, domain, mapper, flags, capture, line;
	int64_t end_capture, end_line;
	size_t longest;			/* number of that one */
	bool ends, reused;
};

/* Which one of a page: by the map, its earliest time and grant_op.id. */
struct which {
	int64_t boot, page, since, map;
};

/* First the pages that faults hit, then the grants in any order; then each. */
struct page *page_open(struct store *);
void page_close(struct page *);
void page_hit(struct page *, int64_t boot, int64_t page);
/* Where a grant begins: map_hi to line of it count. */
void page_map(struct page *, struct which, const struct granted *);
/* Where it ends: end_lo, end_hi, reused, end_capture and end_line count. */
void page_end(struct page *, struct which, const struct granted *);
/* Forgets the grants. */
void page_clear(struct page *);

/* Makes those known that began up to that instant, and the one behind them. */
void page_load(struct page *, const struct fault *, int64_t bound);
/* How many began up to that instant: their numbers are below it. */
size_t page_begun(const struct page *, int64_t bound);
/* By its number; NULL: there is none, or it ended long ago. */
const struct granted *page_item(const struct page *, size_t number);

#endif

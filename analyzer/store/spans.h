/*
 * Grants that a trace saw begin and end: fills grant_interval.  Makes, in the
 * temp schema, what the merge with the faults needs, times in ns on the base
 * clock of the boot:
 *   trace_cover (boot, capture, line, first_lo, first_hi, last_lo, last_hi):
 *     from when to when each trace has operations, and its first line;
 *   grant_unshown (boot, maps, lo, hi, upto): a batch with operations that the
 *     trace does not show; upto: their number up to here;
 *   grant_dark (boot, maps, lo, hi, n): when any operation may be missing
 *     (maps 2), or n maps (1) or unmaps (0) of batches of an unknown time;
 *     NULL: open on that side.
 */
#ifndef ANALYZER_STORE_SPANS_H
#define ANALYZER_STORE_SPANS_H

#include "analyzer/store/page.h"

/* The grants of pages that faults hit go to page, too; NULL: no fault did. */
void spans_settle(struct store *, struct page *);

#endif

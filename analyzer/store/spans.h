/*
 * Grants that a trace saw begin and end.  Makes, in the temp schema,
 *   grant_span (op, boot, frame, map_lo, map_hi, end_op, end_lo, end_hi),
 *   grant_hidden (boot, lo, hi): unmaps of a batch that the trace does not show,
 *   v_join_span: spans with both ends' places, and when the trace ends;
 * times in ns on the base clock of the boot, NULL: open.
 */
#ifndef ANALYZER_STORE_SPANS_H
#define ANALYZER_STORE_SPANS_H

#include "analyzer/store/store.h"

void spans_build(struct store *);

#endif

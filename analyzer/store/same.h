/* What several captures of one boot show twice. */
#ifndef ANALYZER_STORE_SAME_H
#define ANALYZER_STORE_SAME_H

#include "analyzer/store/store.h"

/* Is there a call with several captures of a console or a log? */
bool same_any(struct store *);
/*
 * Before boots are settled: the table twin (a, b, own, same) of stretches
 * (segment.id) that are, or are not, of one power-on, by their stamps.
 */
void same_find_boots(struct store *);
/* After that: fills same_line, and takes its rows from their stretches. */
void same_find_lines(struct store *);

#endif

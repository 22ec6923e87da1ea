/*
 * Records of numbers in the order of the first ones.  Memory is bounded: more
 * than a run of records goes to a temporary table, sorted, and the runs are
 * merged while they are read.
 */
#ifndef ANALYZER_STORE_SORT_H
#define ANALYZER_STORE_SORT_H

#include "analyzer/store/store.h"

enum { SORT_WORDS_MAX = 20 };

struct sort;

/*
 * Records of so many numbers; keys: how many of them tell the order.  The name
 * is that of the temporary table.
 */
struct sort *sort_open(struct store *, const char *name, int words, int keys);
void sort_add(struct sort *, const int64_t *record);
/* Forgets what was added. */
void sort_clear(struct sort *);
/* One after the other, NULL at the end; valid until the next call. */
const int64_t *sort_next(struct sort *);
void sort_close(struct sort *);

#endif

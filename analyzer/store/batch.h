/*
 * Rows that go to a table many at a time: they are gathered, and SQLite takes
 * them as it takes the rows of another table, which costs a third of a
 * statement for each.
 */
#ifndef ANALYZER_STORE_BATCH_H
#define ANALYZER_STORE_BATCH_H

#include "analyzer/store/store.h"

/* One value: a text, else a number, else NULL. */
struct cell {
	const char *text;		/* lives as long as the program */
	int64_t number;
	bool known;			/* there is a number */
};

struct batch;

/* columns: their names with commas, n of them. */
struct batch *batch_open(struct store *, const char *table,
			 const char *columns, int n);
/* The next row, all NULL: to be filled before the next call. */
struct cell *batch_row(struct batch *);
/* Rows that are not written yet are forgotten. */
void batch_drop(struct batch *);
/* Writes what is left. */
void batch_close(struct batch *);

static inline struct cell cell_number(int64_t number)
{
	return (struct cell){ .number = number, .known = true };
}

#endif

/*
 * Sorted records of sort.c in a temporary table: each says which of its numbers
 * differ from the record before it, and by how much, which is a few bytes
 * where it has many.
 */
#ifndef ANALYZER_STORE_RUN_H
#define ANALYZER_STORE_RUN_H

#include "analyzer/store/rows.h"
#include "analyzer/store/sort.h"

/* The table; made when a run is first put into it. */
struct run_table {
	struct store *store;
	const char *name;
	size_t words;			/* of a record */
	struct arena *arena;		/* NULL: there is no table yet */
	sqlite3_stmt *put, *get;
};

/* Rows first to last of the table. */
struct run {
	int64_t first, last;
	unsigned char *bytes;		/* of one row */
	size_t n, at;
	int64_t now[SORT_WORDS_MAX];	/* the record */
};

/* An empty one.  It is written, ended, then read: false at its end. */
struct run run_new(struct run_table *);
void run_put(struct run_table *, struct run *, const int64_t *record);
void run_end(struct run_table *, struct run *);
bool run_get(struct run_table *, struct run *);

/* Forgets all rows before that one. */
void run_table_drop(struct run_table *, int64_t before);
void run_table_close(struct run_table *);

#endif

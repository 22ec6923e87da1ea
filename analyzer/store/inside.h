/* What the files of this room share. */
#ifndef ANALYZER_STORE_INSIDE_H
#define ANALYZER_STORE_INSIDE_H

#include <sqlite3.h>

#include "analyzer/store/store.h"

struct rows;			/* sink.c */
struct view;			/* schema.c */

struct store {
	sqlite3 *db;
	const char *path;	/* NULL: private */
	const struct data *data;
	struct arena *arena;
	struct rows *rows;
	struct view *views;	/* private: those that are made when named */
	size_t nviews;
	int64_t call;		/* number of this call's captures */
	uint32_t capture;	/* the one being read */
	bool all;		/* no guard stops a statement: for "check" */
	int64_t deadline;	/* ms, of a stranger's query; 0: none */
};

/* Ends the program with SQLite's words. */
_Noreturn void store_die(struct store *, const char *doing);

/* schema.c: tables, views and their first rows */
void schema_create(struct store *);
/* The same for a private one, without the views that are rarely wanted. */
void schema_private(struct store *);
/* Makes those of them that this SQL names. */
void schema_want(struct store *, struct str sql);

/* boots.c: segments to boots; clocks.c: offsets; join.c: faults and grants */
void boots_settle(struct store *);
void clocks_settle(struct store *);
/* meets.c: of those that this leaves, what other clocks join */
void clocks_meet(struct store *);
void join_settle(struct store *);

/* sink.c */
void rows_free(struct rows *);

#endif

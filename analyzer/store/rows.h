/* Rows being written: inserts by entry, and the stretch that is being read. */
#ifndef ANALYZER_STORE_ROWS_H
#define ANALYZER_STORE_ROWS_H

#include "analyzer/store/inside.h"

enum { COLUMNS_MAX = 64, COMMON = 11 };

/* Where a field of an entry goes: a bind number, 0: nowhere. */
struct route {
	uint16_t field;
	uint8_t repeat;
	uint8_t bind;
};

/* What each row of an entry has: a constant, or the name of a note's field. */
struct fixed {
	struct str value;
	uint8_t bind;
	bool is_int;
	int64_t i;
};

/* The insert of one entry. */
struct insert {
	uint64_t refused;		/* rows that lacked what the table needs */
	sqlite3_stmt *statement;	/* entries of the same columns share it */
	struct route *routes;
	struct fixed *fixed;
	unsigned nroutes, nfixed;	/* each COLUMNS_MAX at most */
	int64_t message;		/* message.id */
	int headless;			/* bind number, 0: no such column */
	unsigned kept;			/* texts kept of this capture */
};

/* A clock of the segment, and what the order of lines says about it. */
struct clock_row {
	int64_t id;
	bool has_lo, has_hi;
	int64_t lo, hi;			/* of ticks: of the stamps themselves */
};

struct segment {
	int64_t id;
	bool early;			/* Xen speaks, its banner is to come */
	bool banner;			/* Xen's banner is in it */
	bool started;			/* and what comes well behind it */
	uint32_t banner_line, below;	/* below: first early line after it */
	bool kernel_early;		/* a kernel speaks, its banner is to come */
	int64_t xen, kernels, rows;
	struct clock_row clocks[CLOCK_KINDS];
	int64_t sight_width, sight_tick;	/* of tick_sight; 0: none yet */
};

struct rows {
	struct sink sink;		/* first */
	struct store *store;
	const struct catalog *catalog;
	struct arena *arena;
	struct arena *row;		/* of the row being written */
	struct insert **inserts;	/* by message id; NULL: not yet */
	struct names texts;		/* of the inserts' statements */
	sqlite3_stmt **statements;	/* by text */
	size_t statements_room;
	struct segment segment;
	struct segment before;		/* the one before early lines */
	sqlite3_stmt *fact, *text, *message, *sight;
};

/* rows.c */
sqlite3_stmt *rows_prepare(struct store *, struct str sql);
void rows_step(struct store *, sqlite3_stmt *);
void rows_bind_str(sqlite3_stmt *, int n, struct str);
/* NULL unless has. */
void rows_bind_bound(sqlite3_stmt *, int n, bool has, int64_t value);
/*
 * Runs a statement on each table of events: %w in the format is its name, the
 * two %lld are a and b.
 */
void rows_each_table(struct store *, const char *format, int64_t a, int64_t b);

/* insert.c: the insert of an entry, made when it is first wanted */
struct insert *insert_of(struct rows *, const struct message *);

/* segment.c: where a stretch starts and ends, and what it teaches of clocks */
void segment_start(struct rows *, uint32_t line, const char *starts);
void segment_end(struct rows *);
/* Power-ons and kernels start new stretches; a replay or a guest does not. */
void segment_turn(struct rows *, const struct event *);
/* The early lines belonged to a replay: back to the stretch before them. */
void segment_take_back(struct rows *);
struct clock_row *segment_clock(struct rows *, enum clock_kind);
/* True when a line with ticks is one to keep: tick_sight. */
bool segment_learn(struct rows *, const struct event *);

#endif

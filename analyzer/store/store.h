/*
 * The database: what the captures hold as rows, and questions to it.  The one
 * room that knows SQLite.
 */
#ifndef ANALYZER_STORE_STORE_H
#define ANALYZER_STORE_STORE_H

#include "analyzer/data/data.h"
#include "parsers/base/diag.h"
#include "parsers/catalog/catalog.h"

struct store;
struct query;

/* "FAUL": PRAGMA application_id of our databases. */
enum { STORE_APPLICATION_ID = 0x4641554c, STORE_VERSION = 7 };

enum store_mode { STORE_READ, STORE_WRITE, STORE_CREATE };

/*
 * A database of its own that vanishes when it is closed.  A view whose file
 * starts with "-- when named" is made when a statement names it.
 */
struct store *store_private(const struct data *);
/* What a private database holds now, byte by byte; for make-image. */
struct str store_image(struct store *, struct arena *);
/*
 * A file.  NULL after a message to stderr: not there, not ours, made by a newer
 * version, damaged, or busy.
 */
struct store *store_open(const char *path, enum store_mode,
			 const struct data *);
void store_close(struct store *);
/* A private one at the end of the program, which frees it faster. */
void store_leave(struct store *);
/* True when the file starts as an SQLite database does. */
bool store_is_database(const char *path);

void store_begin(struct store *);
/* False: the disk is full or failed; everything since begin is undone. */
bool store_commit(struct store *);
void store_rollback(struct store *);
/* Runs statements of ours; ends the program when they fail. */
void store_run(struct store *, struct str sql, const char *name);
/*
 * Runs a file of ours.  What stands below a line "-- when SELECT ...", up to
 * the next such line, is run only if that SELECT has a row: what cannot have
 * a result need not be prepared.
 */
void store_run_file(struct store *, const struct data_file *);
/* Has this SELECT of ours, of that file, a row? */
bool store_has(struct store *, struct str select, const char *name);
/* For "check": from now on store_has() is true, so all is prepared and run. */
void store_run_all(struct store *);
/* Runs statements; false with the reason in *error (valid until the next). */
bool store_try(struct store *, struct str sql, const char **error);

/* ---- taking captures in ------------------------------------------------ */

/* Prepares inserts for a catalogue's entries; once, before the first capture. */
struct sink *store_sink(struct store *, const struct catalog *);
/* Problems of entries with tables and columns, for "check". */
void store_check_entries(struct store *, const struct catalog *,
			 struct diag *);

/* A call of the program: its captures are of one machine. */
void store_begin_call(struct store *);
uint32_t store_begin_capture(struct store *, struct str name);
/* Ends the capture that was begun last. */
void store_end_capture(struct store *, const struct tally *,
		       const char *digest);
/*
 * What became of something that was looked at: what it was taken for, and the
 * capture, or why there is none.
 */
void store_input(struct store *, struct str name, const char *form,
		 uint32_t capture, const char *why);
/* The source line of a place in an image: address as linked. */
void store_source(struct store *, struct str image, uint64_t at,
		  struct str file, unsigned line);
/* Takes the capture that was begun last back: nothing was claimed in it. */
void store_cancel_capture(struct store *);
/* The capture that has this digest, 0: none. */
uint32_t store_find_capture(struct store *, const char *digest);
/* Sizes of captures of that name: calls each, for digests of beginnings. */
void store_sizes(struct store *, struct str name,
		 void (*each)(void *arg, uint64_t bytes), void *arg);
/* Forgets a capture and all that came from it. */
void store_drop_capture(struct store *, uint32_t capture);
/* The newer capture takes the older one's place: its call, then its end. */
void store_replace_capture(struct store *, uint32_t older, uint32_t newer);
/* A fact that the user tells: it belongs to every boot. */
void store_tell(struct store *, struct str name, struct str value);
/* The same, but it stands in place of what lines say. */
void store_assume(struct store *, struct str name, struct str value);
/*
 * A clock that the user pins, and is kept: the capture's stamps and an offset
 * from lo to hi, ns, are its boot's base clock.  How many captures have that
 * name, or end in it behind a '/'; nothing is done unless it is one.
 */
unsigned store_tell_clock(struct store *, struct str name, int64_t lo,
			  int64_t hi, bool forget);
/* Names of the captures, the first of them, with commas. */
struct str store_names(struct store *, struct arena *);
/* After the last capture: power-ons; then clocks, faults and grants. */
void store_settle_boots(struct store *);
void store_settle(struct store *);

/* ---- asking ------------------------------------------------------------ */

/* NULL with the reason in *error.  Only the first statement is looked at. */
struct query *query_open(struct store *, struct str sql, const char **error);
/* Where in its SQL the last statement that failed went wrong, -1: not told. */
ptrdiff_t query_error_at(const struct store *);
/* As query_open, but a failure ends the program. */
struct query *query_must(struct store *, const char *sql);
void query_bind_int(struct query *, int number, int64_t value);
void query_bind_null(struct query *, int number);
void query_bind_text(struct query *, int number, struct str value);
/* False at the end; query_error() tells whether it is the real one. */
bool query_next(struct query *);
const char *query_error(const struct query *);
/* As query_next, but a failure ends the program: a cut report is no report. */
bool query_row(struct query *);
/* True when such a statement has a row. */
bool query_any(struct store *, const char *sql);
void query_reset(struct query *);
/* Unbinds all values. */
void query_clear(struct query *);
void query_close(struct query *);
int query_columns(const struct query *);
const char *query_name(const struct query *, int column);
bool query_is_null(const struct query *, int column);
bool query_is_number(const struct query *, int column);
int64_t query_int(const struct query *, int column);
/* Valid until the next row. */
struct str query_text(const struct query *, int column);
/* False for a statement that could change anything. */
bool query_only_reads(const struct query *);
/* Runs a statement with no answer. */
void query_run(struct query *);

/*
 * For a stranger's SQL: reads only, no other files, and stops after so many
 * milliseconds.
 */
void store_guard(struct store *, unsigned milliseconds);
/* integrity_check of the file: NULL, or what is wrong. */
const char *store_integrity(struct store *);

const char *store_library_version(void);

#endif

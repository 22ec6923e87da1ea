/* Commands: what the user typed, and one function a command. */
#ifndef ANALYZER_CMD_CMD_H
#define ANALYZER_CMD_CMD_H

#include "analyzer/report/report.h"
#include "parsers/readers/reader.h"

enum exit_code {
	EXIT_FINE = 0,		/* done, whatever was found */
	EXIT_YES = 1,		/* --exit-code, --fail-on, check: there is something */
	EXIT_FATAL = 2,		/* usage, or nothing could be done */
	EXIT_PARTLY = 3,	/* an input was not read to its end, or a limit cut it */
};

enum { ASKED_XEN, ASKED_LINUX, ASKED_ARCH, ASKED_CMDLINE, ASKED };
enum { OPERANDS_MAX = 4096, FACTS_MAX = 64, EXTRA_MAX = 64, CLOCKS_MAX = 64 };

/* --clock: what the stamps of a capture lack to its boot's base clock, ns. */
struct clock_told {
	struct str name;	/* of the capture, or the last part of it */
	int64_t lo, hi;
	bool forget;		/* not pinned any more */
};

struct options {
	const char *database;	/* -d, $FAULTLINE_DB, faultline.db */
	bool database_given;
	const char *data;	/* --data */
	enum format format;
	bool format_given, quiet;
	enum fail_on { FAIL_NEVER, FAIL_POSSIBLE, FAIL_LIKELY, FAIL_CONFIRMED }
		fail_on;
	size_t max_line;
	enum frame_as as;	/* --as */
	unsigned timeout;	/* seconds, of a query */
	bool sql;		/* --sql, of why */
	const char *output;	/* -o: folder, of capture-kit; or NULL */
	struct str facts[FACTS_MAX];	/* name=value */
	unsigned nfacts;
	struct str assumed[FACTS_MAX];	/* name=value */
	unsigned nassumed;
	const char *asked[ASKED];	/* of exposures; NULL: not given */
	bool asks, facts_age;	/* any of asked; --facts-age, of check */
	struct clock_told clocks[CLOCKS_MAX];
	unsigned nclocks;
	const char *extra[EXTRA_MAX];	/* -m: users' catalogues */
	unsigned nextra;
	const char *operands[OPERANDS_MAX];
	unsigned noperands;
};

/* What every command works with. */
struct session {
	struct options options;
	struct arena *arena;
	struct data *data;
	struct fields fields;
	struct catalog *catalog;
	const char **extra;	/* catalogues of the user's, by name */
	size_t nextra, extra_room;
	struct causes causes;
	struct diag diag;
};

struct command {
	const char *name, *operands, *title;
	int (*run)(struct session *);
	bool hidden;
};

extern const struct command commands[];	/* ends with a NULL name */

/* options.c.  -1: go on; otherwise the exit code. */
int options_parse(struct options *, int argc, char **argv,
		  const struct command **command);
void options_help(FILE *, bool all);
/* values.c: false when the value is none of those */
bool set_as(struct options *, const char *value);
bool set_max_line(struct options *, const char *value);
bool set_timeout(struct options *, const char *value);

/* clock.c.  "FILE=SECONDS", "FILE=SECONDS+-SECONDS", "FILE=none" */
bool clock_parse(const char *word, struct clock_told *);
/* Writes those of the options down; false after a message: no such capture. */
bool clock_tell_all(struct session *, struct store *);

/* session.c: false after a message */
bool session_open(struct session *);
void session_close(struct session *);
/* Catalogue, users' entries and causes; false after messages. */
bool session_knowledge(struct session *);
/* The built-in messages alone, looked at anew; NULL after a message. */
struct catalog *session_look(struct session *);
/* Flushes stdout; the exit code when writing failed, else code. */
int session_finish(int code);

/* inputs.c: files, archives and folders into a store.  The worst exit code. */
int take_captures(struct session *, struct store *,
		  const char *const *files, unsigned n);
/* sources.c: asks images of this call for the lines of the places named. */
void take_source_lines(struct session *, struct store *);
/* facts.c: are these facts that anything states or asks for?  False after a message. */
bool facts_known(struct session *);
/*
 * take.c: boots, facts and clocks that were told, verdicts; then again with
 * what is assumed.  False after a message: what was told is of no capture here.
 */
bool take_settle(struct session *, struct store *);

int cmd_default(struct session *);
int cmd_ingest(struct session *);
int cmd_report(struct session *);
int cmd_query(struct session *);
int cmd_why(struct session *);
int cmd_causes(struct session *);
int cmd_messages(struct session *);
int cmd_explain(struct session *);
int cmd_decode(struct session *);
int cmd_convert(struct session *);
int cmd_kit(struct session *);
int cmd_check(struct session *);
int cmd_exposures(struct session *);
int cmd_facts_age(struct session *);
int cmd_version(struct session *);

/* exposures.c: --xen, --linux, --arch, --cmdline; --facts-age */
bool ask_xen(struct options *, const char *value);
bool ask_linux(struct options *, const char *value);
bool ask_arch(struct options *, const char *value);
bool ask_cmdline(struct options *, const char *value);
bool ask_age(struct options *, const char *value);

/* kit.c: are the headers of the capture kit's pieces whole? */
void kit_check(struct session *);

/* The exit code that --exit-code and --fail-on ask for. */
int verdict_exit(const struct options *, struct store *);

#endif

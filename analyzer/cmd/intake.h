/* From what the user names to captures: files, archives, folders; not for other rooms. */
#ifndef ANALYZER_CMD_INTAKE_H
#define ANALYZER_CMD_INTAKE_H

#include "analyzer/cmd/cmd.h"

enum { REASONS_MAX = 24 };

/* One call: where things go, and what was done so far. */
struct intake {
	struct session *session;
	struct store *store;
	struct sink *sink;
	bool in_set;			/* an archive's member, or below a folder */
	unsigned taken, left;
	struct { const char *why; unsigned n; } reasons[REASONS_MAX];
	unsigned nreasons;
};

/* take.c: a message on stderr, unless --quiet; format has one %s, for what. */
void intake_notice(const struct session *, const char *name,
		   const char *format, const char *what);
/* Asks a source, before it is read, for what tells whether it has grown. */
void intake_marks(struct intake *, const char *name, struct source *);
/*
 * A console's text, a listing, or lines that were made of another form; the
 * exit code.
 */
int intake_capture(struct intake *, struct source *, const char *name,
		   const char *form, enum frame_as, const struct listing *);

/* listing.c: what is neither packed nor of a form; window: its beginning */
int intake_text(struct intake *, struct source *, const char *name,
		struct window);

/* inputs.c: writes down what was not taken, and why */
void intake_leave(struct intake *, const char *name, const char *form,
		  const char *why);

#endif

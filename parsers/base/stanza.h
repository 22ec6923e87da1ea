/*
 * Stanzas: lines of "key value", an empty line between two stanzas, '|' to go
 * on in the next line, '#' for a comment.  Serves .msg files and the comment
 * header of .sql files (lead "-- ").
 */
#ifndef PARSERS_BASE_STANZA_H
#define PARSERS_BASE_STANZA_H

#include "parsers/base/arena.h"
#include "parsers/base/diag.h"

struct stanza_line {
	struct str key, value;		/* value: lines joined by '\n' */
	unsigned indent;		/* blanks before the key */
	struct place place;		/* of the value */
	struct stanza_line *next;
};

struct stanza {
	struct stanza_line *lines;
	unsigned count;
};

struct stanza_reader {
	struct str rest;
	const char *file;
	const char *lead;		/* what starts each line: "" or "-- " */
	unsigned line;
	size_t room;			/* of a value that goes on, its bytes */
};

void stanza_open(struct stanza_reader *, struct str text, const char *file,
		 const char *lead);
/* False at the end of the text.  Keys and values live in the arena. */
bool stanza_next(struct stanza_reader *, struct arena *, struct stanza *);
/* What stands behind the last stanza that was read. */
struct str stanza_rest(const struct stanza_reader *);

#endif

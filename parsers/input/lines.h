/* A feed that makes lines, for what reads files that are no text; not for other rooms. */
#ifndef PARSERS_INPUT_LINES_H
#define PARSERS_INPUT_LINES_H

#include "parsers/input/input.h"

struct lines {
	struct feed feed;			/* first */
	bool (*more)(struct lines *);		/* adds lines; false: the end */
	char *text;				/* what is not given away yet */
	size_t n, used, room;
};

void lines_init(struct lines *, bool (*more)(struct lines *));
void lines_free(struct lines *);
/* Adds text, which holds no byte of the file but through the next two. */
__attribute__((format(printf, 2, 3)))
void lines_add(struct lines *, const char *format, ...);
/* Adds bytes of the file as they are, for what is read as a console's. */
void lines_raw(struct lines *, struct str);
/* Adds bytes of the file, what is not printable as \xNN. */
void lines_text(struct lines *, struct str);
/* The same as one word: blanks as \x20, nothing as "-". */
void lines_word(struct lines *, struct str);

#endif

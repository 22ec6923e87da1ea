/*
 * What is wrong with somebody's data: place, sentence, the line with a caret,
 * and a hint.  Work goes on afterwards; the caller asks for the count.
 */
#ifndef PARSERS_BASE_DIAG_H
#define PARSERS_BASE_DIAG_H

#include "parsers/base/str.h"

struct diag {
	unsigned problems;
	unsigned shown;			/* at most limit are printed */
	unsigned limit;			/* 0: all */
};

struct place {
	const char *file;
	unsigned line, column;		/* from 1; 0: not known */
	struct str text;		/* the line itself, may be empty */
};

/* The place of byte at of a text: line, column and the line itself. */
struct place place_in(const char *file, struct str text, size_t at);

void diag_at(struct diag *, struct place, const char *hint,
	     const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif

/* A whole input into a sink. */
#ifndef PARSERS_READERS_READER_H
#define PARSERS_READERS_READER_H

#include "parsers/catalog/catalog.h"
#include "parsers/input/input.h"

/* Reads the text of a console, a dmesg or a trace. */
void read_text(struct source *, struct catalog *, struct sink *,
	       uint32_t capture, size_t max_line, enum frame_as,
	       struct tally *);

#endif

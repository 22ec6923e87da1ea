/* The data files, as the build put them into the program. */
#ifndef ANALYZER_DATA_EMBEDDED_H
#define ANALYZER_DATA_EMBEDDED_H

#include <stddef.h>

#include "parsers/catalog/index.h"

struct embedded_file {
	const char *name;		/* path from the top of the tree */
	const unsigned char *bytes;
	size_t size;
};

extern const struct embedded_file embedded_files[];	/* ends with a NULL name */

/* What the build made of these files (schema/make-image.c); all 0: nothing. */
extern const struct embedded_file embedded_image;	/* an empty database */
extern const struct catalog_index embedded_index;	/* of the messages */

#endif

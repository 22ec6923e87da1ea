/* The data files, as the build put them into the program. */
#ifndef ANALYZER_DATA_EMBEDDED_H
#define ANALYZER_DATA_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
	const char *name;		/* path from the top of the tree */
	const unsigned char *bytes;
	size_t size;
};

extern const struct embedded_file embedded_files[];	/* ends with a NULL name */

/* An empty database of these files (schema/make-image.c); size 0: none. */
extern const struct embedded_file embedded_image;

#endif

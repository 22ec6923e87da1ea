/*
 * The files that say what faultline knows: built in, or read from a tree
 * (--data DIR) while they are being worked on.
 */
#ifndef ANALYZER_DATA_DATA_H
#define ANALYZER_DATA_DATA_H

#include "parsers/base/arena.h"

struct data;
struct catalog_index;

struct data_file {
	struct str name;	/* such as schema/causes/x.sql, NUL behind it */
	struct str text;
};

/* dir: a source tree, or NULL for what is built in.  NULL: cannot read dir. */
struct data *data_open(const char *dir);
void data_close(struct data *);

/* The file of that name; text.p is NULL when there is none. */
struct data_file data_find(const struct data *, const char *name);
/* Files whose names start and end so, in order of name; NULL at the end. */
const struct data_file *data_next(const struct data *, const char *prefix,
				  const char *suffix,
				  const struct data_file *after);

/*
 * What the tables' files come to, as an empty database that the build made of
 * them; n is 0 when there is none.
 */
struct str data_image(const struct data *);
/* The index that the build made of the messages; NULL: there is none. */
const struct catalog_index *data_index(const struct data *);

/* "arm-x" of "schema/causes/arm-x.sql" */
struct str data_stem(const struct data_file *);
/* A whole file of any name; false with errno set. */
bool data_slurp(const char *path, struct arena *, struct str *text);

#endif

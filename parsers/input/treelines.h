/* The lines that are made of a device tree: treelines.c and masters.c; not for other rooms. */
#ifndef PARSERS_INPUT_TREELINES_H
#define PARSERS_INPUT_TREELINES_H

#include "parsers/input/lines.h"
#include "parsers/input/tree.h"

struct treelines {
	struct lines lines;		/* first */
	struct tree tree;
	char *bytes;			/* of the blob */
	size_t next;			/* node to tell of */
	size_t told;			/* bytes of lines that were given away */
	bool ended;
	char path[TREE_PATH], other[TREE_PATH], bus[2 * TREE_PATH];
};

void tree_add_path(struct treelines *, const char *before, size_t node);
void tree_add_bus(struct treelines *, size_t node);
void tree_add_problem(struct treelines *, size_t node, const char *what);
/* Whether the tree may have more lines. */
bool tree_has_room(const struct treelines *);
/* The stream IDs that the properties of a node give out. */
void tree_tell_masters(struct treelines *, size_t node);

#endif

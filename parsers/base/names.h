/* Names and their numbers, found by hash: 0, 1, 2, … in order of adding. */
#ifndef PARSERS_BASE_NAMES_H
#define PARSERS_BASE_NAMES_H

#include <stdint.h>

#include "parsers/base/arena.h"

struct names {
	struct arena *arena;
	struct str *items;
	uint32_t *hashes;		/* of each item */
	uint32_t *slots;		/* number + 1, by hash */
	size_t count, room;		/* room: a power of two, or 0 */
};

/* The number of a name, or -1.  All zero is a set without names. */
ptrdiff_t names_find(const struct names *, struct str name);
/* The number of a name, which is added when it is not there. */
size_t names_add(struct names *, struct str name);

#endif

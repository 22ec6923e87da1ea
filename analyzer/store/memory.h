/* What an address is, by the memory ranges of its boot: for the merge pass. */
#ifndef ANALYZER_STORE_MEMORY_H
#define ANALYZER_STORE_MEMORY_H

#include "analyzer/store/store.h"

struct memory_range;

struct memory {
	struct memory_range *items;	/* sorted, disjoint within a class */
	size_t count, room;
	struct memory_boot *boots;
	size_t nboots, boots_room;
};

void memory_load(struct memory *, struct store *);
void memory_free(struct memory *);
/* The class of an address (fault_join.frame_class), NULL: not known. */
const char *memory_class(const struct memory *, int64_t boot, int64_t address);

#endif

/*
 * Memory by lifetime: an arena is filled piece by piece and emptied at once.
 * Running out of memory ends the program (die), so nothing here returns NULL.
 */
#ifndef PARSERS_BASE_ARENA_H
#define PARSERS_BASE_ARENA_H

#include <stddef.h>

#include "parsers/base/str.h"

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *);
/* Empties the arena and keeps its first block. */
void arena_reset(struct arena *);

/* Zeroed bytes, aligned for any type. */
void *arena_alloc(struct arena *, size_t bytes);
#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, n) \
	((type *)arena_alloc((arena), sizeof(type) * (n)))

/* A copy of s, followed by a NUL that is not counted. */
struct str arena_copy(struct arena *, struct str s);
char *arena_cstr(struct arena *, struct str s);
struct str arena_printf(struct arena *, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Grows an array outside any arena: *items has room for at least want items
 * of size bytes afterwards.  heap_free() gives it back.
 */
void heap_grow(void *items, size_t *room, size_t want, size_t size);
void heap_free(void *items);

#endif

/* Arenas: blocks in a list, each twice as large as the one before. */

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "parsers/base/arena.h"
#include "parsers/base/die.h"

enum { FIRST_BLOCK = 16 << 10, LAST_BLOCK = 1 << 20, ALIGN = 16 };

struct block {
	struct block *next;
	size_t used, size;
	_Alignas(ALIGN) char bytes[];
};

struct arena {
	struct block *blocks;		/* the one in use comes first */
};

static struct block *block_new(size_t size)
{
	struct block *block = malloc(sizeof(*block) + size);

	if (!block)
		die("out of memory (%zu bytes wanted)", size);
	*block = (struct block){ .size = size };
	return block;
}

struct arena *arena_new(void)
{
	struct arena *arena = malloc(sizeof(*arena));

	if (!arena)
		die("out of memory");
	arena->blocks = block_new(FIRST_BLOCK);
	return arena;
}

void arena_reset(struct arena *arena)
{
	while (arena->blocks->next) {
		struct block *next = arena->blocks->next;

		free(arena->blocks);
		arena->blocks = next;
	}
	arena->blocks->used = 0;
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	arena_reset(arena);
	free(arena->blocks);
	free(arena);
}

void *arena_alloc(struct arena *arena, size_t bytes)
{
	struct block *block = arena->blocks;
	size_t need = (bytes + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	void *at;

	if (need < bytes)
		die("out of memory (%zu bytes wanted)", bytes);
	if (block->size - block->used < need) {
		size_t size = block->size * 2;

		if (size > LAST_BLOCK)
			size = LAST_BLOCK;
		block = block_new(size > need ? size : need);
		block->next = arena->blocks;
		arena->blocks = block;
	}
	at = block->bytes + block->used;
	block->used += need;
	return memset(at, 0, need);
}

struct str arena_copy(struct arena *arena, struct str s)
{
	char *copy = arena_alloc(arena, s.n + 1);

	if (s.n)
		memcpy(copy, s.p, s.n);
	return (struct str){ copy, s.n };
}

char *arena_cstr(struct arena *arena, struct str s)
{
	return (char *)arena_copy(arena, s).p;
}

struct str arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args, again;
	char *text;
	int n;

	va_start(args, format);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0)
		die("cannot format a message");
	text = arena_alloc(arena, (size_t)n + 1);
	vsnprintf(text, (size_t)n + 1, format, again);
	va_end(again);
	return (struct str){ text, (size_t)n };
}

void heap_grow(void *items, size_t *room, size_t want, size_t size)
{
	void *old, *grown;
	size_t new_room = *room ? *room : 64;

	if (want <= *room)
		return;
	while (new_room < want)
		new_room *= 2;
	memcpy(&old, items, sizeof(old));
	grown = new_room > SIZE_MAX / size ? NULL : realloc(old, new_room * size);
	if (!grown)
		die("out of memory (%zu items of %zu bytes wanted)",
		    new_room, size);
	memcpy(items, &grown, sizeof(grown));
	*room = new_room;
}

void heap_free(void *items)
{
	free(items);
}

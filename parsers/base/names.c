/* Open addressing, at most half full. */

#include "parsers/base/names.h"

enum { ROOM_FIRST = 64 };

/* FNV-1a */
static uint32_t hash(struct str name)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < name.n; i++)
		h = (h ^ (unsigned char)name.p[i]) * 16777619u;
	return h;
}

static ptrdiff_t find(const struct names *names, struct str name, uint32_t h)
{
	if (!names->room)
		return -1;
	for (size_t at = h;; at++) {
		uint32_t slot = names->slots[at & (names->room - 1)];

		if (!slot)
			return -1;
		if (names->hashes[slot - 1] == h &&
		    str_eq(names->items[slot - 1], name))
			return (ptrdiff_t)slot - 1;
	}
}

ptrdiff_t names_find(const struct names *names, struct str name)
{
	return find(names, name, hash(name));
}

static void put(struct names *names, size_t number)
{
	size_t at = names->hashes[number];

	while (names->slots[at & (names->room - 1)])
		at++;
	names->slots[at & (names->room - 1)] = (uint32_t)number + 1;
}

static void grow(struct names *names)
{
	size_t room = names->room ? 2 * names->room : ROOM_FIRST;
	struct str *items = ARENA_ARRAY(names->arena, struct str, room / 2);
	uint32_t *hashes = ARENA_ARRAY(names->arena, uint32_t, room / 2);

	if (names->count) {
		memcpy(items, names->items, names->count * sizeof(*items));
		memcpy(hashes, names->hashes, names->count * sizeof(*hashes));
	}
	names->items = items;
	names->hashes = hashes;
	names->slots = ARENA_ARRAY(names->arena, uint32_t, room);
	names->room = room;
	for (size_t i = 0; i < names->count; i++)
		put(names, i);
}

size_t names_add(struct names *names, struct str name)
{
	uint32_t h = hash(name);
	ptrdiff_t there = find(names, name, h);

	if (there >= 0)
		return (size_t)there;
	if (2 * (names->count + 1) > names->room)
		grow(names);
	names->items[names->count] = name;
	names->hashes[names->count] = h;
	put(names, names->count);
	return names->count++;
}

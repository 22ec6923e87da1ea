/* The only file that knows xxhash. */

#include <stdio.h>
#include <stdlib.h>
#include <xxhash.h>

#include "parsers/base/die.h"
#include "parsers/input/digest.h"

enum { MARKS_MAX = 16 };

struct mark {
	uint64_t bytes;
	char hex[DIGEST_SIZE];
	bool reached;
};

struct digest {
	XXH3_state_t *state;
	uint64_t bytes;
	struct mark marks[MARKS_MAX];
	unsigned nmarks;
};

struct digest *digest_new(void)
{
	struct digest *digest = calloc(1, sizeof(*digest));

	if (!digest)
		die("out of memory");
	digest->state = XXH3_createState();
	if (!digest->state)
		die("out of memory");
	XXH3_128bits_reset(digest->state);
	return digest;
}

void digest_free(struct digest *digest)
{
	if (!digest)
		return;
	XXH3_freeState(digest->state);
	free(digest);
}

void digest_hex(const struct digest *digest, char *hex)
{
	XXH128_hash_t hash = XXH3_128bits_digest(digest->state);

	snprintf(hex, DIGEST_SIZE, "%016llx%016llx",
		 (unsigned long long)hash.high64,
		 (unsigned long long)hash.low64);
}

void digest_mark(struct digest *digest, uint64_t bytes)
{
	if (digest->nmarks < MARKS_MAX && bytes > digest->bytes)
		digest->marks[digest->nmarks++].bytes = bytes;
}

/* The nearest mark that lies within the next n bytes, or NULL. */
static struct mark *next_mark(struct digest *digest, size_t n)
{
	struct mark *best = NULL;

	for (unsigned i = 0; i < digest->nmarks; i++) {
		struct mark *mark = &digest->marks[i];

		if (!mark->reached && mark->bytes - digest->bytes <= n &&
		    (!best || mark->bytes < best->bytes))
			best = mark;
	}
	return best;
}

void digest_add(struct digest *digest, const char *p, size_t n)
{
	struct mark *mark;

	while ((mark = next_mark(digest, n))) {
		size_t part = (size_t)(mark->bytes - digest->bytes);

		XXH3_128bits_update(digest->state, p, part);
		digest->bytes += part;
		digest_hex(digest, mark->hex);
		mark->reached = true;
		p += part;
		n -= part;
	}
	XXH3_128bits_update(digest->state, p, n);
	digest->bytes += n;
}

bool digest_mark_hex(const struct digest *digest, uint64_t bytes, char *hex)
{
	for (unsigned i = 0; i < digest->nmarks; i++) {
		if (digest->marks[i].bytes != bytes ||
		    !digest->marks[i].reached)
			continue;
		memcpy(hex, digest->marks[i].hex, DIGEST_SIZE);
		return true;
	}
	return false;
}

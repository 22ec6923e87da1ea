/* Running XXH3-128, with marks: the identity of a capture. */
#ifndef PARSERS_INPUT_DIGEST_H
#define PARSERS_INPUT_DIGEST_H

#include "parsers/input/input.h"

struct digest;

struct digest *digest_new(void);
void digest_free(struct digest *);
void digest_mark(struct digest *, uint64_t bytes);
void digest_add(struct digest *, const char *p, size_t n);
void digest_hex(const struct digest *, char *hex);
bool digest_mark_hex(const struct digest *, uint64_t bytes, char *hex);

#endif

/* PCRE2 behind a door: patterns of bytes, compiled late, with limits. */
#ifndef PARSERS_CATALOG_REGEX_H
#define PARSERS_CATALOG_REGEX_H

#include <stdint.h>

#include "parsers/base/arena.h"

struct regex;
struct regex_scratch;			/* what one thread needs to match */

/* NULL with a message and the offset of the error in the pattern. */
struct regex *regex_compile(struct str pattern, const char **error,
			    size_t *error_at);
void regex_free(struct regex *);

struct regex_scratch *regex_scratch_new(void);
void regex_scratch_free(struct regex_scratch *);

/* Number of groups. */
unsigned regex_groups(const struct regex *);

/* The name of a group, NULL: it has none. */
const char *regex_group_name(const struct regex *, unsigned group);

/* Compiles to machine code on the first call. */
bool regex_match(struct regex *, struct regex_scratch *, struct str subject);
/*
 * How far the subject could still become a match: bytes that fit, all of
 * them when it only ends too early.
 */
size_t regex_reach(struct str pattern, struct regex_scratch *,
		   struct str subject);
/* Group of the last match; an unset one is empty with p NULL. */
struct str regex_slice(const struct regex_scratch *, struct str subject,
		       unsigned group);
/* Matches that hit the library's limits instead of an answer. */
uint64_t regex_limits_hit(const struct regex_scratch *);

#endif

/* The only file that knows PCRE2. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "parsers/base/die.h"
#include "parsers/catalog/regex.h"

/*
 * Making machine code of a pattern costs as much as a hundred matches: it pays
 * for the few patterns a long capture uses by the thousand, and never for
 * those that a short one uses once.
 */
enum { GROUPS_MAX = 64, MATCH_LIMIT = 200000, DEPTH_LIMIT = 2000,
       JIT_AFTER = 64,
       /* Machine code knows no match limit: what is longer is interpreted. */
       JIT_LONGEST = 4096 };

struct regex {
	pcre2_code *code;
	unsigned used;		/* matches tried, up to JIT_AFTER */
};

struct regex_scratch {
	pcre2_match_data *data;
	pcre2_match_context *context;
	uint64_t limits_hit;
	int groups;
};

struct regex *regex_compile(struct str pattern, const char **error,
			    size_t *error_at)
{
	static char message[128];
	struct regex *regex;
	PCRE2_SIZE offset;
	int code;
	pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n,
		PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_DOTALL |
		PCRE2_DOLLAR_ENDONLY, &code, &offset, NULL);

	if (!compiled) {
		pcre2_get_error_message(code, (PCRE2_UCHAR *)message,
					sizeof(message));
		*error = message;
		*error_at = offset;
		return NULL;
	}
	regex = malloc(sizeof(*regex));
	if (!regex)
		die("out of memory");
	*regex = (struct regex){ .code = compiled };
	return regex;
}

void regex_free(struct regex *regex)
{
	if (!regex)
		return;
	pcre2_code_free(regex->code);
	free(regex);
}

struct regex_scratch *regex_scratch_new(void)
{
	struct regex_scratch *scratch = calloc(1, sizeof(*scratch));

	if (!scratch)
		die("out of memory");
	scratch->data = pcre2_match_data_create(GROUPS_MAX, NULL);
	scratch->context = pcre2_match_context_create(NULL);
	if (!scratch->data || !scratch->context)
		die("out of memory");
	pcre2_set_match_limit(scratch->context, MATCH_LIMIT);
	pcre2_set_depth_limit(scratch->context, DEPTH_LIMIT);
	return scratch;
}

void regex_scratch_free(struct regex_scratch *scratch)
{
	if (!scratch)
		return;
	pcre2_match_data_free(scratch->data);
	pcre2_match_context_free(scratch->context);
	free(scratch);
}

unsigned regex_groups(const struct regex *regex)
{
	uint32_t count = 0;

	pcre2_pattern_info(regex->code, PCRE2_INFO_CAPTURECOUNT, &count);
	return count;
}

const char *regex_group_name(const struct regex *regex, unsigned group)
{
	uint32_t count = 0, size = 0;
	PCRE2_SPTR table = NULL;

	pcre2_pattern_info(regex->code, PCRE2_INFO_NAMECOUNT, &count);
	pcre2_pattern_info(regex->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
	pcre2_pattern_info(regex->code, PCRE2_INFO_NAMETABLE, &table);
	for (uint32_t i = 0; i < count; i++, table += size)
		if ((unsigned)(table[0] << 8 | table[1]) == group)
			return (const char *)table + 2;
	return NULL;
}

bool regex_match(struct regex *regex, struct regex_scratch *scratch,
		 struct str subject)
{
	/* Where machine code is refused, the interpreter says the same. */
	if (regex->used < JIT_AFTER && ++regex->used == JIT_AFTER)
		(void)pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE);
	scratch->groups = pcre2_match(regex->code, (PCRE2_SPTR)subject.p,
		subject.n, 0, subject.n > JIT_LONGEST ? PCRE2_NO_JIT : 0,
		scratch->data, scratch->context);
	if (scratch->groups < 0 && scratch->groups != PCRE2_ERROR_NOMATCH)
		scratch->limits_hit++;
	return scratch->groups > 0;
}

static bool may_go_on(const pcre2_code *code, struct regex_scratch *scratch,
		      struct str subject)
{
	int result = pcre2_match(code, (PCRE2_SPTR)subject.p, subject.n, 0,
				 PCRE2_PARTIAL_HARD, scratch->data,
				 scratch->context);

	return result == PCRE2_ERROR_PARTIAL || result > 0;
}

size_t regex_reach(struct str pattern, struct regex_scratch *scratch,
		   struct str subject)
{
	size_t fits = 0, fails = subject.n + 1, room = pattern.n + 8;
	char *whole = malloc(room);
	int n, error;
	PCRE2_SIZE at;
	pcre2_code *code;

	if (!whole)
		die("out of memory");
	/* The library has no partial match of what must end with the text. */
	n = snprintf(whole, room, "(?:%.*s)\\z", (int)pattern.n, pattern.p);
	code = pcre2_compile((PCRE2_SPTR)whole, (PCRE2_SIZE)n, PCRE2_ANCHORED |
			     PCRE2_DOTALL | PCRE2_DOLLAR_ENDONLY, &error, &at,
			     NULL);
	free(whole);
	while (code && fails - fits > 1) {
		size_t middle = fits + (fails - fits) / 2;

		if (may_go_on(code, scratch, str_head(subject, middle)))
			fits = middle;
		else
			fails = middle;
	}
	pcre2_code_free(code);
	return fits;
}

struct str regex_slice(const struct regex_scratch *scratch,
		       struct str subject, unsigned group)
{
	const PCRE2_SIZE *at = pcre2_get_ovector_pointer(scratch->data);

	if ((int)group >= scratch->groups || at[2 * group] == PCRE2_UNSET)
		return (struct str){ NULL, 0 };
	return (struct str){ subject.p + at[2 * group],
			     at[2 * group + 1] - at[2 * group] };
}

uint64_t regex_limits_hit(const struct regex_scratch *scratch)
{
	return scratch->limits_hit;
}

/* Every line and every byte is in one count, whatever the file looks like. */

#include <stdio.h>

#include "tests/unit/unit.h"

static const char messages[] =
	"message fault\n"
	"title T\n"
	"from xen\n"
	"text smmu: fault at {addr} of {name}\n"
	"sample? (XEN) smmu: fault at 1 of a\n";

#define F "(XEN) smmu: fault at 1 of a"

static const struct row {
	const char *name, *text;
	uint64_t lines[4], bytes[4];	/* matched, unmatched, damaged, replayed */
} rows[] = {
	{ "an empty file", "", { 0 }, { 0 } },
	{ "one newline", "\n", { 0, 1, 0, 0 }, { 0, 1, 0, 0 } },
	{ "one byte", "x", { 0, 1, 0, 0 }, { 0, 1, 0, 0 } },
	{ "one control byte", "\x01", { 0, 0, 1, 0 }, { 0, 0, 1, 0 } },
	{ "a known line", F "\n", { 1, 0, 0, 0 }, { 28, 0, 0, 0 } },
	{ "without its newline", F, { 1, 0, 0, 0 }, { 27, 0, 0, 0 } },
	{ "CR LF counts both", F "\r\n", { 1, 0, 0, 0 }, { 29, 0, 0, 0 } },
	{ "an unknown line behind it", F "\nhello", { 1, 1, 0, 0 },
		{ 28, 5, 0, 0 } },
	{ "colours count", "\x1b[31m" F "\x1b[0m\n", { 1, 0, 0, 0 },
		{ 37, 0, 0, 0 } },
	{ "damage", "he\x01llo\n\xff\n", { 0, 0, 2, 0 }, { 0, 0, 9, 0 } },
	{ "a broken line is matched in both parts",
		"(XEN) [    1.000000] smmu: fault at 1\nof a\nhello\n",
		{ 2, 1, 0, 0 }, { 43, 6, 0, 0 } },
	{ "printed again", "(XEN) [    1.000000] smmu: fault at 1 of a\n"
		"(XEN) [    1.000000] smmu: fault at 1 of a\n",
		{ 1, 0, 0, 1 }, { 43, 0, 0, 43 } },
	{ "torn, with a tail", "[    1.000000] x" F "\ny\n", { 1, 1, 0, 0 },
		{ 44, 2, 0, 0 } },
	/* longer than the limit of 64 */
	{ "as long as the limit", F " 345678901234567890123456789012345678"
		"\n", { 0, 1, 0, 0 }, { 0, 65, 0, 0 } },
	{ "longer by one", F " 3456789012345678901234567890123456789\n",
		{ 0, 0, 1, 0 }, { 0, 0, 66, 0 } },
	{ "longer, without newline", F " 345678901234567890123456789012345678"
		"1234567890", { 0, 0, 1, 0 }, { 0, 0, 74, 0 } },
	{ "a short one behind it", F " 3456789012345678901234567890123456789\n"
		F "\n", { 1, 0, 1, 0 }, { 28, 0, 66, 0 } },
};

static void check(const struct row *r, const struct tally *t)
{
	const uint64_t lines[] = { t->matched, t->unmatched, t->damaged,
				   t->replayed };
	const uint64_t bytes[] = { t->matched_bytes, t->unmatched_bytes,
				   t->damaged_bytes, t->replayed_bytes };

	for (unsigned i = 0; i < 4; i++)
		if (lines[i] != r->lines[i] || bytes[i] != r->bytes[i])
			fail_msg("%s: count %u is %u lines of %u bytes",
				 r->name, i, (unsigned)lines[i],
				 (unsigned)bytes[i]);
}

static void each_byte_goes_where_its_line_goes(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, messages);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct kept k;

		kept_open(&k, &w, 0);
		kept_read(&k, &w, str_from(rows[i].text), 64);
		check(&rows[i], &k.tally);
		kept_close(&k);
	}
	world_close(&w);
}

/* n bytes of fill, between two texts. */
static struct str around(struct arena *a, const char *head, char fill,
			 size_t n, const char *tail)
{
	size_t nhead = strlen(head), ntail = strlen(tail);
	char *p = arena_alloc(a, nhead + n + ntail + 1);

	memcpy(p, head, nhead);
	memset(p + nhead, fill, n);
	memcpy(p + nhead + n, tail, ntail);
	return (struct str){ p, nhead + n + ntail };
}

/* Longer than any window: the rest of a line is skipped, and counted. */
static const struct {
	const char *head, *tail;
	char fill;
	uint64_t matched, unmatched, damaged, clipped;
} longest[] = {
	{ "", "", 'x', 0, 0, 1, 1 },
	{ "", "\n", 'x', 0, 0, 1, 1 },
	{ "", "\n" F "\n", 'x', 1, 0, 1, 1 },
	{ F "\n", "\n" F "\n", 'x', 2, 0, 1, 1 },
	{ F "\n", "\n" F, '\r', 2, 0, 1, 1 },
	{ F, "\n" F "\n", 'x', 2, 0, 0, 1 },	/* its name is cut */
	{ F, "\n" F "\n", ' ', 2, 0, 0, 1 },
	{ F " ", "\n" F "\n", 'x', 1, 0, 1, 1 },
	{ "", F "\n" F "\n", 'x', 1, 0, 1, 1 },
	{ "", F "\n", '\n', 1, 3 << 20, 0, 0 },
	{ "(XEN) ", F "\n", '\x1b', 0, 0, 1, 1 },
};

static void a_line_of_three_mebibytes_is_one_line(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, messages);
	for (size_t i = 0; i < COUNT(longest); i++) {
		struct arena *a = arena_new();
		struct kept k;

		kept_open(&k, &w, 0);
		kept_read(&k, &w, around(a, longest[i].head, longest[i].fill,
					 3 << 20, longest[i].tail), 65536);
		if (k.tally.matched != longest[i].matched ||
		    k.tally.unmatched != longest[i].unmatched ||
		    k.tally.damaged != longest[i].damaged ||
		    k.tally.clipped != longest[i].clipped)
			fail_msg("%u: %u matched %u unmatched %u damaged "
				"%u clipped", (unsigned)i,
				(unsigned)k.tally.matched,
				(unsigned)k.tally.unmatched,
				(unsigned)k.tally.damaged,
				(unsigned)k.tally.clipped);
		kept_close(&k);
		arena_free(a);
	}
	world_close(&w);
}

/* The same lines in a file that is read window by window. */
static void a_large_file_is_counted_like_a_small_one(void **state)
{
	static const char piece[] = F "\nhello\nhe\x01llo\n\n";
	enum { PIECES = 40000 };
	struct arena *a = arena_new();
	size_t n = sizeof(piece) - 1;
	char *p = arena_alloc(a, n * PIECES);
	struct world w;
	struct kept k;

	(void)state;
	for (size_t i = 0; i < PIECES; i++)
		memcpy(p + n * i, piece, n);
	world_open(&w, messages);
	kept_open(&k, &w, 0);
	kept_read(&k, &w, (struct str){ p, n * PIECES }, 65536);
	assert_int_equal(k.tally.matched, PIECES);
	assert_int_equal(k.tally.matched_bytes, 28 * PIECES);
	assert_int_equal(k.tally.unmatched, 2 * PIECES);
	assert_int_equal(k.tally.unmatched_bytes, 7 * PIECES);
	assert_int_equal(k.tally.damaged, PIECES);
	assert_int_equal(k.tally.damaged_bytes, 7 * PIECES);
	kept_close(&k);
	world_close(&w);
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_byte_goes_where_its_line_goes),
		cmocka_unit_test(a_line_of_three_mebibytes_is_one_line),
		cmocka_unit_test(a_large_file_is_counted_like_a_small_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

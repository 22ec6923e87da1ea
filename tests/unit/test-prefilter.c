/* The prefilter finds what a naive search finds, in the same order. */

#include "parsers/catalog/entry.h"
#include "tests/unit/unit.h"

static void naive_scan(const struct str *anchors, size_t count, struct str text,
		       struct hits *hits)
{
	for (size_t at = 0; at < text.n; at++)
		for (size_t i = 0; i < count; i++) {
			if (!str_starts(str_skip(text, at), anchors[i]))
				continue;
			heap_grow(&hits->items, &hits->room, hits->count + 1,
				  sizeof(*hits->items));
			hits->items[hits->count++] = (struct hit){
				(uint32_t)at, (uint16_t)i };
		}
}

static void compare(const struct str *anchors, size_t count, struct str text)
{
	struct arena *arena = arena_new();
	struct prefilter f = prefilter_make(arena, anchors, count);
	struct hits want = { 0 }, got = { 0 };

	naive_scan(anchors, count, text, &want);
	prefilter_scan(&f, text, &got);
	assert_int_equal(want.count, got.count);
	for (size_t i = 0; i < want.count; i++) {
		assert_int_equal(want.items[i].at, got.items[i].at);
		assert_int_equal(want.items[i].anchor, got.items[i].anchor);
	}
	arena_free(arena);
	heap_free(want.items);
	heap_free(got.items);
}

static void random_texts_and_anchors(void **state)
{
	struct dice dice = { 3 };

	(void)state;
	for (unsigned round = 0; round < 400; round++) {
		struct str anchors[24];
		size_t count = 1 + dice_roll(&dice, COUNT(anchors));
		unsigned letters = 1 + dice_roll(&dice, 4);
		size_t n = dice_roll(&dice, 400);
		char *text = test_malloc(n + 1), words[24][40];

		for (size_t i = 0; i < count; i++) {
			anchors[i] = (struct str){ words[i],
				ANCHOR_MIN + dice_roll(&dice, 30) };
			for (size_t k = 0; k < anchors[i].n; k++)
				words[i][k] = (char)('a' +
					dice_roll(&dice, letters));
		}
		for (size_t k = 0; k < n; k++)
			text[k] = (char)('a' + dice_roll(&dice, letters));
		/* Some that are there for certain, whole or cut short. */
		for (unsigned k = 0; n && k < 5; k++) {
			struct str a = anchors[dice_roll(&dice,
							 (unsigned)count)];
			size_t at = dice_roll(&dice, (unsigned)n);

			memcpy(text + at, a.p, a.n < n - at ? a.n : n - at);
		}
		compare(anchors, count, (struct str){ text, n });
		test_free(text);
	}
}

static void corners(void **state)
{
	static char longest[400];
	struct str one[] = { STR("smmu: ") };
	struct str nested[] = {
		STR("fault: fsr"), STR("t fault: fsr="), STR("fault: fsr="),
		STR("fault:"),
	};
	struct str bytes[] = { STR("\xff\xfe\0\n\xff\xfe") };

	(void)state;
	memset(longest, 'x', sizeof(longest));
	compare(NULL, 0, STR("text"));
	compare(one, 1, STR(""));
	compare(one, 1, STR("smmu:"));
	compare(one, 1, STR("smmu: "));
	compare(one, 1, STR("smmu: smmu: ssmmu: smmu:"));
	compare(nested, COUNT(nested), STR("context fault: fsr=0x402"));
	compare(nested, COUNT(nested), STR("fault:fault: fault: fsr=t fault"));
	compare(bytes, 1, STR("\xff\xfe\0\n\xff\xfe\0\n\xff\xfe"));
	compare(&(struct str){ longest, 300 }, 1,
		(struct str){ longest, sizeof(longest) });
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_texts_and_anchors),
		cmocka_unit_test(corners),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

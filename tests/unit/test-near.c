/* Dated neighbours: what a search that remembers finds, a naive one finds. */

#include <stdio.h>

#include "parsers/readers/near.h"
#include "tests/unit/unit.h"

enum { HEAD = 96 };

static const enum clock_kind wants[] = {
	CLOCK_NONE, CLOCK_HOST, CLOCK_XEN_BOOT, CLOCK_XEN_DATE,
};

/* The stamp of the line at that byte, if it may date another line. */
static struct stamp naive_stamp(struct str text, size_t at,
				enum clock_kind want)
{
	struct str rest = str_head(str_skip(text, at), HEAD);
	struct stamp stamp = frame_stamp(str_split(&rest, '\n'), FRAME_AS_AUTO);

	if (stamp.kind == CLOCK_XEN_RAW || stamp.kind == CLOCK_GUEST ||
	    stamp.kind == CLOCK_TRACE ||
	    stamp.kind == CLOCK_TRACE_OTHER ||
	    stamp.kind == CLOCK_TRACE_PERF ||
	    (want != CLOCK_NONE && stamp.kind != want))
		return (struct stamp){ 0 };
	return stamp;
}

static bool starts_line(struct str text, size_t at)
{
	return at == 0 || text.p[at - 1] == '\n';
}

static struct stamp naive_before(struct str text, size_t at,
				 enum clock_kind want)
{
	size_t stop = at > INPUT_LOOK ? at - INPUT_LOOK : 0;
	struct stamp stamp = { 0 };

	for (size_t i = at; i-- > 0 && (i > stop || stop == 0); ) {
		if (!starts_line(text, i))
			continue;
		stamp = naive_stamp(text, i, want);
		if (stamp.kind != CLOCK_NONE)
			break;
	}
	return stamp;
}

static struct stamp naive_after(struct str text, size_t at,
				enum clock_kind want)
{
	struct stamp stamp = { 0 };

	for (size_t i = at + 1; i < text.n && i < at + INPUT_LOOK - HEAD; i++) {
		if (!starts_line(text, i))
			continue;
		stamp = naive_stamp(text, i, want);
		if (stamp.kind != CLOCK_NONE)
			break;
	}
	return stamp;
}

/* Lines of all lengths, few of them dated. */
static struct str random_text(struct arena *arena, struct dice *dice, size_t n)
{
	static const char *const stamps[] = {
		"[%5u.000000] ", "(XEN) [%5u.000000] ", "(d1) [%5u.000000] ",
		"(XEN) [2021-02-08 20:24:%02u] ", "<6>[%5u.000000] ",
		"(XEN) [%016x] ",
	};
	char *text = arena_alloc(arena, n + 1);
	size_t at = 0;

	while (at < n) {
		unsigned most = dice_roll(dice, 40) ? 400 : 150000;
		size_t length = dice_roll(dice, most);
		char stamp[64];
		int k = 0;

		if (length > n - at)
			length = n - at;
		memset(text + at, 'x', length);
		if (dice_roll(dice, 60) == 0) {
			/* Sometimes inside a line, where it is no stamp. */
			size_t in = dice_roll(dice, 3) ? 0 : length / 2;

			k = snprintf(stamp, sizeof(stamp),
				     stamps[dice_roll(dice, COUNT(stamps))],
				     dice_roll(dice, 60));
			if (in + (size_t)k < length)
				memcpy(text + at + in, stamp, (size_t)k);
		}
		at += length;
		text[at++] = '\n';
	}
	return (struct str){ text, n };
}

static bool same(struct stamp a, struct stamp b)
{
	return a.kind == b.kind && (a.kind == CLOCK_NONE || a.lo == b.lo);
}

/* A window as the reader has it: all that may be looked at, or more. */
static struct window window_around(struct str text, size_t at,
				   struct dice *dice, size_t least)
{
	size_t from = at > INPUT_LOOK ? at - INPUT_LOOK : 0, to;

	from = least + (from > least ? dice_roll(dice,
						 (unsigned)(from - least)) : 0);
	to = at + INPUT_LOOK + dice_roll(dice, 200000);
	if (to > text.n)
		to = text.n;
	return (struct window){
		.p = text.p + from, .n = to - from, .offset = from,
		.last = to == text.n,
	};
}

static void searches_find_what_a_naive_one_finds(void **state)
{
	struct dice dice = { 5 };

	(void)state;
	for (unsigned round = 0; round < 12; round++) {
		struct arena *arena = arena_new();
		struct str text = random_text(arena, &dice, 900000);
		struct near near = { 0 };
		size_t least = 0;

		for (size_t at = 0; at < text.n; at++) {
			struct window w;

			if (!starts_line(text, at) || dice_roll(&dice, 20))
				continue;
			w = window_around(text, at, &dice, least);
			least = (size_t)w.offset;
			for (size_t i = 0; i < COUNT(wants); i++) {
				size_t in = at - (size_t)w.offset;

				assert_true(same(
					near_before(&near, w, in, wants[i]),
					naive_before(text, at, wants[i])));
				assert_true(same(
					near_after(&near, w, in, wants[i]),
					naive_after(text, at, wants[i])));
			}
		}
		arena_free(arena);
	}
}

static void a_stamp_counts_within_256_kib_only(void **state)
{
	static char text[2 * INPUT_LOOK + 4096];

	(void)state;
	for (int off = -3; off <= 3; off++) {
		static const char dated[] = "\n[    1.000000] x\n";
		size_t at = INPUT_LOOK + 1000;
		size_t before = at - (size_t)(INPUT_LOOK + off) - 1;
		size_t after = at + (size_t)(INPUT_LOOK - HEAD + off) - 1;
		struct window w = { text, sizeof(text), 0, true };
		struct near near = { 0 };

		memset(text, 'x', sizeof(text));
		text[at - 1] = '\n';
		memcpy(text + before, dated, sizeof(dated) - 1);
		memcpy(text + after, dated, sizeof(dated) - 1);
		assert_int_equal(near_before(&near, w, at, CLOCK_NONE).kind,
				 off < 0 ? CLOCK_HOST : CLOCK_NONE);
		assert_int_equal(near_after(&near, w, at, CLOCK_NONE).kind,
				 off < 0 ? CLOCK_HOST : CLOCK_NONE);
	}
}

static bool comes_again(struct near *near, const char *before,
			const char *after)
{
	struct arena *arena = arena_new();
	struct str text = arena_printf(arena, "%s%s", before, after);
	struct window w = { text.p, text.n, 0, true };
	bool again = near_comes_again(near, w, strlen(before),
				      CLOCK_HOST);

	arena_free(arena);
	return again;
}

static void a_log_comes_again_when_its_last_stamp_does(void **state)
{
	static const char before[] = "[    1.000000] a\n[    2.000000] b\nc\n";
	struct near near[5] = { 0 };

	(void)state;
	assert_true(comes_again(&near[0], before, "x\n[    2.000000] b\n"));
	assert_false(comes_again(&near[1], before, "x\n[    1.000000] a\n"));
	assert_false(comes_again(&near[2], before, "(XEN) [    2.000000] b\n"));
	assert_true(comes_again(&near[3], "a\n", "b\n"));
	near[4].spent = (uint64_t)1 << 40;	/* too many asked before */
	assert_true(comes_again(&near[4], before, "x\n"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(searches_find_what_a_naive_one_finds),
		cmocka_unit_test(a_stamp_counts_within_256_kib_only),
		cmocka_unit_test(a_log_comes_again_when_its_last_stamp_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Slices: never past an end, never a NULL looked at; and escaping of bytes. */

#include "parsers/base/escape.h"
#include "tests/unit/unit.h"

static const struct str nothing = { NULL, 0 };

static void skip_and_head_stay_inside(void **state)
{
	struct str s = STR("abc");

	(void)state;
	assert_str("abc", str_skip(s, 0), "skip 0");
	assert_str("c", str_skip(s, 2), "skip 2");
	assert_str("", str_skip(s, 3), "skip all");
	assert_str("", str_skip(s, 99), "skip more");
	assert_ptr_equal(str_skip(s, 99).p, s.p + 3);
	assert_str("ab", str_head(s, 2), "head 2");
	assert_str("abc", str_head(s, 99), "head more");
	assert_int_equal(str_skip(nothing, 5).n, 0);
	assert_int_equal(str_trim(nothing).n, 0);
	assert_true(str_eq(nothing, STR("")));
}

static void find_tells_where_or_minus_one(void **state)
{
	static const struct { const char *s, *what; ptrdiff_t at; } cases[] = {
		{ "abcabc", "bc", 1 }, { "abcabc", "abcabc", 0 },
		{ "abc", "abcd", -1 }, { "", "a", -1 }, { "abc", "x", -1 },
		{ "aab", "ab", 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(str_find(str_from(cases[i].s),
					  str_from(cases[i].what)),
				 cases[i].at);
	assert_int_equal(str_find_byte(nothing, 'a'), -1);
	assert_int_equal(str_find_byte(STR("xa"), 'a'), 1);
	assert_true(str_starts(STR("abc"), STR("ab")));
	assert_false(str_starts(STR("a"), STR("ab")));
	assert_true(str_ends(STR("abc"), STR("bc")));
	assert_false(str_ends(STR("c"), STR("bc")));
}

static void split_takes_the_front_off(void **state)
{
	struct str s = STR("a,,b"), word;

	(void)state;
	assert_str("a", str_split(&s, ','), "first");
	assert_str("", str_split(&s, ','), "empty");
	assert_str("b", str_split(&s, ','), "last");
	assert_int_equal(s.n, 0);
	s = STR(" \tone  two\t");
	word = str_word(&s);
	assert_str("one", word, "word");
	assert_str("two", str_word(&s), "word");
	assert_int_equal(str_word(&s).n, 0);
	assert_str("a b", str_trim(STR(" \ta b\t ")), "trim");
	assert_str("", str_trim(STR(" \t ")), "trim blanks");
	assert_str(" a", str_trim_end(STR(" a ")), "trim end");
}

static void distance_counts_changes_and_has_a_top(void **state)
{
	static const char many[] = "01234567890123456789012345678901"
				   "23456789012345678901234567890123";

	(void)state;
	assert_int_equal(str_distance(STR("iova"), STR("iovva")), 1);
	assert_int_equal(str_distance(STR("iova"), STR("iova")), 0);
	assert_int_equal(str_distance(STR("abc"), STR("")), 3);
	assert_int_equal(str_distance(STR("0123456789ab"), STR("")), 9);
	assert_int_equal(str_distance(str_from(many), str_from(many)), 9);
}

static void bytes_that_a_terminal_obeys_are_escaped(void **state)
{
	static const struct { struct str in; const char *out; } cases[] = {
		{ STR("plain\ttext~"), "plain\ttext~" },
		{ STR("\x1b[2J"), "\\x1b[2J" },
		{ STR("a\0b"), "a\\x00b" },
		{ STR("\x7f\x80\xff"), "\\x7f\\x80\\xff" },
		{ STR("\r\n"), "\\x0d\\x0a" },
		{ STR(""), "" },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str out = escape_text(arena, cases[i].in);

		assert_str(cases[i].out, out, "escape");
		assert_true(escape_is_plain(out));
	}
	assert_true(escape_is_plain(STR("a\tb")));
	assert_false(escape_is_plain(STR("a\nb")));
	arena_free(arena);
}

static void an_arena_gives_zeroed_aligned_bytes(void **state)
{
	struct arena *arena = arena_new();
	struct str s;

	(void)state;
	for (size_t n = 0; n < 70000; n = n * 2 + 1) {
		char *p = arena_alloc(arena, n);

		assert_int_equal((uintptr_t)p % 16, 0);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(p[i], 0);
		memset(p, 'x', n);
		if (n > 1000)
			arena_reset(arena);
	}
	s = arena_printf(arena, "%d-%s", 7, "x");
	assert_str("7-x", s, "printf");
	assert_string_equal(arena_cstr(arena, STR("abc")), "abc");
	arena_free(arena);
	arena_free(NULL);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(skip_and_head_stay_inside),
		cmocka_unit_test(find_tells_where_or_minus_one),
		cmocka_unit_test(split_takes_the_front_off),
		cmocka_unit_test(distance_counts_changes_and_has_a_top),
		cmocka_unit_test(bytes_that_a_terminal_obeys_are_escaped),
		cmocka_unit_test(an_arena_gives_zeroed_aligned_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

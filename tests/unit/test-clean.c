/* Cleaning: what a terminal does with bytes, and which of them are damage. */

#include "parsers/input/input.h"
#include "tests/unit/unit.h"

static const struct clean_case {
	const char *name;
	struct str line;
	const char *text;
	unsigned returns;
	bool damaged;
} cases[] = {
	{ "plain", STR("(XEN) x"), "(XEN) x", 0, false },
	{ "nothing", STR(""), "", 0, false },
	{ "CR", STR("x\r"), "x", 1, false },
	{ "CR CR", STR("x\r\r"), "x", 2, false },
	{ "only CR", STR("\r\r\r"), "", 3, false },
	{ "CR inside", STR("a\rb\r"), "ab", 1, false },
	{ "TAB stays", STR("a\tb"), "a\tb", 0, false },
	{ "NUL", STR("a\0b"), "ab", 0, true },
	{ "other control bytes", STR("a\x01\x02" "b"), "ab", 0, true },
	{ "DEL", STR("a\x7f" "b"), "ab", 0, true },
	{ "backspace and bell", STR("a\bb\a"), "ab", 0, false },
	{ "colour", STR("\x1b[0;32mok\x1b[m"), "ok", 0, false },
	{ "private CSI", STR("\x1b[?25lx"), "x", 0, false },
	{ "CSI with blanks", STR("\x1b[1 qx"), "x", 0, false },
	{ "title, BEL", STR("\x1b]0;title\x07x"), "x", 0, false },
	{ "title, ST", STR("\x1b]0;title\x1b\\x"), "x", 0, false },
	{ "two-byte escape", STR("\x1b=x\x1b" "Mx"), "xx", 0, false },
	{ "character set", STR("\x1b(B\x1b[mx"), "x", 0, false },
	{ "character set, cut", STR("x\x1b("), "x(", 0, true },
	{ "no such escape", STR("\x1b\tx"), "\tx", 0, true },
	{ "CSI cut at the end", STR("x\x1b[0;3"), "x[0;3", 0, true },
	{ "CSI cut by another", STR("x\x1b[0;3\x1b[my"), "x[0;3y", 0, true },
	{ "OSC cut at the end", STR("x\x1b]0;t"), "x]0;t", 0, true },
	{ "OSC cut by a CSI", STR("x\x1b]0;t\x1b[my"), "x]0;ty", 0, true },
	{ "ESC at the end", STR("x\x1b"), "x", 0, true },
	{ "ESC before CR", STR("x\x1b\r"), "x", 1, true },
	{ "UTF-8", STR("\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"),
		"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80", 0, false },
	{ "a lone continuation", STR("a\x80" "b"), "a\x80" "b", 0, true },
	{ "cut UTF-8", STR("a\xe2\x82"), "a\xe2\x82", 0, true },
	{ "overlong", STR("\xc0\xaf"), "\xc0\xaf", 0, true },
	{ "beyond Unicode", STR("\xf5\x80\x80\x80"), "\xf5\x80\x80\x80", 0,
		true },
	{ "0xff", STR("\xff"), "\xff", 0, true },
};

static void bytes_become_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct clean_case *c = &cases[i];
		struct arena *arena = arena_new();
		struct cleaned out;

		clean_line(c->line, arena, &out);
		assert_str(c->text, out.text, c->name);
		if (out.returns != c->returns || out.damaged != c->damaged)
			fail_msg("%s: %u returns, damaged %d", c->name,
				 out.returns, out.damaged);
		arena_free(arena);
	}
}

static void what_needs_no_cleaning_is_not_copied(void **state)
{
	struct arena *arena = arena_new();
	struct str line = STR("a\tb\r");
	struct cleaned out;

	(void)state;
	clean_line(line, arena, &out);
	assert_ptr_equal(out.text.p, line.p);
	arena_free(arena);
}

/* ---- against the same said plainly ------------------------------------- */

static size_t naive_next_odd(struct str s, size_t at)
{
	for (; at < s.n; at++) {
		unsigned char c = (unsigned char)s.p[at];

		if (c >= 0x7f ||
		    (c < 0x20 && c != '\n' && c != '\r' && c != '\t'))
			return at;
		if (c != '(' || at == 0 || s.p[at - 1] == '\n')
			continue;
		if ((at + 1 < s.n && s.p[at + 1] == 'X') ||
		    (at + 2 < s.n && s.p[at + 1] == 'd' &&
		     s.p[at + 2] >= '0' && s.p[at + 2] <= '9'))
			return at;
	}
	return s.n;
}

static char random_byte(struct dice *dice, unsigned odds)
{
	static const char telling[] = "\n\n\n((XXdd7\r\t\x1b\x7e\x7f\x80\xff\x1f ";

	if (dice_roll(dice, odds) == 0)
		return telling[dice_roll(dice, sizeof(telling))];
	return (char)('a' + dice_roll(dice, 26));
}

static void next_odd_is_the_naive_one_at_any_alignment(void **state)
{
	static const unsigned odds[] = { 1, 3, 20, 90, 1000 };
	struct dice dice = { 1 };
	char *bytes = test_malloc(256);

	(void)state;
	for (unsigned round = 0; round < 3000; round++) {
		unsigned n = dice_roll(&dice, 150), from;
		char *text;

		/* At the end of its memory, so that ASan sees a look behind. */
		text = bytes + 256 - n;
		for (unsigned i = 0; i < n; i++)
			text[i] = random_byte(&dice, odds[round % COUNT(odds)]);
		for (from = 0; from <= n; from++)
			assert_int_equal(
				clean_next_odd((struct str){ text, n }, from),
				naive_next_odd((struct str){ text, n }, from));
	}
	test_free(bytes);
}

static void line_ends_are_counted_at_any_alignment(void **state)
{
	size_t sizes[] = { 0, 1, 15, 16, 17, 33, 255, 4080, 4096, 4097, 9000 };
	struct dice dice = { 2 };
	char *bytes = test_malloc(9001);

	(void)state;
	for (size_t i = 0; i < COUNT(sizes); i++)
		for (unsigned odds = 1; odds < 9; odds += 3)
			for (unsigned off = 0; off < 17; off++) {
				size_t n = sizes[i], want = 0;
				char *text = bytes + 9001 - n;

				for (size_t k = 0; k < n; k++) {
					text[k] = dice_roll(&dice, odds)
						  ? 'x' : '\n';
					want += k >= off && text[k] == '\n';
				}
				if (off > n)
					continue;
				assert_int_equal(want, clean_count_lines(
					text + off, text + n));
			}
	test_free(bytes);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_become_text),
		cmocka_unit_test(what_needs_no_cleaning_is_not_copied),
		cmocka_unit_test(next_odd_is_the_naive_one_at_any_alignment),
		cmocka_unit_test(line_ends_are_counted_at_any_alignment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

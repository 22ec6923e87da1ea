/* Framing: who said a line, who could have, and what is left as its text. */

#include <stdio.h>

#include "tests/unit/unit.h"

static const struct { const char *name, *line, *framed; } cases[] = {
	{ "Xen, no stamp", "(XEN) smmu: x", "xen unknown none smmu: x" },
	{ "Xen, boot stamp", "(XEN) [   66.376696] smmu: x",
		"xen unknown xen-boot smmu: x" },
	{ "Xen, raw stamp", "(XEN) [0000000015b5219a] x",
		"xen unknown xen-raw x" },
	{ "an e820 row of Xen is no stamp",
		"(XEN)  [0000000000001000, 000000000009a000] (usable)",
		"xen unknown none  [0000000000001000, 000000000009a000] "
		"(usable)" },
	{ "a stamped e820 row",
		"(XEN) [0000000015b5219a]  [0000000000001000, "
		"000000000009a000]",
		"xen unknown xen-raw  [0000000000001000, 000000000009a000]" },
	{ "Xen, date stamp", "(XEN) [2021-02-08 20:24:11] x",
		"xen unknown xen-date x" },
	{ "Xen with a level", "(XEN) <3>smmu: x", "xen unknown none smmu: x" },
	{ "trailing blanks go", "(XEN) x \t ", "xen unknown none x" },
	{ "leading blanks stay", "(XEN)   x", "xen unknown none   x" },
	{ "(XEN) alone is nobody's", "(XEN)", "unknown unknown none (XEN)" },
	{ "(XEN) needs its blank", "(XEN)x", "unknown unknown none (XEN)x" },
	{ "not at the start", " (XEN) x", "unknown unknown none  (XEN) x" },
	{ "printk", "[   68.290307] macb: x", "host host host macb: x" },
	{ "printk, level", "<6>[   68.290307] x", "host host host x" },
	{ "printk, long level", "<134>[   68.290307] x", "host host host x" },
	{ "printk, cpu", "[   68.290307][   C2] x", "host host host x" },
	{ "ftrace", " xenstored-115 [000] .N... 77.732508: map: x",
		"host host trace traced map: x" },
	{ "unstamped text is nobody's", "hello", "unknown unknown none hello" },
	{ "a guest on the console", "(d1) x", "d1 guest none x" },
	{ "one stamp behind (dN) is Xen's, and tells nothing",
		"(d1) [    1.000000] x", "d1 guest none x" },
	{ "guest behind a stamp of Xen",
		"(d12) [   66.376696] [    1.000000] x",
		"d12 guest guest x" },
	{ "a guest forges Xen", "(d1) (XEN) [    1.000000] smmu: x",
		"d1 guest guest forged smmu: x" },
	{ "an unstamped forgery", "(d1) (XEN) smmu: x",
		"d1 guest none forged smmu: x" },
	{ "(d) without number", "(d) x", "unknown unknown none (d) x" },
	{ "a number that is no domain", "(d99999) x",
		"unknown unknown none (d99999) x" },
	{ "too many digits", "(d1234567) x",
		"unknown unknown none (d1234567) x" },
	{ "(d0) is a guest's way to print", "(d0) x", "d0 guest none x" },
	{ "DOM0:", "(XEN) DOM0: [    1.000000] x", "host host host x" },
	{ "DOM0: behind a stamp of Xen",
		"(XEN) [   66.376696] DOM0: [    1.000000] x",
		"host host host x" },
	{ "DOM0: without a stamp of its own",
		"(XEN) [   66.376696] DOM0: hello",
		"host host xen-boot hello" },
	{ "DOMn:", "(XEN) DOM3: x", "d3 guest none x" },
	{ "DOMn: has no time of Xen", "(XEN) [   66.376696] DOM3: x",
		"d3 guest none x" },
	{ "DOMn: forges", "(XEN) DOM3: (XEN) smmu: x",
		"d3 guest none forged smmu: x" },
	{ "DOM: is Xen's word", "(XEN) DOM: x", "xen unknown none DOM: x" },
	{ "nothing", "", "unknown unknown none " },
};

static void each_prefix_tells_its_speaker(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena *arena = arena_new();
		struct framed f;
		char speaker[16];

		frame_line(str_from(cases[i].line), &f);
		assert_str(cases[i].line, f.raw, "raw");
		assert_str(cases[i].framed,
			arena_printf(arena, "%s %s %s %s%s%.*s",
				speaker_name(f.speaker, speaker),
				trust_name(f.trust),
				clock_kind_name(f.stamp.kind),
				f.traced ? "traced " : "",
				f.forged ? "forged " : "", STR_FMT(f.text)),
			cases[i].name);
		arena_free(arena);
	}
}

static const struct { const char *line; ptrdiff_t at; } tears[] = {
	{ "[    1.000000] macb ff0(XEN) smmu: x", 23 },
	{ "(XEN) one (XEN) two", 10 },
	{ "(XEN) (XEN) (XEN) ", 6 },
	{ "x(XEN) ", 1 },
	{ "(XEN) one", -1 },
	{ "x(XEN)", -1 },
	{ "x(XEN)y", -1 },
	{ "x(XE", -1 },
	{ "", -1 },
	{ "(d1) text (XEN) forged", -1 },	/* a guest may print anything */
	{ "(XEN) DOM1: text (XEN) forged", -1 },
	{ "(XEN) DOM0: text (XEN) x", 17 },
	{ "> x(XEN) y", 3 },
	{ "2026-11-21 02:40:13 (XEN) one", -1 },
	{ "2026-11-21 02:40:13 (XEN) one (XEN) two", 30 },
	{ "2026-11-21 02:40:13 (d1) one (XEN) two", -1 },
	{ "{\"MESSAGE\":\"(XEN) x\"}", -1 },
	{ "data: { \"MESSAGE\":\"(XEN) x\"}", -1 },
	{ "{\"(XEN) x", 2 },
	{ "{(XEN) x}", 1 },
	{ "(XEN) one[    1.000000] two", 9 },
	{ "(XEN) one [    1.000000] two", 10 },
	{ "(XEN) [    1.000000] one[    1.000000] two", 24 },
	{ "(XEN) [    1.000000] one", -1 },
	{ "(XEN) one[    1.000000][    T7] two", 9 },
	{ "(XEN) one[    1.00] two", -1 },
	{ "[    1.000000] one[    1.000000] two", 18 },
	{ "[    1.000000] one (XEN) two[    1.000000] three", 19 },
	{ "one[    1.000000] two", 3 },
	{ "one [    1.000000] two", -1 },	/* a logger that nobody knows */
	{ "one: [    1.000000] two", -1 },
	{ "(d1) one[    1.000000] two", -1 },
	{ "(XEN) one(d1) two", 9 },
	{ "(XEN) one (d1) [    1.000000] two", 10 },
	{ "(XEN) gnttab_transfer: Transferee (d3) is now dying", -1 },
	{ "(XEN) HVM1: one[    1.000000] two", -1 },
};

static void a_tear_is_anothers_line_inside_one_that_is_no_guests(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(tears); i++)
		if (frame_tear(str_from(tears[i].line), FRAME_AS_AUTO) != tears[i].at)
			fail_msg("%s", tears[i].line);
}

static void a_prefix_is_what_framing_knows(void **state)
{
	static const char *const with[] = {
		"(XEN) x", "(d1) x", "[    1.000000] x", "<6>[    1.000000] x",
		" t-1 [000] .....  1.000000: x: y",
	}, *const without[] = {
		"", "x", "(XEN)x", "[drm] x", "<6>x", "  [ 1.0] x",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(with); i++)
		assert_true(frame_has_prefix(str_from(with[i]), FRAME_AS_AUTO));
	for (size_t i = 0; i < COUNT(without); i++)
		assert_false(frame_has_prefix(str_from(without[i]), FRAME_AS_AUTO));
	assert_false(frame_has_prefix((struct str){ "\0", 1 }, FRAME_AS_AUTO));
}

static void a_neighbours_stamp_is_found_without_its_text(void **state)
{
	(void)state;
	assert_int_equal(frame_stamp(STR("[    1.000000] x"), FRAME_AS_AUTO).kind, CLOCK_HOST);
	assert_int_equal(frame_stamp(STR("(XEN) [    1.000000] x"), FRAME_AS_AUTO).kind,
			 CLOCK_XEN_BOOT);
	assert_int_equal(frame_stamp(STR("(d1) [    1.000000] x"), FRAME_AS_AUTO).kind,
			 CLOCK_NONE);
	assert_int_equal(frame_stamp(STR("(XEN) x: [    1.000000]"), FRAME_AS_AUTO).kind,
			 CLOCK_NONE);
	assert_int_equal(frame_stamp(STR("hello, world"), FRAME_AS_AUTO).kind, CLOCK_NONE);
	assert_int_equal(frame_stamp(STR(""), FRAME_AS_AUTO).kind, CLOCK_NONE);
}

/* What --as takes off, and that every other name leaves it on. */
static const struct { const char *line; unsigned taken_by; } forced[] = {
#define AS(name) (1u << FRAME_AS_##name)
	{ "> (XEN) x", AS(MAIL) },
	{ "    (XEN) x", AS(MAIL) },
	{ "Nov 21 02:40:13 zcu102 xl[7]: (XEN) x",
		AS(SYSLOG) | AS(JOURNAL) | AS(SERIAL) },
	{ "<3>1 2026-11-21T02:40:13Z zcu102 xl 7 - - (XEN) x", AS(SYSLOG) },
	{ "<3>Nov 21 02:40:13 zcu102 xl[7]: (XEN) x", AS(SYSLOG) },
	{ "{\"MESSAGE\":\"(XEN) x\"}", AS(JSON) },
	{ "MESSAGE=(XEN) x", AS(EXPORT) },
	{ "[   68.290307] zcu102 xl[7]: (XEN) x", AS(JOURNAL) },
	{ "[Nov21 02:40] (XEN) x", AS(DMESG) | AS(SERIAL) },
	{ "kern  :err   : (XEN) x", AS(DMESG) },
	{ "[  +0.000011] (XEN) x", AS(DMESG) },
	{ "[   68.290307 <    0.000123>] (XEN) x", AS(JOURNAL) | AS(DMESG) },
	{ "3,1234,68290307,-;(XEN) x", AS(KMSG) },
	{ "[68.290307 0.000123] (XEN) x", AS(SERIAL) },
	{ "[2026-11-21 02:40:13] (XEN) x", AS(SERIAL) | AS(DMESG) },
	{ "(XEN) x", ~(AS(FILE) | AS(RING)) },
};

static void a_format_that_is_forced_is_the_only_one(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(forced); i++)
		for (unsigned as = 0; as < FRAME_AS_COUNT; as++) {
			struct arena *a = arena_new();
			bool want = as == FRAME_AS_AUTO ||
				    (forced[i].taken_by & 1u << as);
			struct framed f;

			frame_wrapped(str_from(forced[i].line),
				      (enum frame_as)as, a, &f);
			if ((f.speaker == SPEAKER_XEN) != want)
				fail_msg("as %u: %s", as, forced[i].line);
			arena_free(a);
		}
}

static void what_is_found_in_a_file_has_no_prefix(void **state)
{
	static const char *const lines[] = {
		"(XEN) x", "(d1) x", "[    1.000000] x", "gnt t=1 op=map",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct str line = str_from(lines[i]);
		struct framed f;

		frame_wrapped(line, FRAME_AS_FILE, NULL, &f);
		assert_true(f.speaker == SPEAKER_FILE && !f.forged);
		assert_true(f.stamp.kind == CLOCK_NONE && !f.traced);
		assert_true(str_eq(f.text, line) && str_eq(f.raw, line));
		assert_false(frame_has_prefix(line, FRAME_AS_FILE));
		assert_true(frame_tear(line, FRAME_AS_FILE) < 0);
	}
}

static void only_the_kernel_speaks_in_its_ring(void **state)
{
	static const char *const texts[] = {
		"(XEN) x", "(d1) x", "usb: (XEN) x", "gnt t=1 op=map", "x",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct arena *a = arena_new();
		struct str line = arena_printf(a, "[    1.000000] %s",
					       texts[i]);
		struct framed f;

		frame_wrapped(line, FRAME_AS_RING, NULL, &f);
		assert_true(f.speaker == SPEAKER_HOST && !f.traced);
		assert_true(f.trust == TRUST_HOST && !f.forged);
		assert_true(f.stamp.kind == CLOCK_HOST);
		assert_true(str_eq(f.text, str_from(texts[i])));
		assert_true(frame_tear(line, FRAME_AS_RING) < 0);
		arena_free(a);
	}
}

static void a_format_is_found_by_its_name(void **state)
{
	enum frame_as as, found;

	(void)state;
	for (as = 0; as < FRAME_AS_COUNT; as++) {
		const char *title;
		struct str name = str_from(frame_as_name(as, &title));

		assert_true(frame_as_find(name, &found) && found == as);
		assert_true(*title);
	}
	assert_false(frame_as_find(STR(""), &found));
	assert_false(frame_as_find(STR("Mail"), &found));
	assert_false(frame_as_find(STR("mails"), &found));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_prefix_tells_its_speaker),
		cmocka_unit_test(
			a_tear_is_anothers_line_inside_one_that_is_no_guests),
		cmocka_unit_test(a_prefix_is_what_framing_knows),
		cmocka_unit_test(a_neighbours_stamp_is_found_without_its_text),
		cmocka_unit_test(a_format_that_is_forced_is_the_only_one),
		cmocka_unit_test(what_is_found_in_a_file_has_no_prefix),
		cmocka_unit_test(only_the_kernel_speaks_in_its_ring),
		cmocka_unit_test(a_format_is_found_by_its_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

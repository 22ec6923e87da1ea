/* Time stamps: what each clock prints, to the resolution it prints. */

#include "parsers/frame/stamp.h"
#include "tests/unit/unit.h"

struct stamp_case {
	const char *text;
	bool ok;
	enum clock_kind kind;
	int64_t lo, hi;
	const char *rest;
};

static const struct stamp_case xen[] = {
	{ "[   66.376696] smmu", true, CLOCK_XEN_BOOT, 66376696000, 66376697000,
		"smmu" },
	{ "[123456789.000001] x", true, CLOCK_XEN_BOOT, 123456789000001000,
		123456789000002000, "x" },
	{ "[    0.000000] ", true, CLOCK_XEN_BOOT, 0, 1000, "" },
	{ "[    1.000000]x", true, CLOCK_XEN_BOOT, 1000000000, 1000001000,
		"x" },
	{ "[0000000015b5219a] x", true, CLOCK_XEN_RAW, 0x15b5219a, 0x15b5219b,
		"x" },
	{ "[7ffffffffffffffe] x", true, CLOCK_XEN_RAW, INT64_MAX - 1,
		INT64_MAX, "x" },
	{ "[1970-01-01 00:00:00] x", true, CLOCK_XEN_DATE, 0, 1000000000, "x" },
	{ "[2021-02-08 20:24:11] x", true, CLOCK_XEN_DATE,
		1612815851000000000, 1612815852000000000, "x" },
	{ "[2021-02-08 20:24:11.123] x", true, CLOCK_XEN_DATE,
		1612815851123000000, 1612815851124000000, "x" },
	{ "[2000-02-29 23:59:59] x", true, CLOCK_XEN_DATE,
		951868799000000000, 951868800000000000, "x" },
	/* two blanks: the second is the text's */
	{ "[    1.000000]  x", true, CLOCK_XEN_BOOT, 1000000000, 1000001000,
		" x" },

	{ "[ffffffffffffffff] x", .ok = false },	/* no int64 */
	{ "[7fffffffffffffff] x", .ok = false },	/* no end */
	{ "[0000000000001000, 000000000009a000] (usable)", .ok = false },
	{ "[0000000000000000 - 00000000000a0000] (usable)", .ok = false },
	{ "[000000015b5219a] x", .ok = false },		/* 15 digits */
	{ "[0x008] 0 0x8424cb", .ok = false },
	{ "[  8] 0 0x8424cb", .ok = false },
	{ "[   66.37669] x", .ok = false },		/* five digits */
	{ "[   66.3766961234] x", .ok = false },
	{ "[   66.] x", .ok = false },
	{ "[1234567890.000000] x", .ok = false },	/* more than 31 years */
	{ "[-1.000000] x", .ok = false },
	{ "[   66.376696", .ok = false },
	{ "[2021-13-08 20:24:11] x", .ok = false },
	{ "[2021-00-08 20:24:11] x", .ok = false },
	{ "[2021-02-08 20:24:11.12] x", .ok = false },
	{ "[2021-02-08T20:24:11] x", .ok = false },
	{ "[9999-01-01 00:00:00] x", .ok = false },
	{ "[", .ok = false },
	{ "", .ok = false },
}, printk[] = {
	{ "[   68.290307] macb", true, CLOCK_HOST, 68290307000, 68290308000,
		"macb" },
	{ "[   68.290307][   C2] x", true, CLOCK_HOST, 68290307000,
		68290308000, "x" },
	{ "[   68.290307][  T123] x", true, CLOCK_HOST, 68290307000,
		68290308000, "x" },
	{ "[   68.290307] [    T1] x", true, CLOCK_HOST, 68290307000,
		68290308000, "x" },
	{ "[   68.290307] [T1x] y", true, CLOCK_HOST, 68290307000, 68290308000,
		"[T1x] y" },
	{ "[   68.290307] [drm] x", true, CLOCK_HOST, 68290307000, 68290308000,
		"[drm] x" },
	{ "[   68.290307] [", true, CLOCK_HOST, 68290307000, 68290308000, "[" },
	{ "[   68.290307]", true, CLOCK_HOST, 68290307000, 68290308000, "" },
	{ "[   68.290307]  [  T] x", true, CLOCK_HOST, 68290307000,
		68290308000, " [  T] x" },
	{ "[0000000015b5219a] x", .ok = false },	/* Linux has no such */
	{ "[drm] x", .ok = false },
}, trace[] = {
	{ "       xenstored-115     [000] .N...    77.732508: map: (x) y", true,
		CLOCK_TRACE, 77732508000, 77732509000, "map: (x) y" },
	{ "vif1.0-q0-guest-2311  [002] d..1    68.289912: gnt: x", true,
		CLOCK_TRACE, 68289912000, 68289913000, "gnt: x" },
	{ "          <idle>-0     [000]   106.902972: unmap: x", true,
		CLOCK_TRACE, 106902972000, 106902973000, "unmap: x" },
	{ "          <idle>-0     [0127]   106.902972123: x: y", true,
		CLOCK_TRACE, 106902972123, 106902972124, "x: y" },
	{ "            bash-1977    (   1977) [000] .... 17284.993652: x: y",
		true, CLOCK_TRACE, 17284993652000, 17284993653000, "x: y" },
	{ "          <idle>-0     (-------) [001] d.h1 17284.993652: x: y",
		true, CLOCK_TRACE, 17284993652000, 17284993653000, "x: y" },
	{ "  my task-7-12  [000] .....  1.000000: x: y", true,
		CLOCK_TRACE, 1000000000, 1000001000, "x: y" },

	{ "task-12 [00] .....  1.000000: x: y", .ok = false },
	{ "task-12 [000] .....  1.000000 x: y", .ok = false },
	{ "task-12 [000] .....  1.000000:x", .ok = false },
	{ "task-12 [000] ..  1.000000: x: y", .ok = false },
	{ "task-12 [000] 1.00000: x: y", .ok = false },
	{ "task [000] .....  1.000000: x: y", .ok = false },
	{ "-1 [000] .....  1.000000: x: y", .ok = false },
	{ "x () [000] .....  1.000000: x: y", .ok = false },
	{ ") [000] .....  1.000000: x: y", .ok = false },
	{ "(1) [000] .....  1.000000: x: y", .ok = false },
	{ "task-12 [000]", .ok = false },
	{ "task-12 [000] ", .ok = false },
	{ "task-12 [000] .....", .ok = false },
	{ " [", .ok = false },
};

static void check(const struct stamp_case *c, size_t n,
		  bool (*take)(struct str *, struct stamp *))
{
	for (size_t i = 0; i < n; i++) {
		struct str text = str_from(c[i].text);
		struct stamp stamp = { 0 };

		if (take(&text, &stamp) != c[i].ok)
			fail_msg("%s", c[i].text);
		assert_str(c[i].ok ? c[i].rest : c[i].text, text, "rest");
		if (!c[i].ok)
			continue;
		assert_int_equal(stamp.kind, c[i].kind);
		if (stamp.lo != c[i].lo || stamp.hi != c[i].hi)
			fail_msg("%s: %lld..%lld", c[i].text,
				 (long long)stamp.lo, (long long)stamp.hi);
	}
}

static void xen_stamps_in_each_mode(void **state)
{
	(void)state;
	check(xen, COUNT(xen), stamp_xen);
}

static void printk_stamps_with_and_without_caller(void **state)
{
	(void)state;
	check(printk, COUNT(printk), stamp_printk);
}

static void ftrace_records_with_and_without_flags(void **state)
{
	(void)state;
	check(trace, COUNT(trace), stamp_trace);
}

/* Every prefix of a stamp is looked at without a byte behind it. */
static void cut_anywhere_a_stamp_is_no_stamp_or_a_whole_one(void **state)
{
	const struct stamp_case *tables[] = { xen, printk, trace };
	const size_t counts[] = { COUNT(xen), COUNT(printk), COUNT(trace) };
	bool (*const takes[])(struct str *, struct stamp *) = {
		stamp_xen, stamp_printk, stamp_trace,
	};

	(void)state;
	for (size_t t = 0; t < COUNT(tables); t++)
		for (size_t i = 0; i < counts[t]; i++) {
			struct str whole = str_from(tables[t][i].text);

			for (size_t n = 0; n <= whole.n; n++) {
				char *cut = test_malloc(n + 1);
				struct str text = { cut, n };
				struct stamp stamp;

				memcpy(cut, whole.p, n);
				takes[t](&text, &stamp);
				assert_ptr_equal(text.p + text.n, cut + n);
				test_free(cut);
			}
		}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(xen_stamps_in_each_mode),
		cmocka_unit_test(printk_stamps_with_and_without_caller),
		cmocka_unit_test(ftrace_records_with_and_without_flags),
		cmocka_unit_test(
			cut_anywhere_a_stamp_is_no_stamp_or_a_whole_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

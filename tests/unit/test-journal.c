/* Entries of a journal: objects of -o json and dmesg -J, fields of -o export. */

#include <stdio.h>

#include "tests/unit/unit.h"

struct row { const char *line, *want; };

/* "SPEAKER STAMP-NS[ outer NS][ user]|TEXT"; an object that is none stays. */
static struct str show(struct arena *a, struct str line)
{
	struct framed f;
	char speaker[16];

	frame_wrapped(line, FRAME_AS_AUTO, a, &f);
	return arena_printf(a, "%s %s %lld%s%s%s|%.*s",
		speaker_name(f.speaker, speaker),
		clock_kind_name(f.stamp.kind), (long long)f.stamp.lo,
		f.outer.kind == CLOCK_WALL ? " dated" : "",
		f.user ? " user" : "", f.rebuilt ? " decoded" : "",
		STR_FMT(f.text));
}

static void check_rows(const struct row *rows, size_t n)
{
	unsigned failed = 0;

	for (size_t i = 0; i < n; i++) {
		struct arena *a = arena_new();
		struct str got = show(a, str_from(rows[i].line));

		if (!str_eq(got, str_from(rows[i].want))) {
			print_error("  line: %s\nwanted: %s\n   got: %.*s\n",
				    rows[i].line, rows[i].want, STR_FMT(got));
			failed++;
		}
		arena_free(a);
	}
	assert_int_equal(failed, 0);
}

#define M "{\"MESSAGE\":"

static const struct row texts[] = {
	{ M "\"(XEN) x\"}", "xen none 0 decoded|x" },
	{ M " \"(XEN) x\" }", "xen none 0 decoded|x" },
	{ "{ \"MESSAGE\" : \"(XEN) x\" }", "xen none 0 decoded|x" },
	{ "data: " M "\"(XEN) x\"}", "xen none 0 decoded|x" },
	{ "{\"pri\":3,\"time\":68.290307,\"msg\":\"x\"}",
		"unknown none 0 decoded|x" },
	/* escapes */
	{ M "\"a \\\"b\\\" \\\\ c\\/d\"}", "unknown none 0 decoded|a \"b\" \\ c/d" },
	{ M "\"a\\tb\"}", "unknown none 0 decoded|a\tb" },
	{ M "\"a\\u0041\\u00e9\\u20ac\"}", "unknown none 0 decoded|aA\xc3\xa9\xe2\x82\xac" },
	{ M "\"a\\u000ab\\nc\"}", "unknown none 0 decoded|a b c" },
	{ M "\"x\\n(XEN) y\"}", "unknown none 0 decoded|x (XEN) y" },
	{ M "\"\\u001b[31mx\"}", "unknown none 0 decoded| [31mx" },
	{ M "\"\\u007fx\"}", "unknown none 0 decoded| x" },
	/* bytes */
	{ M "[120,32,121]}", "unknown none 0 decoded|x y" },
	{ M "[ 120 , 10 , 121 ]}", "unknown none 0 decoded|x y" },
	{ M "[120,127,121]}", "unknown none 0 decoded|x y" },
	{ M "[]}", "unknown none 0 decoded|" },
	{ M "null}", "unknown none 0 decoded|" },
	/* what stands around */
	{ "{\"A\":[\"1\",\"2\"],\"B\":null,\"C\":-7,\"D\":true," "\"MESSAGE\":\"x\"}",
		"unknown none 0 decoded|x" },
	{ M "\"x\",\"MESSAGE\":\"y\"}", "unknown none 0 decoded|x" },
	{ "{\"MESSAGE_ID\":\"x\",\"MESSAGE\":\"y\"}", "unknown none 0 decoded|y" },
	{ "{\"A\":\"\\\"MESSAGE\\\":\\\"x\\\"\",\"MESSAGE\":\"y\"}",
		"unknown none 0 decoded|y" },
	/* a text that is itself wrapped */
	{ M "\"Nov 21 02:40:13 zcu102 kernel: x\"}", "host none 0 decoded|x" },
	{ "> " M "\"(XEN) x\"}", "xen none 0 decoded|x" },
	/* no object, or cut off: left as it is */
	{ "{}", "unknown none 0|{}" },
	{ "{\"A\":\"x\"}", "unknown none 0|{\"A\":\"x\"}" },
	{ "{\"MESSAGE\"}", "unknown none 0|{\"MESSAGE\"}" },
	{ M "\"x", "unknown none 0|" M "\"x" },
	{ M "\"x\\", "unknown none 0|" M "\"x\\" },
	{ M "\"x\\u00", "unknown none 0|" M "\"x\\u00" },
	{ M "\"x\\u00g0\"}", "unknown none 0|" M "\"x\\u00g0\"}" },
	{ M "\"x\\q\"}", "unknown none 0|" M "\"x\\q\"}" },
	{ "{\"A\":[[[1]]],\"MESSAGE\":\"x\"}",
		"unknown none 0|{\"A\":[[[1]]],\"MESSAGE\":\"x\"}" },
	{ "{\"A\":{\"MESSAGE\":\"x\"}}",
		"unknown none 0|{\"A\":{\"MESSAGE\":\"x\"}}" },
	{ "{'MESSAGE':'x'}", "unknown none 0|{'MESSAGE':'x'}" },
	{ "{", "unknown none 0|{" },
	{ "data: x", "unknown none 0|data: x" },
};

static void a_message_is_decoded(void **state)
{
	(void)state;
	check_rows(texts, COUNT(texts));
}

#define KERNEL "\"_TRANSPORT\":\"kernel\","

static const struct row sayings[] = {
	{ "{" KERNEL "\"MESSAGE\":\"macb: x\"}", "host none 0 decoded|macb: x" },
	{ M "\"macb: x\"," "\"_TRANSPORT\":\"kernel\"}",
		"host none 0 decoded|macb: x" },
	{ "{\"_TRANSPORT\":\"syslog\",\"MESSAGE\":\"macb: x\"}",
		"unknown none 0 user decoded|macb: x" },
	{ "{\"_TRANSPORT\":\"stdout\",\"MESSAGE\":\"(XEN) x\"}",
		"xen none 0 user decoded|x" },
	{ "{\"_TRANSPORT\":\"stdout\",\"SYSLOG_IDENTIFIER\":\"hypervisor\","
	  "\"MESSAGE\":\"(XEN) x\"}", "xen none 0 decoded|x" },
	{ "{" KERNEL "\"_SOURCE_MONOTONIC_TIMESTAMP\":\"68290307\","
		"\"MESSAGE\":\"x\"}", "host host 68290307000 decoded|x" },
	{ "{" KERNEL "\"__REALTIME_TIMESTAMP\":\"1795228813290307\","
		"\"MESSAGE\":\"x\"}", "host none 0 dated decoded|x" },
	{ "{\"_SOURCE_MONOTONIC_TIMESTAMP\":\"68290307\"," KERNEL
		"\"__REALTIME_TIMESTAMP\":\"1795228813290307\",\"MESSAGE\":\"x\"}",
		"host host 68290307000 dated decoded|x" },
	{ "{" KERNEL "\"MESSAGE\":\"[   68.290307] x\"}",
		"host host 68290307000 decoded|x" },
	/* numbers that are none, or too large */
	{ "{" KERNEL "\"_SOURCE_MONOTONIC_TIMESTAMP\":\"-1\","
		"\"MESSAGE\":\"x\"}", "host none 0 decoded|x" },
	{ "{" KERNEL "\"_SOURCE_MONOTONIC_TIMESTAMP\":\"9999999999999999999\","
		"\"MESSAGE\":\"x\"}", "host none 0 decoded|x" },
	{ "{" KERNEL "\"__REALTIME_TIMESTAMP\":\"\",\"MESSAGE\":\"x\"}",
		"host none 0 decoded|x" },
	/* a guest stays one, whatever the journal says */
	{ "{" KERNEL "\"MESSAGE\":\"(d1) (XEN) x\"}", "d1 none 0 decoded|x" },
};

static void its_fields_tell_who_and_when(void **state)
{
	(void)state;
	check_rows(sayings, COUNT(sayings));
}

static const char messages[] =
	"message error\n"
	"title T\n"
	"from linux\n"
	"text macb: bus error {count}\n"
	"sample? macb: bus error 1\n";

static const struct { const char *name, *text, *events; } exports[] = {
	{ "the time is in a field before",
		"__REALTIME_TIMESTAMP=1795228813290307\n"
		"_SOURCE_MONOTONIC_TIMESTAMP=68290307\n"
		"_TRANSPORT=kernel\nMESSAGE=macb: bus error 1\n\n",
		"error@4 host/host host 68290307000..68290308000 count=1\n" },
	{ "or behind it", "__CURSOR=x\nMESSAGE=macb: bus error 1\n"
		"_SOURCE_MONOTONIC_TIMESTAMP=68290307\n\n",
		"error@2 unknown/unknown host 68290307000..68290308000 count=1\n" },
	{ "the kernel's own goes before the journal's",
		"__MONOTONIC_TIMESTAMP=99000000\n"
		"_SOURCE_MONOTONIC_TIMESTAMP=68290307\n"
		"MESSAGE=macb: bus error 1\n\n",
		"error@3 unknown/unknown host 68290307000..68290308000 count=1\n" },
	{ "the journal's, where the kernel told none",
		"__MONOTONIC_TIMESTAMP=99000000\nMESSAGE=macb: bus error 1\n\n",
		"error@2 unknown/unknown host 99000000000..99000001000 count=1\n" },
	{ "another entry's time is not this one's",
		"_SOURCE_MONOTONIC_TIMESTAMP=1000000\nMESSAGE=a\n\n"
		"__CURSOR=x\nMESSAGE=macb: bus error 1\n\n"
		"_SOURCE_MONOTONIC_TIMESTAMP=2000000\nMESSAGE=b\n\n",
		"error@5 unknown/unknown never count=1\n" },
	{ "a time that is no number",
		"__CURSOR=x\n_SOURCE_MONOTONIC_TIMESTAMP=1e9\n"
		"MESSAGE=macb: bus error 1\n\n", "error@3 unknown/unknown never count=1\n" },
	{ "no end of an entry", "__CURSOR=x\nMESSAGE=macb: bus error 1",
		"error@2 unknown/unknown never count=1\n" },
	{ "the very first line", "MESSAGE=macb: bus error 1",
		"error@1 unknown/unknown never count=1\n" },
	{ "a stamp in the text itself", "__MONOTONIC_TIMESTAMP=99000000\n"
		"MESSAGE=[   68.290307] macb: bus error 1\n\n",
		"error@2 host/host host 68290307000..68290308000 count=1\n" },
	{ "a program's text is no event", "_TRANSPORT=syslog\n"
		"MESSAGE=macb: bus error 1\n_PID=33\n\n", "" },
	{ "a program's text is no event, told behind it",
		"__CURSOR=x\nMESSAGE=macb: bus error 1\n_TRANSPORT=stdout\n\n",
		"" },
	{ "another field's text is none", "__CURSOR=x\n"
		"SYSLOG_RAW=macb: bus error 1\n\n", "" },
};

static void an_exported_entry_is_dated_by_its_fields(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, messages);
	for (size_t i = 0; i < COUNT(exports); i++) {
		struct arena *a = arena_new();

		assert_str(exports[i].events, events_of(&w, a,
			str_from(exports[i].text), SHOW_WHO | SHOW_WHEN),
			exports[i].name);
		arena_free(a);
	}
	world_close(&w);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_is_decoded),
		cmocka_unit_test(its_fields_tell_who_and_when),
		cmocka_unit_test(an_exported_entry_is_dated_by_its_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

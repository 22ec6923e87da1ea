/* The text reader from end to end, on texts in memory. */

#include <stdio.h>

#include "tests/unit/unit.h"

static const char messages[] =
	MESSAGE_FAULT
	MESSAGE_ERROR
	"message focus\n"
	"title T\n"
	"from xen\n"
	"text *** Serial input to {name}\n"
	"means focus\n"
	"sample? (XEN) *** Serial input to DOM0\n" "\n"
	"message lost\n" "title T\n" "from file\n"
	"text lost line: {name}\n"
	"sample lost line: torn\n";

#define F(addr) "(XEN) smmu: fault at " addr
#define E(count) "macb: bus error " count

static const struct {
	const char *name, *text, *events, *claims;
	unsigned matched, unmatched, damaged, torn;
} cases[] = {
	{ "nothing", "", "", "", 0, 0, 0, 0 },
	{ "one empty line", "\n", "", "", 0, 1, 0, 0 },
	{ "no newline at the end", "hello\n" F("1"), "fault@2 addr=1\n",
		"fault@2 smmu: fault at 1\n", 1, 1, 0, 0 },
	{ "CR LF", F("1") "\r\n" E("2") "\r\n", "fault@1 addr=1\n"
		"error@2 count=2\n", NULL, 2, 0, 0, 0 },
	{ "empty lines count", "\n\n" F("1") "\n\n", "fault@3 addr=1\n", NULL,
		1, 3, 0, 0 },
	{ "colours", "\x1b[31m" F("1") "\x1b[0m\n", "fault@1 addr=1\n",
		"fault@1 smmu: fault at 1\n", 1, 0, 0, 0 },
	{ "an anchor that a colour cuts", "(XEN) smmu: fa\x1b[0mult at 1\n",
		"fault@1 addr=1\n", NULL, 1, 0, 0, 0 },
	{ "damage", "hello\x01\nworld\xff\n\xc3\xa9t\xc3\xa9\n", "", NULL,
		0, 1, 2, 0 },
	{ "damage in a line that is known", F("1") "\x01\n", "fault@1 addr=1\n",
		NULL, 1, 0, 0, 0 },
	/* torn lines */
	{ "Xen inside a line of the kernel",
		"[    1.000000] macb: bus " F("1") "\nerror 5\n",
		"fault@1 addr=1\nerror@1 count=5\n",
		"fault@1 smmu: fault at 1\nerror@1+2 macb: bus error 5\n",
		2, 0, 0, 1 },
	{ "the rest comes some lines later",
		"[    1.000000] macb: bus " F("1") "\n(XEN) a\n[    1.1] b\n"
		"[    1.000001] c\nerror 5\n",
		"fault@1 addr=1\n", NULL, 1, 4, 0, 1 },
	{ "only lines that say who speaks are in between",
		"[    1.000000] macb: bus " F("1") "\n(XEN) a\n"
		"[    1.000001] c\nerror 5\n",
		"fault@1 addr=1\nerror@1 count=5\n", NULL, 2, 2, 0, 1 },
	{ "nothing comes",
		"[    1.000000] macb: bus " F("1") "\n(XEN) a\n",
		"fault@1 addr=1\nlost@1 name=torn\n", NULL, 1, 1, 0, 1 },
	{ "a guest's line inside the kernel's",
		"[    1.000000] macb: bus (d1) hello\nerror 5\n",
		"error@1 count=5\n", "error@1+2 macb: bus error 5\n",
		2, 0, 0, 1 },
	{ "… and nothing comes", "[    1.000000] macb: bus (d1) error 5\n",
		"lost@1 name=torn\n", NULL, 0, 1, 0, 1 },
	{ "a guest's line behind a logger's stamp is none",
		"[2026-11-21 02:40:13] (d1) hello\n", "", NULL,
		0, 1, 0, 0 },
	{ "a guest's line as a log shows it that nobody knows is none",
		"board-7: (d1) hello\n", "", NULL, 0, 1, 0, 0 },
	{ "a cut number whose rest makes no line that is known",
		F("1") "[    1.000000] a\n2 x\n",
		"lost@1 name=torn\n", NULL, 0, 2, 0, 1 },
	{ "a whole line, and digits that may be another's",
		F("1") "[    1.000000] a\n(XEN) smmu: fault at 3[    1.100000] b\n"
		"2\n",
		"lost@1 name=torn\nfault@2 addr=50\n", NULL, 2, 1, 0, 2 },
	{ "a rest that may be another's",
		"(XEN) smmu: fau[    1.000000] a\n[    1.100000] ti(XEN) b\n"
		"ck\nlt at 1\n",
		"lost@1 name=torn\n", NULL, 0, 4, 0, 2 },
	{ "Xen's prefix is cut, and its rest once more",
		"[    1.000000] " E("7") "\n(XE[    1.000000] b\n"
		"N) smmu: fau[    1.000000] c\nlt at 1\n",
		"error@1 count=7\nlost@2 name=torn\n", NULL, 1, 3, 0, 2 },
	{ "a shell's line is cut, and its rest once more",
		"[    1.000000] " E("7") "\n# l[    1.000000] b\n"
		"s -l[    1.000000] c\n /\n",
		"error@1 count=7\n", NULL, 1, 3, 0, 2 },
	{ "a logger that writes each line end twice",
		"(XEN) smmu: fau[    1.000000] a\n\nlt at 1\n\n",
		"fault@1 addr=1\n", NULL, 2, 2, 0, 1 },
	{ "a whole line, its line end, and another's line",
		F("1") "[    1.000000] a\n\n2\n",
		"fault@1 addr=1\n", NULL, 1, 2, 0, 1 },
	{ "the rest is no rest", "[    1.000000] macb: bus " F("1") "\nhello\n"
		"error 5\n", "fault@1 addr=1\n", NULL, 1, 2, 0, 1 },
	{ "a whole line before Xen's", "[    1.000000] " E("7") F("1") "\n",
		"fault@1 addr=1\nerror@1 count=7\n", NULL, 1, 0, 0, 1 },
	{ "three in a line", F("1") F("2") F("3") "\n",
		"fault@1 addr=1\nfault@1 addr=2\nfault@1 addr=3\n", NULL,
		1, 0, 0, 1 },
	/* … and the kernel inside a line of Xen's */
	{ "the kernel inside a line of Xen's",
		"(XEN) smmu: fau[    1.000000] " E("7") "\nlt at 1\n",
		"fault@1 addr=1\nerror@1 count=7\n",
		"fault@1+2 smmu: fault at 1\nerror@1 macb: bus error 7\n",
		2, 0, 0, 1 },
	{ "its rest is missing", "(XEN) smmu: fau[    1.000000] " E("7") "\n",
		"error@1 count=7\nlost@1 name=torn\n", NULL, 1, 0, 0, 1 },
	{ "its line end alone came late",
		F("1") "[    1.000000] " E("7") "\n\n",
		"fault@1 addr=1\nerror@1 count=7\n", NULL, 1, 1, 0, 1 },
	{ "its number goes on", F("1") "[    1.000000] " E("7") "\n2\n",
		"fault@1 addr=18\nerror@1 count=7\n", NULL, 2, 0, 0, 1 },
	{ "Xen's own time is no tear", "(XEN) [    1.000000] smmu: fault at 1\n",
		"fault@1 addr=1\n", NULL, 1, 0, 0, 0 },
	{ "nor is a logger's before the kernel's",
		"[2026-11-21 02:40:13] [    1.000000] " E("7") "\n",
		"error@1 count=7\n", NULL, 1, 0, 0, 0 },
	{ "nor what stands before a kernel's in a log that nobody knows",
		"board-7: [    1.000000] " E("7") "\n", "", NULL, 0, 1, 0, 0 },
	{ "a guest's line of Xen's cannot be torn",
		"(XEN) HVM1: x[    1.000000] " E("7") "\n", "", NULL,
		0, 1, 0, 0 },
	{ "two are torn, each has its rest",
		"(XEN) smmu: fau[    1.000000] a\n(XEN) smmu: faul[    1.000001] b\n"
		"lt at 1\nt at 2\n",
		"fault@1 addr=1\nfault@2 addr=2\n", NULL, 4, 0, 0, 2 },
	{ "a guest cannot tear", "(d1) hello " F("1") "\n", "", NULL,
		0, 1, 0, 0 },
	/* a message without line end, and the marker of the next */
	{ "<2>smmu:", F("1") "<2>smmu: fault at 2\n",
		"fault@1 addr=1\nfault@1 addr=2\n", NULL, 1, 0, 0, 0 },
	{ "<2>smmu: behind an unknown text",
		"(XEN) mask 0x7fff<2>smmu: fault at 2\n", "fault@1 addr=2\n",
		"fault@1 smmu: fault at 2\n", 1, 0, 0, 0 },
	{ "<2>smmu: twice", F("1") "<2>smmu: fault at 2<3>smmu: fault at 3\n",
		"fault@1 addr=1\nfault@1 addr=2\nfault@1 addr=3\n", NULL,
		1, 0, 0, 0 },
	{ "<7> is no marker of Xen", F("1") "<7>smmu: fault at 2\n", "", NULL,
		0, 1, 0, 0 },
};

static void lines_come_to_this(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, messages);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct kept k;

		kept_open(&k, &w, 0);
		kept_read(&k, &w, str_from(cases[i].text), 65536);
		assert_str(cases[i].events, kept_events(&k), cases[i].name);
		if (cases[i].claims)
			assert_str(cases[i].claims, kept_claims(&k),
				   cases[i].name);
		if (k.tally.matched != cases[i].matched ||
		    k.tally.unmatched != cases[i].unmatched ||
		    k.tally.damaged != cases[i].damaged ||
		    k.tally.torn != cases[i].torn)
			fail_msg("%s: %u matched %u unmatched %u damaged "
				 "%u torn", cases[i].name,
				 (unsigned)k.tally.matched,
				 (unsigned)k.tally.unmatched,
				 (unsigned)k.tally.damaged,
				 (unsigned)k.tally.torn);
		kept_close(&k);
	}
	world_close(&w);
}

static const struct { const char *name, *text, *events; } trusts[] = {
	{ "line ends that nobody turned", F("1") "\n", "xen/unknown" },
	{ "\\r\\n is Xen's own", F("1") "\r\n", "xen/hypervisor" },
	{ "\\r\\r\\n went through a tty of the host", F("1") "\r\r\n",
		"xen/host late" },
	{ "inside another's line", "[    1.000000] abc " F("1") "\n",
		"xen/host" },
	{ "inside another's line, with Xen's line end",
		"[    1.000000] abc " F("1") "\r\n", "xen/hypervisor" },
	{ "a guest's forgery", "(d1) " F("1") "\r\n", "d1/guest forged" },
	{ "… inside a line of the kernel's",
		"[    1.000000] macb: bus (d1) " F("1") "\r\n",
		"d1/guest forged" },
	{ "the console shows a guest's output",
		"(XEN) *** Serial input to DOM1\r\n" F("1") "\r\n",
		"xen/guest" },
	{ "and back again, which the guest may say too",
		"(XEN) *** Serial input to DOM1\r\n"
		"(XEN) *** Serial input to Xen\r\n" F("1") "\r\n",
		"xen/guest" },
	{ "of the host, before anything else",
		"(XEN) *** Serial input to DOM0\r\n" F("1") "\r\n",
		"xen/hypervisor" },
	{ "a guest cannot say so",
		"(d1) (XEN) *** Serial input to DOM1\r\n" F("1") "\r\n",
		"xen/hypervisor" },
};

static void line_ends_tell_who_could_have_printed(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, messages);
	for (size_t i = 0; i < COUNT(trusts); i++) {
		struct arena *arena = arena_new();
		struct str events = events_of(&w, arena,
				str_from(trusts[i].text), SHOW_WHO), who;
		ptrdiff_t at = str_find(events, STR("fault@"));

		assert_true(at >= 0);
		who = str_skip(events, (size_t)at);
		str_word(&who);
		who = str_trim(str_head(who, (size_t)str_find(who,
							      STR("addr="))));
		assert_str(trusts[i].events, who, trusts[i].name);
		arena_free(arena);
	}
	world_close(&w);
}

static const struct { const char *name, *text, *events; } dates[] = {
	{ "a stamp of its own", "(XEN) [    1.000000] smmu: fault at 1\n",
		"xen-boot 1000000000..1000001000" },
	{ "undated, between two dated ones",
		"[    1.000000] a\n" F("1") "\n[    2.000000] b\n",
		"host 1000000000..3000001000" },	/* a second of lag */
	{ "undated, the last", "[    1.000000] a\n" F("1") "\n",
		"host 1000000000.." },
	{ "undated, the first", F("1") "\n(XEN) [    2.000000] b\n",
		"xen-boot ..2000001000" },
	{ "undated and alone", F("1") "\n", "never" },
	{ "the clock was set back",
		"[    5.000000] a\n" F("1") "\n[    2.000000] b\n",
		"host 5000000000.." },
	{ "of one clock only", "(XEN) [    1.000000] a\n" F("1")
		"\n[    9.000000] b\n(XEN) [    3.000000] c\n",
		"xen-boot 1000000000..3000001000" },
	{ "a guest's clock dates nobody", "(d1) [    1.000000] [    1.0] a\n"
		F("1") "\n", "never" },
	{ "Xen's stamp between two of the host",
		"[    1.000000] a\n(XEN) [    7.000000] smmu: fault at 1\n"
		"[    2.000000] b\n",
		"xen-boot 7000000000..7000001000 "
		"between host 1000000000..3000001000" },
	{ "ticks take the time of their neighbours",
		"[    1.000000] a\n(XEN) [0000000000000007] smmu: fault at 1\n"
		"[    2.000000] b\n", "host 1000000000..3000001000 between xen-raw 7..8" },
	{ "ticks alone", "(XEN) [0000000000000007] smmu: fault at 1\n",
		"xen-raw 7..8" },
};

static void undated_lines_lie_between_dated_ones(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, messages);
	for (size_t i = 0; i < COUNT(dates); i++) {
		struct arena *arena = arena_new();
		struct str when = events_of(&w, arena, str_from(dates[i].text),
					    SHOW_WHEN);

		str_word(&when);
		when = str_head(when, (size_t)str_find(when, STR(" addr=")));
		assert_str(dates[i].events, str_trim(when), dates[i].name);
		arena_free(arena);
	}
	world_close(&w);
}

static void only_lines_with_a_hit_are_examined(void **state)
{
	struct kept k;
	struct world w;

	(void)state;
	world_open(&w, messages);
	kept_open(&k, &w, 0);
	kept_read(&k, &w, STR("hello\n(XEN) hello\n[    1.000000] hello\n"
			      F("x") "\n" F("1") "\nodd\x01\n\n"), 65536);
	assert_int_equal(k.tally.examined, 2);
	assert_int_equal(k.tally.matched, 1);
	kept_close(&k);
	world_close(&w);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_come_to_this),
		cmocka_unit_test(line_ends_tell_who_could_have_printed),
		cmocka_unit_test(undated_lines_lie_between_dated_ones),
		cmocka_unit_test(only_lines_with_a_hit_are_examined),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

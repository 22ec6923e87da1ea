/* Replays: what was printed again is no new event; what only looks so, is. */

#include <stdio.h>

#include "tests/unit/unit.h"

static const char messages[] =
	MESSAGE_FAULT
	MESSAGE_ERROR
	"message boot\n"
	"title T\n"
	"from xen\n"
	"text Xen version {name}\n"
	"means boot-start\n"
	"sample? (XEN) Xen version 4.12\n"
	"\n"
	"message kernel\n"
	"title T\n"
	"from linux\n"
	"text Linux version {name}\n"
	"means kernel-start\n"
	"sample? Linux version 5.4\n"
	"\n"
	"message ring\n"
	"title T\n"
	"from xen\n"
	"text '{name}' pressed -> dumping console ring buffer\n"
	"means replay-start\n"
	"sample? (XEN) 'w' pressed -> dumping console ring buffer\n";

#define X(stamp, addr) "(XEN) " stamp "smmu: fault at " addr
#define L(stamp, count) "[" stamp "] macb: bus error " count "\n"
#define DAY1 "[2021-02-08 20:24:11] "
#define DAY2 "[2021-02-08 20:24:12] "
#define RING "(XEN) 'w' pressed -> dumping console ring buffer\r\n"

static const struct { const char *name, *text, *events; unsigned replayed; }
cases[] = {
	/* undated: only the line end tells */
	{ "the same undated line twice is two events",
		X("", "1") "\r\n" X("", "1") "\r\n",
		"fault@1 addr=1\nfault@2 addr=1\n", 0 },
	{ "xl dmesg on the console: \\r\\r\\n",
		X("", "1") "\r\n" X("", "2") "\r\n" X("", "1") "\r\r\n"
		X("", "2") "\r\r\n" X("", "3") "\r\r\n",
		"fault@1 addr=1\nfault@2 addr=2\nfault@5 late addr=3\n", 2 },
	{ "xl dmesg alone, lines only", X("", "1") "\n" X("", "1") "\n",
		"fault@1 addr=1\nfault@2 addr=1\n", 0 },
	{ "xl dmesg twice", X("", "1") "\r\r\n" X("", "1") "\r\r\n",
		"fault@1 late addr=1\n", 1 },
	{ "after it, life goes on",
		X("", "1") "\r\n" X("", "1") "\r\r\n" X("", "1") "\r\n",
		"fault@1 addr=1\nfault@3 addr=1\n", 1 },
	/* dmesg of the host: stamps run back */
	{ "dmesg on the console",
		L("    1.000000", "1") L("    5.000000", "2")
		L("    1.000000", "1") L("    5.000000", "2")
		L("    6.000000", "3"),
		"error@1 count=1\nerror@2 count=2\nerror@5 count=3\n", 2 },
	{ "dmesg knows a line that the console lost",
		L("    1.000000", "1") L("    5.000000", "2")
		L("    2.000000", "9") L("    5.000000", "2"),
		"error@1 count=1\nerror@2 count=2\nerror@3 late count=9\n", 1 },
	{ "CPUs print out of order, within a second",
		L("    5.000000", "1") L("    4.500000", "2"),
		"error@1 count=1\nerror@2 count=2\n", 0 },
	{ "the same line at the same microsecond is one",
		L("    5.000000", "1") L("    5.000000", "1"),
		"error@1 count=1\n", 1 },
	{ "the same line a microsecond later is two",
		L("    5.000000", "1") L("    5.000001", "1"),
		"error@1 count=1\nerror@2 count=1\n", 0 },
	{ "the host's clock says nothing about Xen's",
		L("   50.000000", "1") X("[    1.000000] ", "1") "\n",
		"error@1 count=1\nfault@2 addr=1\n", 0 },
	/* date stamps of one second: identical lines are a storm */
	{ "a storm within a second of a date",
		X(DAY1, "1") "\n" X(DAY1, "1") "\n" X(DAY1, "1") "\n"
		X(DAY2, "1") "\n" X(DAY2, "1") "\n",
		"fault@1 addr=1\nfault@2 addr=1\nfault@3 addr=1\n"
		"fault@4 addr=1\nfault@5 addr=1\n", 0 },
	{ "and its replay",
		X(DAY1, "1") "\n" X(DAY1, "1") "\n" X(DAY2, "2") "\n"
		X(DAY1, "1") "\n" X(DAY1, "1") "\n" X(DAY2, "2") "\n",
		"fault@1 addr=1\nfault@2 addr=1\nfault@3 addr=2\n", 3 },
	{ "ticks tell lines apart",
		X("[0000000000000010] ", "1") "\n"
		X("[0000000000000011] ", "1") "\n"
		X("[0000000000000010] ", "1") "\n",
		"fault@1 addr=1\nfault@2 addr=1\n", 1 },
	/* debug key w: up to its own line */
	{ "key w",
		X("", "1") "\r\n" X("", "2") "\r\n" RING X("", "0") "\r\n"
		X("", "1") "\r\n" X("", "2") "\r\n" RING X("", "1") "\r\n",
		"fault@1 addr=1\nfault@2 addr=2\nring@3 name=w\n"
		"fault@4 late addr=0\nfault@8 addr=1\n", 3 },
	/* what starts again */
	{ "another power-on prints the same",
		"(XEN) Xen version 1\n" X("[    1.000000] ", "1") "\n"
		"(XEN) Xen version 1\n" X("[    1.000000] ", "1") "\n",
		"boot@1 name=1\nfault@2 addr=1\n"
		"boot@3 name=1\nfault@4 addr=1\n", 0 },
	{ "a stamped banner twice is a replay",
		"(XEN) [    0.000001] Xen version 1\n"
		X("[    9.000000] ", "1") "\n"
		"(XEN) [    0.000001] Xen version 1\n"
		X("[    9.000000] ", "1") "\n",
		"boot@1 name=1\nfault@2 addr=1\nnot a boot\n", 2 },
	{ "another kernel of the host, told without a stamp",
		L("    9.000000", "1")
		"Linux version 5\n" L("    0.000000", "1"),
		"error@1 count=1\nkernel@2 name=5\nerror@3 count=1\n", 0 },
	{ "the same kernel once more, its log does not come again",
		"[    0.000000] Linux version 5\n" L("    9.000000", "1")
		"[    0.000000] Linux version 5\n" L("    0.500000", "2"),
		"kernel@1 name=5\nerror@2 count=1\n"
		"kernel@3 name=5\nerror@4 count=2\n", 0 },
	{ "its log comes again",
		"[    0.000000] Linux version 5\n" L("    9.000000", "1")
		"[    0.000000] Linux version 5\n" L("    9.000000", "1"),
		"kernel@1 name=5\nerror@2 count=1\n", 2 },
	/* guests neither repeat nor hide anything */
	{ "a guest says it twice",
		"(d1) (XEN) smmu: fault at 1\r\r\n"
		"(d1) (XEN) smmu: fault at 1\r\r\n",
		"fault@1 forged addr=1\nfault@2 forged addr=1\n", 0 },
	{ "a guest's line first does not hide Xen's",
		"(d1) (XEN) [   99.000000] smmu: fault at 1\n"
		X("[    1.000000] ", "1") "\n",
		"fault@1 forged addr=1\nfault@2 addr=1\n", 0 },
	{ "a guest's banner starts nothing",
		X("[    1.000000] ", "1") "\n(d1) (XEN) Xen version 1\n"
		X("[    1.000000] ", "1") "\n",
		"fault@1 addr=1\nboot@2 forged name=1\n", 1 },
};

static void replays_are_told_from_events(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, messages);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct kept k;

		kept_open(&k, &w, 0);
		kept_read(&k, &w, str_from(cases[i].text), 65536);
		assert_str(cases[i].events, kept_events(&k), cases[i].name);
		if (k.tally.replayed != cases[i].replayed)
			fail_msg("%s: %u replayed", cases[i].name,
				 (unsigned)k.tally.replayed);
		kept_close(&k);
	}
	world_close(&w);
}

/* More lines than the table of fingerprints holds: none becomes new again. */
static void a_replay_of_more_than_fits_gives_nothing_new(void **state)
{
	enum { LINES = 150000, ROOM = 64 };
	char *text = test_malloc(2 * LINES * ROOM);
	size_t n = 0;
	struct kept k;
	struct world w;

	(void)state;
	world_open(&w, messages);
	for (unsigned i = 0; i < 2 * LINES; i++)
		n += (size_t)snprintf(text + n, ROOM,
			"[%6u.000000] macb: bus error 1\n", i % LINES);
	kept_open(&k, &w, 0);
	kept_read(&k, &w, (struct str){ text, n }, 65536);
	assert_int_equal(str_find(kept_events(&k), STR("late")), -1);
	/* What lies within a second of the last line may count twice. */
	assert_in_range(k.nevents, LINES, LINES + 1);
	kept_close(&k);
	world_close(&w);
	test_free(text);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(replays_are_told_from_events),
		cmocka_unit_test(a_replay_of_more_than_fits_gives_nothing_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Blocks: members join their head, by key and in time, and only then. */

#include <stdlib.h>

#include "parsers/base/num.h"
#include "tests/unit/unit.h"

static const char messages[] =
	"block smmu.event\n"
	"title T\n"
	"from xen\n"
	"key name\n"
	"text SMMUv3: {name}: event {addr} received:\n"
	"  more SMMUv3: {name}: \\t{word+}\n"
	"  more SMMUv3: {name}: fault is {flags}\n"
	"sample? (XEN) SMMUv3: a: event 0x10 received:\n"
	"\n"
	"block table.of\n"
	"title T\n"
	"from xen\n"
	"text grant-table for remote {domain}\n"
	"  row table.row\n"
	"    text [{addr}] {count}\n"
	"    sample? (XEN) [0x8] 1\n"
	"  row table.none\n"
	"    text no active entries\n"
	"    sample? (XEN) no active entries\n"
	"sample? (XEN) grant-table for remote d1\n"
	"\n"
	"message trace.map\n"
	"title T\n"
	"from xen\n"
	"text gnt_map: n={count} w={words}\n"
	"each words 2 addr=0 ref=1.0:16s end=1.32:32\n"
	"sample? (XEN) gnt_map: n=1 w=1,2\n"
	"\n"
	"message lone\n"
	"title T\n"
	"from any\n"
	"text a lone fault at {addr}\n"
	"sample? (XEN) a lone fault at 1\n";

#define EVENT(name) "(XEN) SMMUv3: " name ": event 0x10 received:\n"
#define WORD(name, word) "(XEN) SMMUv3: " name ": \t" word "\n"

/* Long enough to be tried as the first part of a broken line. */
#define NOISE "a line of a program that is longer than forty bytes\n"
#define NOISE4 NOISE NOISE NOISE NOISE
#define NOISE16 NOISE4 NOISE4 NOISE4 NOISE4

static const struct { const char *name, *text, *events; } cases[] = {
	{ "head and words", EVENT("a") WORD("a", "0x1") WORD("a", "0x2"),
		"smmu.event@1 name=a addr=16 word0=1 word1=2\n" },
	{ "a head alone", EVENT("a"), "smmu.event@1 name=a addr=16\n" },
	{ "two devices interleaved",
		EVENT("a") EVENT("b") WORD("a", "1") WORD("b", "2")
		WORD("b", "3") WORD("a", "4"),
		"smmu.event@1 name=a addr=16 word0=1 word1=4\n"
		"smmu.event@2 name=b addr=16 word0=2 word1=3\n" },
	{ "the same device again",
		EVENT("a") WORD("a", "1") EVENT("a") WORD("a", "2"),
		"smmu.event@1 name=a addr=16 word0=1\n"
		"smmu.event@3 name=a addr=16 word0=2\n" },
	{ "a member without head", WORD("a", "1") WORD("a", "2"),
		"smmu.event@1 headless name=a word0=1 word1=2\n" },
	{ "headless beside a device that has its head",
		EVENT("a") WORD("b", "7") WORD("a", "1") WORD("b", "8"),
		"smmu.event@1 name=a addr=16 word0=1\n"
		"smmu.event@2 headless name=b word0=7 word1=8\n" },
	{ "another line in between", EVENT("a") "(XEN) hello\n" WORD("a", "1"),
		"smmu.event@1 name=a addr=16 word0=1\n" },
	{ "a line that contradicts starts another",
		EVENT("a") "(XEN) SMMUv3: a: fault is 1\n"
		"(XEN) SMMUv3: a: fault is 2\n",
		"smmu.event@1 name=a addr=16 flags=1\n"
		"smmu.event@3 headless name=a flags=2\n" },
	{ "a guest adds nothing to Xen's block",
		EVENT("a") "(d1) (XEN) SMMUv3: a: \t0x1\n" WORD("a", "2"),
		"smmu.event@1 name=a addr=16 word0=2\n"
		"smmu.event@2 headless forged name=a word0=1\n" },
	{ "lines that are read twice are one line each",
		EVENT("a") NOISE16 NOISE16 NOISE16 WORD("a", "1"),
		"smmu.event@1 name=a addr=16 word0=1\n" },
	{ "63 lines in between are not too many",
		EVENT("a") NOISE16 NOISE16 NOISE16 NOISE4 NOISE4 NOISE4 NOISE
		NOISE NOISE WORD("a", "1"),
		"smmu.event@1 name=a addr=16 word0=1\n" },
	{ "64 are", EVENT("a") NOISE16 NOISE16 NOISE16 NOISE16
		WORD("a", "1"), "smmu.event@1 name=a addr=16\n"
		"smmu.event@66 headless name=a word0=1\n" },
	{ "rows inherit from their head",
		"(XEN) grant-table for remote d1\n(XEN) [0x8]    1\n"
		"(XEN) [0x9] 2\n(XEN) grant-table for remote d2\n"
		"(XEN) no active entries\n",
		"table.of@1 domain=1\n"
		"table.row@2 addr=8 count=1 domain=1\n"
		"table.row@3 addr=9 count=2 domain=1\n"
		"table.of@4 domain=2\n"
		"table.none@5 domain=2\n" },
	{ "rows without a block are nothing", "(XEN) [0x8] 1\n", "" },
	{ "silent for one second",
		"(XEN) [    1.000000] SMMUv3: a: event 0x10 received:\n"
		"(XEN) [    1.900000] SMMUv3: a: \t0x1\n"
		"(XEN) [    2.900000] SMMUv3: a: \t0x2\n"
		"(XEN) [    3.900001] SMMUv3: a: \t0x3\n",
		"smmu.event@1 name=a addr=16 word0=1 word1=2\n"
		"smmu.event@4 headless name=a word0=3\n" },
	{ "a second of another clock is none",
		"(XEN) [    1.000000] SMMUv3: a: event 0x10 received:\n"
		"[   99.000000] hello\n"
		"(XEN) [    1.000001] SMMUv3: a: \t0x2\n",
		"smmu.event@1 name=a addr=16 word0=2\n" },
	{ "ticks tell no second",
		"(XEN) [0000000000000001] SMMUv3: a: event 0x10 received:\n"
		"(XEN) [0000000fffffffff] SMMUv3: a: \t0x2\n",
		"smmu.event@1 name=a addr=16 word0=2\n" },
	/* lists of operations */
	{ "one event an operation",
		"(XEN) gnt_map: n=2 w=0x10,0x500000003,1,2\n",
		"trace.map@1 count=2 words=0x10,0x500000003,1,2 addr=16 ref=3 "
		"end=5 shown=2\n"
		"trace.map@1 count=2 words=0x10,0x500000003,1,2 addr=1 ref=2 "
		"end=0 shown=2\n" },
	{ "an operation of zeros is none", "(XEN) gnt_map: n=3 w=1,2,0,0,3,4\n",
		"trace.map@1 count=3 words=1,2,0,0,3,4 addr=1 ref=2 end=0 "
		"shown=3\n"
		"trace.map@1 count=3 words=1,2,0,0,3,4 addr=3 ref=4 end=0 "
		"shown=3\n" },
	{ "a list cut short", "(XEN) gnt_map: n=9 w=1,2,3,...\n",
		"trace.map@1 count=9 words=1,2,3,... addr=1 ref=2 end=0 "
		"shown=1\n" },
	{ "a list of nothing", "(XEN) gnt_map: n=0 w=,\n", "" },
	{ "old memory behind the count", "(XEN) gnt_map: n=1 w=1,2,3,4\n",
		"trace.map@1 count=1 words=1,2,3,4 addr=1 ref=2 end=0 "
		"shown=1\n" },
	{ "signed bits", "(XEN) gnt_map: n=1 w=ffffffffffffffff,fffd\n",
		"trace.map@1 count=1 words=ffffffffffffffff,fffd addr=-1 "
		"ref=-3 end=0 shown=1\n" },
};

static int64_t line_of(struct str event)
{
	struct str rest = event, number;
	int64_t line = 0;

	str_split(&rest, '@');
	number = str_word(&rest);
	num_dec(number, &line);
	return line;
}

static int by_line(const void *a, const void *b)
{
	int64_t x = line_of(*(const struct str *)a);
	int64_t y = line_of(*(const struct str *)b);

	return x < y ? -1 : x > y;
}

/* Blocks that are closed at once give their events in no particular order. */
static struct str sorted(struct arena *arena, struct str rest)
{
	struct str lines[64], out = STR("");
	size_t n = 0;

	while (rest.n && n < COUNT(lines))
		lines[n++] = str_split(&rest, '\n');
	qsort(lines, n, sizeof(*lines), by_line);
	for (size_t i = 0; i < n; i++)
		out = arena_printf(arena, "%.*s%.*s\n", STR_FMT(out),
				   STR_FMT(lines[i]));
	return out;
}

static void members_join_their_head(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, messages);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena *arena = arena_new();

		assert_str(cases[i].events, sorted(arena, events_of(&w, arena,
				str_from(cases[i].text), 0)), cases[i].name);
		arena_free(arena);
	}
	world_close(&w);
}

static void a_block_closes_after_64_lines_without_its_own(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, messages);
	for (unsigned gap = 62; gap < 67; gap++) {
		struct arena *arena = arena_new();
		struct str text = STR(EVENT("a") WORD("a", "1"));
		struct str want;

		for (unsigned i = 0; i < gap; i++)
			text = arena_printf(arena, "%.*s(XEN) hello %u\n",
					    STR_FMT(text), i);
		text = arena_printf(arena, "%.*s" WORD("a", "2"),
				    STR_FMT(text));
		want = gap < 64
			? STR("smmu.event@1 name=a addr=16 word0=1 word1=2\n")
			: arena_printf(arena, "smmu.event@1 name=a addr=16 "
				"word0=1\nsmmu.event@%u headless name=a "
				"word0=2\n", gap + 3);
		assert_str(arena_cstr(arena, want),
			   sorted(arena, events_of(&w, arena, text, 0)),
			   "gap");
		arena_free(arena);
	}
	world_close(&w);
}

/* More devices than blocks can be open: the quietest one goes, none is lost. */
static void too_many_open_blocks_lose_no_event(void **state)
{
	struct arena *arena = arena_new();
	struct str text = STR("");
	struct kept k;
	struct world w;

	(void)state;
	world_open(&w, messages);
	for (unsigned i = 0; i < 30; i++)
		text = arena_printf(arena,
			"%.*s(XEN) SMMUv3: dev%u: event 0x10 received:\n"
			"(XEN) SMMUv3: dev%u: \t%u\n", STR_FMT(text),
			i, i, i);
	kept_open(&k, &w, 0);
	kept_read(&k, &w, text, 65536);
	assert_int_equal(k.nevents, 30);
	assert_int_equal(str_find(kept_events(&k), STR("headless")), -1);
	assert_int_equal(k.tally.matched, 60);
	kept_close(&k);
	world_close(&w);
	arena_free(arena);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_join_their_head),
		cmocka_unit_test(a_block_closes_after_64_lines_without_its_own),
		cmocka_unit_test(too_many_open_blocks_lose_no_event),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Windows: the same text comes to the same events wherever a window ends. */

#include <stdio.h>

#include "tests/unit/unit.h"

enum { FILL_LINES = 30000, FILL_LINE = 40 };

static const char messages[] =
	MESSAGE_FAULT
	MESSAGE_ERROR
	"block event\n"
	"title T\n"
	"from xen\n"
	"key name\n"
	"text SMMUv3: {name}: event {addr} received:\n"
	"  more SMMUv3: {name}: \\t{word+}\n"
	"sample? (XEN) SMMUv3: a: event 0x10 received:\n";

/* What is likely to suffer from a cut. */
static const char scene[] =
	"[    1.000000] before\n"
	"(XEN) smmu: fault at 1\n"
	"(XEN) SMMUv3: a: event 0x10 received:\n"
	"(XEN) SMMUv3: a: \t0x1\n"
	"hello\n"
	"(XEN) SMMUv3: a: \t0x2\n"
	"[    1.500000] macb: bus (XEN) smmu: fault at 2\n"
	"(XEN) in between\n"
	"error 5\n"
	"(XEN) smmu: fault at 3<2>smmu: fault at 4\r\n"
	"\x1b[31m(XEN) smmu: fau\x1b[0mlt at 5\x1b[0m\r\n"
	"damaged \xff\n"
	"[    2.000000] after\n";

/* Lines that say nothing, so many bytes in FILL_LINES lines. */
static char *fill(char *at, size_t bytes)
{
	for (unsigned i = 0; i < FILL_LINES; i++) {
		size_t n = bytes / (FILL_LINES - i);

		memset(at, 'x', n - 1);
		at[n - 1] = '\n';
		at += n;
		bytes -= n;
	}
	return at;
}

static char *add(char *at, const char *text)
{
	memcpy(at, text, strlen(text));
	return at + strlen(text);
}

/* Filler, scene, filler, scene, filler: so that one lies over each border. */
static struct str text_of(char *room, size_t before, size_t between)
{
	char *at = fill(room, before);

	at = add(at, scene);
	at = fill(at, between);
	at = add(at, scene);
	at = fill(at, 300000);
	return (struct str){ room, (size_t)(at - room) };
}

static void events_do_not_depend_on_window_borders(void **state)
{
	char *room = test_malloc(8 << 20);
	struct arena *arena = arena_new();
	char *want = NULL;
	struct world w;

	(void)state;
	world_open(&w, messages);
	/* With lines of 64 KiB, a first window is read to byte 917504. */
	for (size_t before = 916000; before < 918500; before += 41) {
		struct str text = text_of(room, before, 916000);
		struct str got = events_of(&w, arena, text,
					   SHOW_WHO | SHOW_WHEN);

		if (!want)
			want = arena_cstr(arena, got);
		assert_str(want, got, "a border");
	}
	for (size_t between = 60000; between < 2400000; between += 99991)
		assert_str(want, events_of(&w, arena,
				text_of(room, 200000, between),
				SHOW_WHO | SHOW_WHEN), "a distance");
	assert_true(str_find(str_from(want), STR("event@30003")) >= 0);
	world_close(&w);
	arena_free(arena);
	test_free(room);
}

/* Faults before and behind a line of any length: none is lost. */
static void a_line_longer_than_a_window_costs_no_other_line(void **state)
{
	static const size_t lengths[] = {
		50, 65536, 65537, 262144, 600000, 655360, 917000, 917504,
		920000, 1100000, 1179648, 1179700, 1300000, 2097152, 3000000,
	};
	char *room = test_malloc(8 << 20);
	struct world w;

	(void)state;
	world_open(&w, messages);
	for (size_t i = 0; i < COUNT(lengths); i++)
		for (unsigned lead = 0; lead < 1000000; lead += 243211) {
			unsigned leading = lead / FILL_LINE;
			char *at = room;
			struct kept k;

			for (unsigned n = 0; n < leading; n++)
				at = add(at, "this line of 40 bytes says "
					 "nothing....\n\0");
			for (unsigned n = 0; n < 10; n++)
				at = add(at, "(XEN) smmu: fault at 1\n");
			memset(at, 'y', lengths[i]);
			add(at, "(XEN) smmu: fault at ");
			at = add(at + lengths[i], "\n");
			for (unsigned n = 0; n < 20000; n++)
				at = add(at, "(XEN) smmu: fault at 2\n");
			kept_open(&k, &w, 0);
			kept_read(&k, &w, (struct str){ room,
				(size_t)(at - room) }, 65536);
			assert_int_equal(k.nevents, 20010);
			assert_int_equal(k.tally.clipped, lengths[i] > 65536);
			assert_int_equal(k.tally.damaged, lengths[i] > 65536);
			kept_close(&k);
		}
	world_close(&w);
	test_free(room);
}

static void a_line_too_long_is_cut_and_counted_so(void **state)
{
	struct kept k;
	struct world w;
	char text[400];

	(void)state;
	world_open(&w, messages);
	memset(text, 'x', sizeof(text));
	memcpy(text, "(XEN) smmu: fault at 1", 22);
	memset(text + 22, ' ', 200);	/* blanks at the end are cut away */
	text[300] = '\n';
	memcpy(text + 301, "(XEN) smmu: fault at 2", 22);
	kept_open(&k, &w, 0);
	kept_read(&k, &w, (struct str){ text, 323 }, 100);
	assert_str("fault@1 addr=1\nfault@2 addr=2\n", kept_events(&k), "cut");
	assert_int_equal(k.tally.clipped, 1);
	assert_int_equal(k.tally.damaged, 0);	/* it was known all the same */
	kept_close(&k);
	kept_open(&k, &w, 0);
	text[30] = 'x';
	kept_read(&k, &w, (struct str){ text, 323 }, 100);
	assert_str("fault@2 addr=2\n", kept_events(&k), "cut");
	assert_int_equal(k.tally.damaged, 1);
	kept_close(&k);
	world_close(&w);
}

/* Pieces of what is known and bytes of all kinds. */
static size_t random_text(struct dice *dice, char *text, size_t room)
{
	static const char *const pieces[] = {
		"(XEN) ", "smmu: fault at ", "0x1", "\n", "\r\n", "\r\r\n",
		"(d1) ", "[    1.000000] ", "macb: bus error 3", "<2>smmu: ",
		"SMMUv3: a: event 0x10 received:", "SMMUv3: a: \t", "\x1b[31m",
		"\xff", "(X", "DOM1: ", "DOM0: ", "  ",
	};
	size_t n = 0;

	while (n + 64 < room) {
		const char *piece = pieces[dice_roll(dice, COUNT(pieces))];

		if (dice_roll(dice, 12) == 0)
			text[n++] = (char)dice_roll(dice, 256);
		else
			n += (size_t)(add(text + n, piece) - (text + n));
	}
	return n;
}

/* kept_read() checks that each line is counted once. */
static void each_line_of_garbage_is_counted_once(void **state)
{
	struct dice dice = { 7 };
	struct world w;

	(void)state;
	world_open(&w, messages);
	for (unsigned round = 0; round < 400; round++) {
		size_t room = 100 + dice_roll(&dice, 4000);
		char *text = test_malloc(room);
		size_t n = random_text(&dice, text, room);
		struct kept k;

		kept_open(&k, &w, 0);
		kept_read(&k, &w, (struct str){ text, n },
			  dice_roll(&dice, 3) ? 65536 : 40);
		assert_true(k.tally.examined >= k.tally.matched);
		kept_close(&k);
		test_free(text);
	}
	world_close(&w);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(events_do_not_depend_on_window_borders),
		cmocka_unit_test(
			a_line_longer_than_a_window_costs_no_other_line),
		cmocka_unit_test(a_line_too_long_is_cut_and_counted_so),
		cmocka_unit_test(each_line_of_garbage_is_counted_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

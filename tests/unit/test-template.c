/* Templates: what they match, what is stored, and where they are wrong. */

#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/unit/unit.h"

/* A text, a line of Xen, and what the sink gets ("" when it must not match). */
static const struct { const char *text, *line, *values; } cases[] = {
	{ "fault at {addr}, n={count}", "fault at 0x8424cb148, n=-3",
		" addr=35472060744 count=-3" },
	{ "fault at {addr}", "fault at 8424CB148", " addr=35472060744" },
	{ "fault at {addr}", "fault at ffffffffffffffff", " addr=-1" },
	{ "fault at {addr}", "fault at 10000000000000000", "" },
	{ "fault at {addr}", "fault at 0x", "" },
	{ "fault at {addr}", "fault at 1 2", "" },
	{ "fault at {addr}", "a fault at 1", "" },	/* whole lines only */
	{ "fault at {addr}", "fault at 1x", "" },
	{ "flags are {flags}", "flags are 0x1a", " flags=26" },
	{ "flags are {flags}", "flags are 26", " flags=26" },
	{ "flags are {flags}", "flags are 1a", "" },
	{ "grant of {domain}.", "grant of d3.", " domain=3" },
	{ "grant of {domain}.", "grant of 3.", " domain=3" },
	{ "grant of {domain}.", "grant of d[IO].", " domain=32753" },
	{ "grant of {domain}.", "grant of d[X].", "" },
	{ "grant of {domain}.", "grant of d[FOO].", "" },	/* nobody */
	{ "device {bdf}!!", "device 03:00.0!!", " bdf=0000:03:00.0" },
	{ "device {bdf}!!", "device 0001:03:00.7!!", " bdf=0001:03:00.7" },
	{ "device {bdf}!!", "device 03:00.8!!", "" },
	{ "driver {name} of", "driver a:b of", " name=a:b" },
	{ "driver {name} of", "driver a b of", "" },
	{ "driver {driver}: x", "driver macb: x", " driver=macb" },
	{ "driver {driver}: x", "driver a:b: x", "" },
	{ "it said: {extra}", "it said: one  two", " extra=one  two" },
	{ "it said: {extra}", "it said: ", "" },	/* trimmed */
	{ "it said:{extra}", "it said:", " extra=" },
	{ "it said: {extra} on {count}", "it said: a  b   on  7",
		" extra=a  b count=7" },
	{ "it said: {extra} on {count}", "it said: on on 7",
		" extra=on count=7" },
	{ "it said: {extra} on {count}", "it said:   on 7",
		" extra= count=7" },
	{ "it said: {extra} on {count}", "it said: on 7", "" },
	{ "it said:{extra} on {count}", "it said:  a on 7",
		" extra=  a count=7" },
	{ "it said:{extra} on {count}", "it said:   on 7",
		" extra= count=7" },
	/* kinds and words of one message */
	{ "count is {count:hex}", "count is ff", " count=255" },
	{ "access {dir:Read=read|Write=write} now", "access Read now",
		" dir=read" },
	{ "access {dir:Read=read|Write=write} now", "access Write now",
		" dir=write" },
	{ "access {dir:Read=read|Write=write} now", "access read now", "" },
	{ "a queue {dir:Tx|Rx} hangs", "a queue Rx hangs", " dir=Rx" },
	{ "a queue {dir:Tx|Rx|} hangs", "a queue Tx hangs", " dir=Tx" },
	{ "a queue {count:one=1|two=2} hangs", "a queue two hangs",
		" count=2" },
	{ "calling {dir:(a|b.} done", "calling (a done", " dir=(a" },
	{ "calling {dir:(a|b.} done", "calling b. done", " dir=b." },
	{ "calling {dir:(a|b.} done", "calling bx done", "" },
	/* blanks beside fields are loose, others are not */
	{ "on the left {count} right", "on the left     7   right",
		" count=7" },
	{ "on the left {count} right", "on the left7 right", "" },
	{ "a b c d {count}", "a b c d  7", " count=7" },
	{ "a b c d {count}", "a  b c d 7", "" },
	{ "tab:\\t\\t{count}", "tab:\t\t7", " count=7" },
	{ "tab:\\t\\t{count}", "tab:  7", "" },
	{ "{@dev}link is down", "macb ff0e: link is down",
		" driver=macb dev=ff0e" },
	{ "levels:{@gap} {count}", "levels:      7", " count=7" },
	/* a field that stands there twice has one value */
	{ "from {addr} back to {addr}", "from 1a back to 0x1a", " addr=26" },
	{ "from {addr} back to {addr}", "from 1a back to 1b", "" },
	{ "it said {name}, or {extra}, {name}", "it said a, or b, a",
		" name=a extra=b" },
	{ "it said {name}, or {extra}, {name}", "it said a, or b, c", "" },
	{ "either{? {addr}} or else{? {addr}}.", "either or else 1.",
		" addr=1" },
	/* every other character is itself */
	{ "w={{{words}}} of (.*)?+[$^]|", "w={1,2} of (.*)?+[$^]|",
		" words=1,2" },
	{ "w={{{words}}} of (.*)?+[$^]|", "w={1,2} of abc", "" },
	{ "if {{ x }} only", "if { x } only", "" },
	{ "if {{ x }} only {count}", "if { x } only 3", " count=3" },
	{ "if {{ x }} only {count}", "if { x }  only 3", "" },
	{ "back\\slash #1-2", "back\\slash #1-2", "" },
	{ "with 100% {count}%", "with 100% 5%", " count=5" },
};

static struct str one_message(struct arena *arena, const char *text,
			      const char *line)
{
	return arena_printf(arena, "message test.one\ntitle T\nfrom xen\n"
			    "text %s\nsample? (XEN) %s\n", text, line);
}

static void lines_match_as_written(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena *arena = arena_new();
		struct world w;
		struct str line, want;
		bool plain = !strchr(cases[i].text, '{') ||
			     (strstr(cases[i].text, "{{") &&
			      !strstr(cases[i].text, "{count}") &&
			      !strstr(cases[i].text, "{words}"));

		world_open(&w, one_message(arena, cases[i].text,
					   cases[i].line).p);
		line = arena_printf(arena, "(XEN) %s\n", cases[i].line);
		want = cases[i].values[0] || plain
		       ? arena_printf(arena, "test.one@1%s\n", cases[i].values)
		       : STR("");
		assert_str(arena_cstr(arena, want),
			   events_of(&w, arena, line, 0), cases[i].text);
		world_close(&w);
		arena_free(arena);
	}
}

/* ---- wrong entries ----------------------------------------------------- */

/* The first line that diag_at() prints. */
static struct str first_complaint(struct arena *arena, const char *messages)
{
	char path[] = "/tmp/faultline-test-XXXXXX", *bytes;
	int file = mkstemp(path), old = dup(STDERR_FILENO);
	ssize_t n;

	assert_true(file >= 0 && old >= 0);
	unlink(path);
	fflush(stderr);
	dup2(file, STDERR_FILENO);
	world_loud(messages);
	fflush(stderr);
	dup2(old, STDERR_FILENO);
	close(old);
	bytes = arena_alloc(arena, 512);
	n = pread(file, bytes, 511, 0);
	close(file);
	assert_true(n >= 0);
	return (struct str){ bytes, strcspn(bytes, "\n") };
}

#define HEAD "message a.b\ntitle T\nfrom xen\n"
#define TAIL "sample? (XEN) fault at 1\n"

static const struct { const char *text, *complaint; } wrong[] = {
	{ HEAD "text fault at {adr}\n" TAIL,
		"test.msg:4:16: unknown field 'adr'" },
	{ HEAD "text fault at {addr:heks}\n" TAIL,
		"test.msg:4:21: unknown kind 'heks'" },
	{ HEAD "text fault at {addr\n" TAIL,
		"test.msg:4:15: brace is not closed at '{addr'" },
	{ HEAD "text fault at {word+}\n" TAIL,
		"test.msg:4:16: field cannot repeat here 'word+'" },
	{ HEAD "text at {addr}\n" TAIL,
		"test.msg:4:6: no literal that is long enough" },
	{ HEAD "text   at {addr} of\n" TAIL,
		"test.msg:4:8: no literal that is long enough" },
	{ HEAD "match fault (at\nanchor fault at\n" TAIL,
		"test.msg:4:16: not an expression: missing closing "
		"parenthesis" },
	{ HEAD "match fault at \\d+\n" TAIL,
		"test.msg:4:7: 'match' needs the literal that a line must "
		"have" },
	{ HEAD "anchor fault at\n" TAIL,
		"test.msg:4:8: 'anchor' without a 'match' above it" },
	{ HEAD "titel x\ntext fault at {addr}\n" TAIL,
		"test.msg:4:7: unknown key 'titel'" },
	{ "message a.b\nfrom xn\n", "test.msg:2:6: unknown speaker" },
	{ HEAD TAIL, "test.msg:1: entry without a text" },
	{ HEAD "text fault at {addr}\n", "test.msg:1: entry without a sample" },
	{ "message a.b\ntext fault at {addr}\n" TAIL,
		"test.msg:1: entry without a title" },
	{ "mesage a.b\n", "test.msg:1:8: not the start of an entry" },
	{ HEAD "text fault at {addr}\nmore x\n" TAIL,
		"test.msg:5:6: 'more' outside a block" },
	{ HEAD "text fault at {addr}\nrow x\n" TAIL,
		"test.msg:5:5: 'row' outside a block" },
	{ HEAD "text fault at {addr}\nkey adr\n" TAIL,
		"test.msg:5:5: unknown field in 'key'" },
	{ HEAD "text fault at {addr}\nset x\n" TAIL,
		"test.msg:5:5: not a setting" },
	{ HEAD "text fault at {addr}\nmeans x\n" TAIL,
		"test.msg:5:7: unknown word" },
	{ HEAD "text fault at {addr}\nexpect addr=1\n" TAIL,
		"test.msg:5:8: 'expect' without a sample above it" },
	{ HEAD "text fault at {words}\neach words 2 addr=2\n" TAIL,
		"test.msg:5:6: not a part of a word" },	/* words 0 and 1 only */
	{ HEAD "text fault at {words}\neach words 2 addr=1.40:32\n" TAIL,
		"test.msg:5:6: not a part of a word" },
	{ HEAD "text fault at {words}\neach words 9 addr=1\n" TAIL,
		"test.msg:5:6: not a list of operations" },
	{ HEAD "text fault at {addr}\n" TAIL "\n" HEAD "text error at {addr}\n"
	  "sample? (XEN) error at 1\n",
		"test.msg:7: second entry of the name 'a.b'" },
	/* the self-test */
	{ HEAD "text fault at {addr}\nsample? (XEN) fault of 1\n",
		"test.msg:5:21: sample does not match its own text from "
		"here on" },
	{ HEAD "text fault at {addr}, {count}\nsample? (XEN) fault at 1, x\n",
		"test.msg:5:27: sample does not match its own text from "
		"here on" },
	{ HEAD "text fault at {addr}\n" TAIL "expect addr=2\n",
		"test.msg:6:8: 'addr' is '0x1 (1)' in the sample" },
	{ HEAD "text fault at {addr}\n" TAIL "expect addr=1 count=2\n",
		"test.msg:6:15: the sample has no value for 'count'" },
	{ HEAD "text fault at {addr}\n" TAIL "reject (XEN) fault at 3\n",
		"test.msg:6:8: a line that must not match 'a.b' does" },
	{ HEAD "text fault at {addr}\n" TAIL
	  "\nmessage c.d\ntitle T\nfrom xen\nmatch fault at [12]\n"
	  "anchor fault at\nsample? (XEN) fault at 2\n",
		"test.msg:5:9: sample of 'a.b' is also matched by 'c.d'" },
};

static void a_wrong_entry_is_shown_where_it_is_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct arena *arena = arena_new();

		assert_str(wrong[i].complaint,
			   first_complaint(arena, wrong[i].text),
			   wrong[i].text);
		arena_free(arena);
	}
}

static void many_prefixes_are_no_prefix_inside_itself(void **state)
{
	(void)state;
	assert_int_equal(0, world_problems(HEAD
		"text levels:{@gap} {addr}{@gap} {addr}{@gap} {addr}{@gap} "
		"{addr}{@gap} {addr}{@gap} {addr}{@gap} {addr}\n"
		"sample? (XEN) levels: 1 1 1 1 1 1 1\n"));
}

static void a_new_block_takes_the_rows_of_the_old_one_away(void **state)
{
	struct diag diag = { 0 };
	unsigned samples, invented, rows = 0;
	struct world w;

	(void)state;
	world_read(&w, "block a.b\ntitle T\nfrom xen\ntext table of {count}\n"
		   "  row a.c\n    text [{addr}]\n    sample? (XEN) [1]\n"
		   "sample? (XEN) table of 1\n");
	assert_true(catalog_read(w.catalog, STR("message a.b\ntitle T\n"
		"from xen\ntext fault at {addr}\n" TAIL), "own.msg", &diag));
	assert_true(catalog_seal(w.catalog, &diag));
	assert_true(catalog_load(w.catalog, &diag));
	for (const struct message *m = catalog_messages(w.catalog); m;
	     m = m->next)
		rows += m->head != NULL;
	assert_int_equal(rows, 0);
	assert_int_equal(catalog_selftest(w.catalog, &diag, &samples,
					  &invented), 0);
	assert_int_equal(samples, 1);
	world_close(&w);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_match_as_written),
		cmocka_unit_test(a_wrong_entry_is_shown_where_it_is_wrong),
		cmocka_unit_test(many_prefixes_are_no_prefix_inside_itself),
		cmocka_unit_test(
			a_new_block_takes_the_rows_of_the_old_one_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Stanzas: keys, values, continuations, comments, and where each stands. */

#include "parsers/base/stanza.h"
#include "tests/unit/unit.h"

/* "line:column indent key=value;" a line, "--" between two stanzas. */
static struct str show(struct arena *arena, const char *text, const char *lead)
{
	struct stanza_reader reader;
	struct stanza stanza;
	struct str out = { 0 };

	stanza_open(&reader, str_from(text), "t", lead);
	while (stanza_next(&reader, arena, &stanza)) {
		for (struct stanza_line *l = stanza.lines; l; l = l->next)
			out = arena_printf(arena, "%.*s%u:%u %u %.*s=%.*s;",
				STR_FMT(out), l->place.line, l->place.column,
				l->indent, STR_FMT(l->key), STR_FMT(l->value));
		out = arena_printf(arena, "%.*s--", STR_FMT(out));
	}
	return arena_printf(arena, "%.*s|%.*s", STR_FMT(out),
			    STR_FMT(stanza_rest(&reader)));
}

static const struct { const char *name, *text, *lead, *shown; } cases[] = {
	{ "key and value", "message  a.b\ntitle\tT x\n", "",
		"1:10 0 message=a.b;2:7 0 title=T x;--|" },
	{ "no newline at the end", "a b", "", "1:3 0 a=b;--|" },
	{ "a key alone", "a\n", "", "1:2 0 a=;--|" },
	{ "two stanzas, many empty lines", "\n\na 1\n\n \t\nb 2\n\n", "",
		"3:3 0 a=1;--6:3 0 b=2;--|" },
	{ "comments, also inside", "# x\na 1\n#a 2\nb 3\n", "",
		"2:3 0 a=1;4:3 0 b=3;--|" },
	{ "a # that is indented is none", "a 1\n # x\n", "",
		"1:3 0 a=1;2:4 1 #=x;--|" },
	{ "continuation", "a one\n  | two\n  |\n  |  three \nb x\n", "",
		"1:3 0 a=one\ntwo\n\nthree;5:3 0 b=x;--|" },
	{ "two values that go on", "a 1\n | 2\nb 3\n | 4\n | 5\n", "",
		"1:3 0 a=1\n2;3:3 0 b=3\n4\n5;--|" },
	{ "continuation of nothing is a key", "| x\n", "", "1:3 0 |=x;--|" },
	{ "indent", "a 1\n  more  x\n\ty z\n", "",
		"1:3 0 a=1;2:9 2 more=x;3:4 1 y=z;--|" },
	{ "CRLF", "a 1\r\nb 2\r\n\r\nc 3\r\n", "",
		"1:3 0 a=1;2:3 0 b=2;--4:3 0 c=3;--|" },
	{ "SQL header", "-- cause  x\n-- title  y\n--  | z\n\nSELECT 1;\n",
		"-- ", "1:11 0 cause=x;2:11 0 title=y\nz;--|\nSELECT 1;\n" },
	{ "empty line of a SQL header", "-- a 1\n--\n-- b 2\nSELECT", "-- ",
		"1:6 0 a=1;--3:6 0 b=2;--|SELECT" },
	{ "nothing", "", "", "|" },
	{ "only comments", "#\n#\n", "", "|" },
};

static void stanzas_are_read_as_written(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena *arena = arena_new();

		assert_str(cases[i].shown, show(arena, cases[i].text,
						cases[i].lead), cases[i].name);
		arena_free(arena);
	}
}

static void a_place_shows_the_whole_line(void **state)
{
	struct arena *arena = arena_new();
	struct stanza_reader reader;
	struct stanza stanza;

	(void)state;
	stanza_open(&reader, STR("-- a  1\n"), "t", "-- ");
	assert_true(stanza_next(&reader, arena, &stanza));
	assert_str("-- a  1", stanza.lines->place.text, "line");
	assert_int_equal(stanza.lines->place.column, 7);
	arena_free(arena);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(stanzas_are_read_as_written),
		cmocka_unit_test(a_place_shows_the_whole_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Lines that nothing claims although they sound like evidence, by shape. */

#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/unit.h"

static const char messages[] =
	"message fault\n"
	"title T\n"
	"from xen\n"
	"text smmu: fault at {addr}\n"
	"sample? (XEN) smmu: fault at 1\n";

static const char words[] =
	"# suspicious\n"
	" fault\n"
	"IOMMU:\n";

static const char ignored[] =
	"# literal, reason\n"
	"IOMMU: fault handler set\tstart-up-table\n";

/* "SHAPE xN @LINE TEXT [REASON]\n" a shape */
struct shapes {
	struct sink sink;		/* first */
	struct arena *arena;
	struct str text;
	unsigned count;
	uint64_t lines;
};

static void take_shape(struct sink *sink, struct shape shape)
{
	struct shapes *s = (struct shapes *)sink;

	s->text = arena_printf(s->arena, "%.*s%.*s x%u @%u %.*s%s%.*s\n",
		STR_FMT(s->text), STR_FMT(shape.shape), (unsigned)shape.n,
		shape.line, STR_FMT(shape.text), shape.reason.n ? " | " : "",
		STR_FMT(shape.reason));
	s->count++;
	s->lines += shape.n;
}

/* The catalogue with words: not sealed by world_read(). */
static void open_words(struct world *w)
{
	struct diag diag = { 0 };

	world_read(w, messages);
	assert_true(catalog_read_words(w->catalog, str_from(words), "words",
				       &diag));
	assert_true(catalog_read_words(w->catalog, str_from(ignored),
				       "ignored", &diag));
	assert_true(catalog_seal(w->catalog, &diag));
	assert_int_equal(diag.problems, 0);
}

static void read_shapes(struct shapes *s, struct world *w, struct str text)
{
	struct source *source = source_memory(text, 65536);
	struct tally tally = { 0 };

	*s = (struct shapes){
		.sink = sink_ignore(), .arena = w->arena, .text = STR(""),
	};
	s->sink.unclaimed = take_shape;
	read_text(source, w->catalog, &s->sink, 1, 65536, FRAME_AS_AUTO,
		  &tally);
	source_close(source);
}

static const struct { const char *name, *text, *shapes; } cases[] = {
	{ "nothing", "", "" },
	{ "a line that is claimed", "(XEN) smmu: fault at 1\n", "" },
	{ "a line without such a word", "(XEN) hello\n", "" },
	{ "one line", "(XEN) gpu: fault at 0x12\n",
		"gpu: fault at # x1 @1 gpu: fault at 0x12\n" },
	{ "numbers do not matter, the first is shown",
		"hello\n(XEN) gpu1: fault at 0x12\n(XEN) gpu2: fault at 7f\n",
		"#: fault at # x2 @2 gpu1: fault at 0x12\n" },
	{ "words without a digit do", "(XEN) gpu: fault at a\n"
		"(XEN) gpu: fault at b\n",
		"gpu: fault at a x1 @1 gpu: fault at a\n"
		"gpu: fault at b x1 @2 gpu: fault at b\n" },
	{ "stamps and speakers are no part of it",
		"(XEN) gpu: fault\n[    1.000000] gpu: fault\n"
		"Nov 21 02:40:13 zcu102 kernel: gpu: fault\n",
		"gpu: fault x3 @1 gpu: fault\n" },
	{ "a word may stand anywhere", "IOMMU: x\n", "IOMMU: x x1 @1 IOMMU: x\n" },
	{ "and as it is written", "iommu: x\nfault\n", "" },
	{ "left alone on purpose", "IOMMU: fault handler set for 1\n",
		"IOMMU: fault handler set for # x1 @1 IOMMU: fault handler "
		"set for 1 | start-up-table\n" },
	{ "a guest's line", "(d1) gpu: fault\n(d1) (XEN) gpu: fault\n"
		"(XEN) DOM1: gpu: fault\n", "" },
	{ "printed by dom0, which is no guest", "(XEN) DOM0: gpu: fault\n",
		"gpu: fault x1 @1 gpu: fault\n" },
	{ "bytes of damage are no part of it", "gpu: fa\x01ult\ngpu\x01: fault\n",
		"gpu: fault x2 @1 gpu: fault | damaged\n" },
	{ "a whole line is shown rather than a damaged one",
		"gpu\x01: fault 1\ngpu: fault 2\ngpu: fault 3\n",
		"gpu: fault # x3 @2 gpu: fault 2\n" },
	{ "each half of a torn line",
		"[    1.000000] gpu: fault(XEN) cpu: fault\n",
		"cpu: fault x1 @1 cpu: fault\n"
		"gpu: fault x1 @1 gpu: fault | torn\n" },
	{ "the half before another line of the same kernel",
		"[    1.000000] gpu: fault[    2.000000] cpu: fault\n",
		"gpu: fault x1 @1 gpu: fault | torn\n"
		"cpu: fault x1 @1 cpu: fault\n" },
	{ "decoded", "{\"MESSAGE\":\"gpu: fault at 1\"}\n",
		"gpu: fault at # x1 @1 gpu: fault at 1\n" },
};

static void shapes_are_counted(void **state)
{
	struct world w;

	(void)state;
	open_words(&w);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct shapes s;

		read_shapes(&s, &w, str_from(cases[i].text));
		assert_str(cases[i].shapes, s.text, cases[i].name);
	}
	world_close(&w);
}

/* n lines that all differ in a word without a digit. */
static struct str different(struct arena *a, unsigned n)
{
	char *p = arena_alloc(a, 32 * (size_t)n);
	size_t used = 0;

	for (unsigned i = 0; i < n; i++) {
		char word[8];
		unsigned k = 0, left = i;

		do
			word[k++] = (char)('a' + left % 26);
		while ((left /= 26));
		used += (size_t)sprintf(p + used, "gpu: fault %.*s\n", (int)k,
					word);
	}
	return (struct str){ p, used };
}

static void shapes_above_512_are_counted_together(void **state)
{
	struct shapes s;
	struct world w;

	(void)state;
	open_words(&w);
	read_shapes(&s, &w, different(w.arena, 512));
	assert_int_equal(s.count, 512);
	assert_int_equal(s.lines, 512);
	assert_true(str_find(s.text, STR("(other shapes)")) < 0);
	read_shapes(&s, &w, different(w.arena, 5000));
	assert_int_equal(s.count, 513);
	assert_int_equal(s.lines, 5000);
	assert_true(str_find(s.text, STR("\n(other shapes) x4488 @513 gpu: "
					 "fault ")) > 0);
	world_close(&w);
}

static void a_shape_and_its_text_are_cut(void **state)
{
	struct shapes s;
	struct world w;
	char line[3100];

	(void)state;
	open_words(&w);
	memset(line, 'x', sizeof(line));
	memcpy(line, "gpu: fault ", 11);
	line[sizeof(line) - 1] = '\n';
	read_shapes(&s, &w, (struct str){ line, sizeof(line) });
	assert_int_equal(s.count, 1);
	assert_int_equal(s.text.n, 160 + 240 + sizeof(" x1 @1 \n") - 1);
	world_close(&w);
}

/* Words, too, can be written wrong. */
static unsigned words_problems(const char *text)
{
	struct diag diag = { .shown = 1, .limit = 1 };
	struct world w;

	world_read(&w, messages);
	catalog_read_words(w.catalog, str_from(text), "words", &diag);
	catalog_seal(w.catalog, &diag);
	world_close(&w);
	return diag.problems;
}

static void words_are_long_enough_to_be_looked_for(void **state)
{
	(void)state;
	assert_int_equal(words_problems(" fault\n"), 0);
	assert_int_equal(words_problems("fault\n"), 1);
	assert_int_equal(words_problems(""), 0);
	assert_int_equal(words_problems("# fault\n\n"), 0);
	assert_int_equal(words_problems("fault x\tno-value\n"), 0);
	assert_int_equal(words_problems("x\tno-value\n"), 1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(shapes_are_counted),
		cmocka_unit_test(shapes_above_512_are_counted_together),
		cmocka_unit_test(a_shape_and_its_text_are_cut),
		cmocka_unit_test(words_are_long_enough_to_be_looked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

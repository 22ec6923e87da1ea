/*
 * A catalogue that was given the index of another claims what that one claims,
 * and reads no stanza that no line leads to.
 */

#include "parsers/catalog/entry.h"
#include "tests/unit/unit.h"

static const char first[] =
	"# the literal of two entries, in two files\n"
	MESSAGE_FAULT
	"block table\n" "title T\n" "from xen\n" "means boot-start\n"
	"text table of {count}\n"
	"  more  entries end at {end}\n"
	"  row table.entry\n" "    text [{addr}]\n" "    sample? (XEN) [1]\n"
	"sample? (XEN) table of 1\n" "\n"
	"message bytes\n" "title T\n" "from linux\n"
	"match (?<dev>[a-z]+): bytes \\((?<count>\\d+)\\)\n"
	"anchor : bytes (\n" "sample? eth0: bytes (1)\n" "\n";
static const char second[] =
	"message fault.long\n" "title T\n" "from xen\n"
	"text smmu: fault at {addr} by {domain}\n"
	"sample? (XEN) smmu: fault at 1 by d1\n" "\n"
	MESSAGE_ERROR;
static const char words[] = "suspicious\nboring line\tno-value\n";

static const char console[] =
	"(XEN) smmu: fault at 8424cb148\n"
	"(XEN) smmu: fault at 8424cb148 by d1\n"
	"(XEN) table of 2\n"
	"(XEN) [10]\n"
	"(XEN) nobody knows this one\n"
	"(XEN) entries end at 20\n"
	"eth0: bytes (7)\n"
	"(XEN) something suspicious\n"
	"(XEN) a boring line\n";

static struct catalog *read_files(const struct world *w, const char *last,
				  const struct catalog_index *index)
{
	struct catalog *c = catalog_new(&w->fields);
	struct diag diag = { 0 };

	if (index)
		catalog_use(c, index);
	assert_true(catalog_read_words(c, str_from(words), "words", &diag));
	assert_true(catalog_add(c, str_from(first), "first.msg", &diag));
	assert_true(catalog_add(c, str_from(last), "second.msg", &diag));
	assert_true(catalog_seal(c, &diag));
	assert_int_equal(diag.problems, 0);
	return c;
}

static struct str events_by(struct world *w, struct catalog *c)
{
	struct catalog *own = w->catalog;
	struct str events;

	w->catalog = c;
	events = events_of(w, w->arena, str_from(console), SHOW_WHO);
	w->catalog = own;
	return events;
}

static void the_index_stands_for_a_look(void **state)
{
	struct catalog *looked, *given;
	struct diag diag = { 0 };
	struct world w;

	(void)state;
	world_open(&w, MESSAGE_FAULT);
	looked = read_files(&w, second, NULL);
	given = read_files(&w, second, catalog_index(looked));
	for (uint32_t i = 0; i < given->index->nstanzas; i++)
		assert_null(given->by_number[i]);
	assert_str(arena_cstr(w.arena, events_by(&w, looked)),
		   events_by(&w, given), console);
	assert_true(events_by(&w, given).n > 0);
	/* No line was about macb. */
	for (uint32_t i = 0; i < given->index->nstanzas; i++)
		if (given->by_number[i])
			assert_false(str_eq(given->by_number[i]->name,
					    STR("error")));
	assert_int_equal(catalog_count(given), catalog_count(looked));
	assert_true(catalog_load(looked, &diag));
	assert_true(catalog_load(given, &diag));
	for (const struct message *a = catalog_messages(looked),
	     *b = catalog_messages(given); a || b; a = a->next, b = b->next) {
		assert_non_null(a);
		assert_non_null(b);
		assert_str(arena_cstr(w.arena, a->name), b->name, "name");
		assert_str(arena_cstr(w.arena, a->file), b->file, "file");
		assert_int_equal(a->line, b->line);
		assert_int_equal(a->id, b->id);
	}
	catalog_free(given);
	catalog_free(looked);
	world_close(&w);
}

static void words_and_meanings_come_with_it(void **state)
{
	struct catalog *looked, *given;
	struct hits hits = { 0 };
	struct str reason;
	struct world w;

	(void)state;
	world_open(&w, MESSAGE_FAULT);
	looked = read_files(&w, second, NULL);
	given = read_files(&w, second, catalog_index(looked));
	catalog_scan(given, STR("a boring line"), &hits);
	assert_false(catalog_suspects(given, hits.items, hits.count, &reason));
	assert_str("no-value", reason, "reason");
	hits.count = 0;
	catalog_scan(given, STR("something suspicious"), &hits);
	assert_true(catalog_suspects(given, hits.items, hits.count, &reason));
	hits.count = 0;
	catalog_scan(given, STR("table of 2"), &hits);
	assert_true(catalog_means(given, hits.items, hits.count,
				  MEANS_BOOT_START));
	assert_false(catalog_means(given, hits.items, hits.count,
				   MEANS_KERNEL_START));
	heap_free(hits.items);
	catalog_free(given);
	catalog_free(looked);
	world_close(&w);
}

static void another_text_is_another_index(void **state)
{
	static const char *const others[] = {
		MESSAGE_ERROR,
		"message fault.long\n" "title T\n" "from xen\n"
		"text smmu: Fault at {addr} by {domain}\n"
		"sample? (XEN) smmu: Fault at 1 by d1\n" "\n"
		MESSAGE_ERROR,
		"message fault.tall\n" "title T\n" "from xen\n"
		"text smmu: fault at {addr} by {domain}\n"
		"sample? (XEN) smmu: fault at 1 by d1\n" "\n\n"
		MESSAGE_ERROR,
	};
	struct catalog *same, *looked;
	struct world w;

	(void)state;
	world_open(&w, MESSAGE_FAULT);
	looked = read_files(&w, second, NULL);
	same = read_files(&w, second, NULL);
	assert_true(index_same(catalog_index(looked), catalog_index(same)));
	for (size_t i = 0; i < COUNT(others); i++) {
		struct catalog *other = read_files(&w, others[i], NULL);

		assert_false(index_same(catalog_index(looked),
					catalog_index(other)));
		catalog_free(other);
	}
	catalog_free(same);
	catalog_free(looked);
	world_close(&w);
}

static void an_index_of_other_files_is_refused(void **state)
{
	struct catalog *looked, *given;
	struct diag diag = { .shown = 1, .limit = 1 };
	struct world w;

	(void)state;
	world_open(&w, MESSAGE_FAULT);
	looked = read_files(&w, second, NULL);
	given = catalog_new(&w.fields);
	catalog_use(given, catalog_index(looked));
	assert_true(catalog_add(given, str_from(first), "first.msg", &diag));
	assert_false(catalog_seal(given, &diag));
	assert_int_equal(diag.problems, 1);
	catalog_free(given);
	catalog_free(looked);
	world_close(&w);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_index_stands_for_a_look),
		cmocka_unit_test(words_and_meanings_come_with_it),
		cmocka_unit_test(another_text_is_another_index),
		cmocka_unit_test(an_index_of_other_files_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Arbitrary bytes as a .msg file, as a user may hand one over with -m: read,
 * sealed, self-tested, and matched against what follows a line "====".
 */

#include "parsers/readers/reader.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/knowledge.h"

static void count_field(void *arg, unsigned field, unsigned repeat)
{
	unsigned *count = arg;

	*count += field + repeat != 0;
}

static void use(struct catalog *catalog, struct str text, struct diag *diag)
{
	struct sink sink = sink_ignore();
	struct source *source = source_memory(text, 65536);
	struct tally tally = { 0 };
	unsigned samples, invented, fields = 0;
	struct arena *arena = arena_new();

	catalog_seal(catalog, diag);
	catalog_selftest(catalog, diag, &samples, &invented);
	for (const struct message *m = catalog_messages(catalog); m;
	     m = m->next) {
		message_fields(catalog, m, count_field, &fields);
		message_source(m, arena);
	}
	read_text(source, catalog, &sink, 1, 65536, FRAME_AS_AUTO, &tally);
	source_close(source);
	arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct fields fields;
	static struct arena *arena;
	struct diag silent = { .shown = 1, .limit = 1 };
	struct str text = { (const char *)bytes, n }, rest = text;
	ptrdiff_t cut = str_find(text, STR("\n====\n"));
	struct catalog *catalog;

	if (!arena) {
		arena = arena_new();
		knowledge_fields(&fields, arena);
	}
	if (cut >= 0) {
		rest = str_skip(text, (size_t)cut + 6);
		text = str_head(text, (size_t)cut + 1);
	}
	catalog = catalog_new(&fields);
	catalog_read(catalog, text, "fuzz.msg", &silent);
	use(catalog, rest, &silent);
	catalog_free(catalog);
	return 0;
}

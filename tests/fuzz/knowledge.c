/* Reads what schema/embed.sh put into the program. */

#include "analyzer/data/embedded.h"
#include "parsers/base/die.h"
#include "tests/fuzz/knowledge.h"

static struct str bytes_of(const struct embedded_file *f)
{
	return (struct str){ (const char *)f->bytes, f->size };
}

void knowledge_fields(struct fields *fields, struct arena *arena)
{
	const struct embedded_file *f = embedded_files;
	struct diag diag = { 0 };

	while (f->name && strcmp(f->name, "schema/fields.tsv") != 0)
		f++;
	if (!f->name ||
	    !fields_read(fields, arena, bytes_of(f), f->name, &diag))
		die("the built-in fields cannot be read");
}

struct catalog *knowledge_catalog(const struct fields *fields)
{
	struct catalog *catalog = catalog_new(fields);
	struct diag diag = { 0 };

	for (const struct embedded_file *f = embedded_files; f->name; f++)
		if (str_ends(str_from(f->name), STR(".msg")))
			catalog_read(catalog, bytes_of(f), f->name, &diag);
	for (const struct embedded_file *f = embedded_files; f->name; f++)
		if (str_starts(str_from(f->name), STR("parsers/messages/")) &&
		    str_ends(str_from(f->name), STR(".tsv")))
			catalog_read_words(catalog, bytes_of(f), f->name,
					   &diag);
	if (!catalog_seal(catalog, &diag) || diag.problems)
		die("the built-in messages cannot be read");
	return catalog;
}

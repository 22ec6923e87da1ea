/*
 * Writes C source that holds what faultline would otherwise work out each time
 * it starts: an empty database of the built-in schema, and the index of the
 * built-in messages.  Runs while faultline is built; what is zero, most of the
 * database, is left out of the source.
 */

#include <stdio.h>

#include "analyzer/cmd/cmd.h"
#include "parsers/catalog/index.h"

enum { ROW = 16 };

static void write_row(const unsigned char *bytes, size_t at, size_t n)
{
	size_t i = 0;

	while (i < n && !bytes[at + i])
		i++;
	if (i == n)
		return;
	printf("[%zu] = ", at);
	for (i = 0; i < n; i++)
		printf("%u,", bytes[at + i]);
	putchar('\n');
}

static void write_bytes(const char *type, const char *name, const void *from,
			size_t n)
{
	const unsigned char *bytes = from;

	printf("static const %s %s[%zu] = {\n", type, name, n ? n : 1);
	for (size_t at = 0; at < n; at += ROW)
		write_row(bytes, at, n - at < ROW ? n - at : ROW);
	puts("};");
}

static void write_image(struct data *data)
{
	struct store *store = store_private(data);
	struct arena *arena = arena_new();
	struct str image = store_image(store, arena);

	write_bytes("unsigned char", "image", image.p, image.n);
	puts("const struct embedded_file embedded_image =");
	puts("\t{ \"image\", image, sizeof(image) };");
	store_close(store);
	arena_free(arena);
}

static void write_prefilter(const struct prefilter *f)
{
	puts("static const struct prefilter_target targets[] = {");
	for (uint32_t i = 0; i < f->count; i++)
		printf("{ %u, %u, %u, %u },\n", f->targets[i].at,
		       f->targets[i].head, f->targets[i].length,
		       f->targets[i].next);
	puts("};");
	write_bytes("unsigned char", "literals", f->literals, f->bytes);
	write_bytes("uint8_t", "jump", f->jump, PREFILTER_TABLE);
	printf("static const uint16_t first[%d] = {\n", PREFILTER_TABLE);
	for (int i = 0; i < PREFILTER_TABLE; i++)
		if (f->first[i])
			printf("[%d] = %u,\n", i, f->first[i]);
	puts("};");
}

static void write_index(const struct catalog_index *index)
{
	write_prefilter(&index->prefilter);
	puts("static const struct index_anchor anchors[] = {");
	for (uint32_t i = 0; i < index->prefilter.count; i++)
		printf("{ %u, %u, %u },\n", index->anchors[i].ways,
		       index->anchors[i].nways, index->anchors[i].word);
	puts("};\nstatic const struct index_way ways[] = {");
	for (uint32_t i = 0; i < index->nways; i++)
		printf("{ %u, %u, %u, %u },\n", index->ways[i].stanza,
		       index->ways[i].rank, index->ways[i].number,
		       index->ways[i].is_more);
	puts("};\nstatic const struct index_stanza stanzas[] = {");
	for (uint32_t i = 0; i < index->nstanzas; i++) {
		const struct index_stanza *s = &index->stanzas[i];

		printf("{ %u, %u, %u, %u, %u, %u, %u, %u, 0 },\n", s->at,
		       s->length, s->name, s->line, s->id, s->file,
		       s->name_length, s->means);
	}
	printf("};\nconst struct catalog_index embedded_index = {\n"
	       "\t{ targets, (const char *)literals, jump, first, %u, %u, %u },\n"
	       "\tanchors, ways, stanzas, %u, %u, %u, %u, %u\n};\n",
	       index->prefilter.count, index->prefilter.bytes,
	       index->prefilter.window, index->nways, index->nstanzas,
	       index->nmessages, index->nfiles, index->nwords);
}

int main(void)
{
	struct session session = { 0 };

	if (!session_open(&session))
		return 1;
	session.catalog = session_look(&session);
	if (!session.catalog)
		return 1;
	puts("/* Made by schema/make-image.c. */");
	puts("#include \"analyzer/data/embedded.h\"");
	write_image(session.data);
	write_index(catalog_index(session.catalog));
	session_close(&session);
	return fflush(stdout) != 0 || ferror(stdout);
}

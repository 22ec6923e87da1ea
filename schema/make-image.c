/*
 * Writes C source that holds an empty database of the built-in schema, so that
 * a short log need not wait for some fifty tables to be created.  Runs while
 * faultline is built; what is zero, most of it, is left out of the source.
 */

#include <stdio.h>

#include "analyzer/store/store.h"

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

int main(void)
{
	struct data *data = data_open(NULL);
	struct store *store = store_private(data);
	struct arena *arena = arena_new();
	struct str image = store_image(store, arena);
	const unsigned char *bytes = (const unsigned char *)image.p;

	puts("/* Made by schema/make-image.c. */");
	puts("#include \"analyzer/data/embedded.h\"");
	printf("static const unsigned char image[%zu] = {\n", image.n);
	for (size_t at = 0; at < image.n; at += ROW)
		write_row(bytes, at, image.n - at < ROW ? image.n - at : ROW);
	puts("};");
	puts("const struct embedded_file embedded_image =");
	puts("\t{ \"image\", image, sizeof(image) };");
	store_close(store);
	arena_free(arena);
	data_close(data);
	return fflush(stdout) != 0 || ferror(stdout);
}

/*
 * A main() for a fuzz target: runs it once on each file of its corpus, so
 * that any compiler can.  With arguments: on these files and folders.
 */

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "parsers/base/arena.h"
#include "parsers/base/die.h"
#include "tests/fuzz/fuzz.h"

static unsigned files;

static void run_bytes(const char *bytes, size_t n)
{
	/* Nothing behind the last byte, so that ASan sees a look too far. */
	char *exact = malloc(n ? n : 1);

	if (!exact)
		die("out of memory");
	if (n)
		memcpy(exact, bytes, n);
	LLVMFuzzerTestOneInput((const uint8_t *)exact, n);
	free(exact);
	files++;
}

static void run_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	char *bytes = NULL;
	size_t n = 0, room = 0, got;

	if (!file)
		die("%s: %s", path, strerror(errno));
	do {
		heap_grow(&bytes, &room, n + 4096, 1);
		got = fread(bytes + n, 1, room - n, file);
		n += got;
	} while (got);
	if (ferror(file))
		die("%s: %s", path, strerror(errno));
	fclose(file);
	run_bytes(bytes, n);
	heap_free(bytes);
}

static void run_path(const char *path)
{
	struct arena *arena = arena_new();
	DIR *list = opendir(path);
	struct dirent *entry;

	if (!list) {
		run_file(path);
	} else {
		while ((entry = readdir(list)))
			if (entry->d_name[0] != '.')
				run_file(arena_printf(arena, "%s/%s", path,
						      entry->d_name).p);
		closedir(list);
	}
	arena_free(arena);
}

/* tests/fuzz/corpus/frame for …/replay-frame */
static void run_own(const char *program)
{
	struct arena *arena = arena_new();
	const char *top = getenv("srcdir"), *dash = strrchr(program, '-');

	if (!dash)
		die("usage: %s FILE-OR-FOLDER...", program);
	run_path(arena_printf(arena, "%s/tests/fuzz/corpus/%s",
			      top ? top : ".", dash + 1).p);
	arena_free(arena);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		run_path(argv[i]);
	if (argc < 2)
		run_own(argv[0]);
	printf("%s: %u inputs\n", argv[0], files);
	return files ? 0 : 1;
}

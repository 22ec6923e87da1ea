/* Built-in files and those of a tree, behind one list. */
#define _GNU_SOURCE

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "analyzer/data/data.h"
#include "analyzer/data/embedded.h"
#include "parsers/base/die.h"

struct data {
	struct arena *arena;
	struct data_file *files;
	size_t count, room;
	struct str image;
	const struct catalog_index *index;
};

static const char *const folders[] = {
	"parsers", "parsers/messages", "schema", "schema/analysis",
	"schema/causes", "schema/convert", "schema/decode", "schema/decoders",
	"schema/facts", "schema/kit", "schema/reports", "schema/settle",
	"schema/tables", "schema/views",
};

static void add_file(struct data *data, struct str name, struct str text)
{
	heap_grow(&data->files, &data->room, data->count + 1,
		  sizeof(*data->files));
	data->files[data->count++] = (struct data_file){ name, text };
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct data_file *)a)->name.p,
		      ((const struct data_file *)b)->name.p);
}

bool data_slurp(const char *path, struct arena *arena, struct str *text)
{
	FILE *file = fopen(path, "rb");
	char *bytes = NULL;
	size_t n = 0, room = 0, got;
	bool fine;

	if (!file)
		return false;
	do {
		heap_grow(&bytes, &room, n + 65536, 1);
		got = fread(bytes + n, 1, room - n, file);
		n += got;
	} while (got);
	fine = !ferror(file);
	if (fine)
		*text = arena_copy(arena, (struct str){ bytes, n });
	heap_free(bytes);
	fclose(file);
	return fine;
}

/* Scripts are data in one folder only; elsewhere they are the build's. */
static bool wanted(const char *folder, const char *name)
{
	static const char *const ends[] = {
		".msg", ".sql", ".tsv", ".columns", NULL,
	};
	static const char *const scripts[] = { ".sh", ".txt", NULL };
	const char *const *end =
		strcmp(folder, "schema/kit") == 0 ? scripts : ends;
	struct str s = str_from(name);

	if (!s.n || s.p[0] == '.')
		return false;
	for (; *end; end++)
		if (str_ends(s, str_from(*end)))
			return true;
	return false;
}

static void read_folder(struct data *data, const char *dir, const char *folder)
{
	struct str path = arena_printf(data->arena, "%s/%s", dir, folder);
	DIR *list = opendir(path.p);
	struct dirent *entry;

	if (!list)
		return;
	while ((entry = readdir(list))) {
		struct str name, text, file;

		if (!wanted(folder, entry->d_name))
			continue;
		name = arena_printf(data->arena, "%s/%s", folder,
				    entry->d_name);
		file = arena_printf(data->arena, "%s/%s", dir, name.p);
		if (!data_slurp(file.p, data->arena, &text))
			die("%s: %s", file.p, strerror(errno));
		add_file(data, name, text);
	}
	closedir(list);
}

struct data *data_open(const char *dir)
{
	struct arena *arena = arena_new();
	struct data *data = ARENA_NEW(arena, struct data);

	data->arena = arena;
	if (dir) {
		for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
			read_folder(data, dir, folders[i]);
	} else {
		for (const struct embedded_file *f = embedded_files; f->name;
		     f++)
			add_file(data, str_from(f->name),
				 (struct str){ (const char *)f->bytes,
					       f->size });
		data->image = (struct str){
			(const char *)embedded_image.bytes,
			embedded_image.size,
		};
		data->index = embedded_index.nfiles ? &embedded_index : NULL;
	}
	if (!data->count) {
		data_close(data);
		return NULL;
	}
	qsort(data->files, data->count, sizeof(*data->files), by_name);
	return data;
}

void data_close(struct data *data)
{
	if (!data)
		return;
	heap_free(data->files);
	arena_free(data->arena);
}

struct data_file data_find(const struct data *data, const char *name)
{
	for (size_t i = 0; i < data->count; i++)
		if (strcmp(data->files[i].name.p, name) == 0)
			return data->files[i];
	return (struct data_file){ 0 };
}

const struct data_file *data_next(const struct data *data, const char *prefix,
				  const char *suffix,
				  const struct data_file *after)
{
	const struct data_file *end = data->files + data->count;

	for (const struct data_file *f = after ? after + 1 : data->files;
	     f < end; f++)
		if (str_starts(f->name, str_from(prefix)) &&
		    str_ends(f->name, str_from(suffix)))
			return f;
	return NULL;
}

struct str data_image(const struct data *data)
{
	return data->image;
}

const struct catalog_index *data_index(const struct data *data)
{
	return data->index;
}

struct str data_stem(const struct data_file *file)
{
	struct str stem = file->name;
	ptrdiff_t at;

	while ((at = str_find_byte(stem, '/')) >= 0)
		stem = str_skip(stem, (size_t)at + 1);
	at = str_find_byte(stem, '.');
	return at < 0 ? stem : str_head(stem, (size_t)at);
}

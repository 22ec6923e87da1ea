/* Opens what a command needs, in the order in which it is needed. */

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "analyzer/cmd/cmd.h"

bool session_open(struct session *s)
{
	s->arena = arena_new();
	s->data = data_open(s->options.data);
	if (s->data)
		return true;
	fprintf(stderr, "faultline: %s: not a source tree of faultline: no "
		"schema/ or parsers/messages/ in it\n", s->options.data);
	arena_free(s->arena);
	return false;
}

void session_close(struct session *s)
{
	if (s->causes.arena)
		causes_free(&s->causes);
	catalog_free(s->catalog);
	heap_free(s->extra);
	data_close(s->data);
	arena_free(s->arena);
}

/* Entries of a file that the user names; its problems are told, not fatal. */
static bool read_extra(struct session *s, const char *path)
{
	struct str text;

	if (!data_slurp(path, s->arena, &text)) {
		fprintf(stderr, "faultline: %s: %s\n", path, strerror(errno));
		return false;
	}
	return catalog_read(s->catalog, text, path, &s->diag);
}

/* $XDG_CONFIG_HOME/faultline/messages, n 0: there is no such place */
static struct str own_folder(struct session *s)
{
	const char *config = getenv("XDG_CONFIG_HOME");
	const char *home = getenv("HOME");

	if (config && config[0] == '/')
		return arena_printf(s->arena, "%s/faultline/messages", config);
	if (home && home[0] == '/')
		return arena_printf(s->arena, "%s/.config/faultline/messages",
				    home);
	return (struct str){ 0 };
}

/* The user's own files, before those of -m. */
static void list_extra(struct session *s)
{
	struct str folder = own_folder(s);
	DIR *list = folder.n ? opendir(folder.p) : NULL;
	struct dirent *entry;

	while (list && (entry = readdir(list))) {
		struct str name = str_from(entry->d_name);

		if (name.p[0] == '.' || !str_ends(name, STR(".msg")))
			continue;
		heap_grow(&s->extra, &s->extra_room, s->nextra + 1,
			  sizeof(*s->extra));
		s->extra[s->nextra++] = arena_printf(s->arena, "%s/%s",
						     folder.p, name.p).p;
	}
	if (list)
		closedir(list);
	for (unsigned i = 0; i < s->options.nextra; i++) {
		heap_grow(&s->extra, &s->extra_room, s->nextra + 1,
			  sizeof(*s->extra));
		s->extra[s->nextra++] = s->options.extra[i];
	}
}

/* The messages that come with the program, or with --data. */
static bool read_messages(struct session *s, struct catalog *catalog)
{
	const struct data_file *f;
	struct data_file listings = data_find(s->data, "parsers/listings.tsv");
	bool fine = catalog_read_listings(catalog, listings.text,
					  "parsers/listings.tsv",
					  s->options.data != NULL, &s->diag);

	for (f = data_next(s->data, "parsers/messages/", ".tsv", NULL); f;
	     f = data_next(s->data, "parsers/messages/", ".tsv", f))
		catalog_read_words(catalog, f->text, f->name.p, &s->diag);
	for (f = data_next(s->data, "parsers/messages/", ".msg", NULL); f;
	     f = data_next(s->data, "parsers/messages/", ".msg", f))
		fine &= (s->options.data ? catalog_read : catalog_add)
			(catalog, f->text, f->name.p, &s->diag);
	return fine;
}

static bool read_fields(struct session *s)
{
	struct data_file fields = data_find(s->data, "schema/fields.tsv");

	return s->fields.count ||
	       fields_read(&s->fields, s->arena, fields.text,
			   "schema/fields.tsv", &s->diag);
}

struct catalog *session_look(struct session *s)
{
	struct catalog *catalog;

	if (!read_fields(s))
		return NULL;
	catalog = catalog_new(&s->fields);
	if (read_messages(s, catalog) && catalog_seal(catalog, &s->diag))
		return catalog;
	catalog_free(catalog);
	return NULL;
}

bool session_knowledge(struct session *s)
{
	bool fine = read_fields(s);

	list_extra(s);
	s->catalog = catalog_new(&s->fields);
	if (!s->nextra && data_index(s->data))
		catalog_use(s->catalog, data_index(s->data));
	fine &= read_messages(s, s->catalog);
	for (size_t i = 0; i < s->nextra; i++)
		fine &= read_extra(s, s->extra[i]);
	fine &= catalog_seal(s->catalog, &s->diag);
	causes_read(&s->causes, s->data, &s->diag);
	if (s->diag.problems)
		fprintf(stderr, "faultline: %u problem%s in the data files; "
			"nothing was read\n", s->diag.problems,
			s->diag.problems == 1 ? "" : "s");
	return fine && !s->diag.problems && facts_known(s);
}

int session_finish(int code)
{
	bool failed = fflush(stdout) != 0 || ferror(stdout);

	if (!failed)
		return code;
	if (errno == EPIPE)
		return code;	/* the reader has seen enough */
	fprintf(stderr, "faultline: standard output: %s; the report is cut "
		"short, give it more room\n", strerror(errno));
	return EXIT_FATAL;
}

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

/* $XDG_CONFIG_HOME/faultline/messages/ *.msg */
static bool read_own(struct session *s)
{
	const char *config = getenv("XDG_CONFIG_HOME");
	const char *home = getenv("HOME");
	struct str dir;
	DIR *list;
	struct dirent *entry;
	bool fine = true;

	if (config && config[0] == '/')
		dir = arena_printf(s->arena, "%s/faultline/messages", config);
	else if (home && home[0] == '/')
		dir = arena_printf(s->arena, "%s/.config/faultline/messages",
				   home);
	else
		return true;
	list = opendir(dir.p);
	if (!list)
		return true;
	while ((entry = readdir(list))) {
		struct str name = str_from(entry->d_name);

		if (name.p[0] != '.' && str_ends(name, STR(".msg")))
			fine &= read_extra(s, arena_printf(s->arena, "%s/%s",
							   dir.p, name.p).p);
	}
	closedir(list);
	return fine;
}

bool session_knowledge(struct session *s)
{
	struct data_file fields = data_find(s->data, "schema/fields.tsv");
	const struct data_file *f;
	bool fine = true;

	fine &= fields_read(&s->fields, s->arena, fields.text,
			    "schema/fields.tsv", &s->diag);
	s->catalog = catalog_new(&s->fields);
	for (f = data_next(s->data, "parsers/messages/", ".tsv", NULL); f;
	     f = data_next(s->data, "parsers/messages/", ".tsv", f))
		catalog_read_words(s->catalog, f->text, f->name.p, &s->diag);
	for (f = data_next(s->data, "parsers/messages/", ".msg", NULL); f;
	     f = data_next(s->data, "parsers/messages/", ".msg", f))
		fine &= (s->options.data ? catalog_read : catalog_add)
			(s->catalog, f->text, f->name.p, &s->diag);
	fine &= read_own(s);
	for (unsigned i = 0; i < s->options.nextra; i++)
		fine &= read_extra(s, s->options.extra[i]);
	fine &= catalog_seal(s->catalog, &s->diag);
	causes_read(&s->causes, s->data, &s->diag);
	if (s->diag.problems)
		fprintf(stderr, "faultline: %u problem%s in the data files; "
			"nothing was read\n", s->diag.problems,
			s->diag.problems == 1 ? "" : "s");
	return fine && !s->diag.problems;
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

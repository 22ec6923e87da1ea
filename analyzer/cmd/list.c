/* causes, messages and version: what this program knows and is. */

#include "analyzer/cmd/cmd.h"

static void show_cause(const struct cause *c)
{
	printf("%.*s\n", STR_FMT(c->id));
	report_wrap(stdout, c->title, 2, 78);
	putchar('\n');
	report_wrap(stdout, c->explain, 2, 78);
	putchar('\n');
	for (unsigned i = 0; i < c->nclues; i++) {
		const struct clue_decl *clue = &c->clues[i];

		printf("  %-9s %-20.*s %.*s\n", role_name(clue->role),
		       STR_FMT(clue->name), STR_FMT(clue->says));
		if (clue->capture.n)
			printf("  %-9s %-20s capture: %.*s\n", "", "",
			       STR_FMT(clue->capture));
	}
	putchar('\n');
	fputs("  Remedy:\n", stdout);
	report_wrap(stdout, c->remedy, 4, 78);
	printf("  References: %.*s\n", STR_FMT(c->refs));
}

int cmd_causes(struct session *s)
{
	const struct options *o = &s->options;
	const struct cause *cause;

	if (!session_knowledge(s))
		return EXIT_FATAL;
	if (o->noperands == 0 || strcmp(o->operands[0], "list") == 0) {
		for (unsigned i = 0; i < s->causes.count; i++) {
			cause = causes_at(&s->causes, i);
			if (!cause)
				return EXIT_FATAL;
			printf("%-32.*s %-9.*s %.*s\n", STR_FMT(cause->id),
			       STR_FMT(cause->kind), STR_FMT(cause->title));
		}
		return EXIT_FINE;
	}
	for (unsigned i = strcmp(o->operands[0], "show") == 0;
	     i < o->noperands; i++) {
		cause = causes_find(&s->causes, str_from(o->operands[i]));
		if (!cause) {
			fprintf(stderr, "faultline: no cause '%s'; 'faultline "
				"causes' lists them\n", o->operands[i]);
			return EXIT_FATAL;
		}
		show_cause(cause);
	}
	return EXIT_FINE;
}

int cmd_messages(struct session *s)
{
	const struct options *o = &s->options;
	const struct message *m;

	if (!session_knowledge(s))
		return EXIT_FATAL;
	if (!catalog_load(s->catalog, &s->diag))
		return EXIT_FATAL;
	m = catalog_messages(s->catalog);
	if (o->noperands == 0 || strcmp(o->operands[0], "list") == 0) {
		for (; m; m = m->next)
			printf("%-36.*s %.*s\n", STR_FMT(m->name),
			       STR_FMT(m->title));
		return EXIT_FINE;
	}
	for (unsigned i = strcmp(o->operands[0], "show") == 0;
	     i < o->noperands; i++) {
		struct str name = str_from(o->operands[i]);

		for (m = catalog_messages(s->catalog); m; m = m->next)
			if (str_eq(m->name, name))
				break;
		if (!m) {
			fprintf(stderr, "faultline: no message '%s'; "
				"'faultline messages' lists them\n",
				o->operands[i]);
			return EXIT_FATAL;
		}
		printf("# %.*s:%u\n", STR_FMT(m->file), m->line);
		for (const struct message *old = m->replaces; old;
		     old = old->replaces)
			printf("# in place of %.*s:%u\n", STR_FMT(old->file),
			       old->line);
		printf("%.*s", STR_FMT(message_source(m, s->arena)));
	}
	return EXIT_FINE;
}

int cmd_version(struct session *s)
{
	(void)s;
	printf("faultline %s, schema %d, SQLite %s, %s, %s, %s, %s, %s\n",
	       PACKAGE_VERSION, STORE_VERSION, store_library_version(),
	       elf_library_name(), source_lines_library(), unpack_library(),
	       recording_library(), tree_library());
	return EXIT_FINE;
}

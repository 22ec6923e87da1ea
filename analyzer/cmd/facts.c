/* Facts that the user tells or assumes: a misspelt one would be told to nobody. */

#include "analyzer/cmd/cmd.h"
#include "parsers/base/escape.h"

struct known {
	struct str *names;		/* in the order of the alphabet */
	size_t count, room;
};

static bool is_behind(struct str a, struct str b)
{
	int order = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);

	return order ? order > 0 : a.n > b.n;
}

static void add(struct known *k, struct str name)
{
	size_t at = k->count;

	for (size_t i = 0; i < k->count; i++)
		if (str_eq(k->names[i], name))
			return;
	heap_grow(&k->names, &k->room, k->count + 1, sizeof(*k->names));
	for (; at && is_behind(k->names[at - 1], name); at--)
		k->names[at] = k->names[at - 1];
	k->names[at] = name;
	k->count++;
}

/* A fact that no line states, but that something asks for: 'name' in SQL. */
static bool is_asked_for(struct session *s, struct str name)
{
	struct str quoted = arena_printf(s->arena, "'%.*s'", STR_FMT(name));
	const struct data_file *f;

	for (f = data_next(s->data, "schema/", ".sql", NULL); f;
	     f = data_next(s->data, "schema/", ".sql", f))
		if (str_find(f->text, quoted) >= 0)
			return true;
	return false;
}

static void list(const struct known *k)
{
	unsigned column = 0;

	fputs("faultline: facts:", stderr);
	for (size_t i = 0; i < k->count; i++) {
		if (column + k->names[i].n > 60) {
			fputs("\n ", stderr);
			column = 0;
		}
		fprintf(stderr, " %.*s", STR_FMT(k->names[i]));
		column += (unsigned)k->names[i].n + 1;
	}
	fputc('\n', stderr);
}

static void refuse(struct session *s, const struct known *k, struct str name)
{
	const struct str *best = NULL;
	unsigned least = 4;

	for (size_t i = 0; i < k->count; i++) {
		unsigned d = str_distance(name, k->names[i]);

		if (d < least) {
			least = d;
			best = &k->names[i];
		}
	}
	fprintf(stderr, "faultline: no fact '%.*s'",
		STR_FMT(escape_text(s->arena, name)));
	if (best)
		fprintf(stderr, "; did you mean '%.*s'?", STR_FMT(*best));
	fputc('\n', stderr);
	list(k);
}

static bool check(struct session *s, const struct known *k,
		  const struct str *told, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		struct str rest = told[i], name = str_split(&rest, '=');
		bool any = is_asked_for(s, name);

		for (size_t j = 0; j < k->count && !any; j++)
			any = str_eq(k->names[j], name);
		if (!any) {
			refuse(s, k, name);
			return false;
		}
	}
	return true;
}

bool facts_known(struct session *s)
{
	const struct options *o = &s->options;
	struct known known = { 0 };
	bool fine;

	if (!o->nfacts && !o->nassumed)
		return true;
	if (!catalog_load(s->catalog, &s->diag))
		return false;
	for (const struct message *m = catalog_messages(s->catalog); m;
	     m = m->next)
		for (const struct setting *f = m->facts; f; f = f->next)
			add(&known, f->name);
	fine = check(s, &known, o->facts, o->nfacts) &&
	       check(s, &known, o->assumed, o->nassumed);
	heap_free(known.names);
	return fine;
}

/* Reads schema/causes/X.sql: the header's stanza, then its SELECT. */

#include "analyzer/judge/judge.h"
#include "parsers/base/stanza.h"

static const char *const role_names[ROLES] = {
	[ROLE_TRIGGER] = "trigger", [ROLE_NEEDS] = "needs",
	[ROLE_DECIDES] = "decides", [ROLE_SUPPORTS] = "supports",
	[ROLE_CAPS] = "caps", [ROLE_EXCLUDES] = "excludes",
};

const char *role_name(enum role role)
{
	return role_names[role];
}

static const char *const evidence_names[] = {
	[EVIDENCE_MESSAGE] = "message", [EVIDENCE_ADDRESS] = "address",
	[EVIDENCE_ORDER] = "order", [EVIDENCE_TIME] = "time",
	[EVIDENCE_VERSION] = "version",
};

const char *evidence_name(enum evidence evidence)
{
	return evidence_names[evidence];
}

static bool wrong(struct diag *diag, const struct stanza_line *line,
		  const char *hint, const char *what)
{
	diag_at(diag, line->place, hint, "%s", what);
	return false;
}

static bool read_evidence(struct str word, enum evidence *evidence)
{
	for (unsigned i = EVIDENCE_MESSAGE; i <= EVIDENCE_VERSION; i++) {
		if (!str_eq(word, str_from(evidence_names[i])))
			continue;
		*evidence = (enum evidence)i;
		return true;
	}
	return false;
}

/* "shown-by: X", "capture: …", "ask: …", "of: X", "kind: address" */
static bool read_option(struct clue_decl *clue, struct str option)
{
	struct str value = option, key = str_trim(str_split(&value, ':'));

	value = str_trim(value);
	if (str_eq(key, STR("shown-by")))
		clue->shown_by = value;
	else if (str_eq(key, STR("capture")))
		clue->capture = value;
	else if (str_eq(key, STR("ask")))
		clue->ask = value;
	else if (str_eq(key, STR("of")))
		clue->of = value;
	else if (str_eq(key, STR("kind")))
		return read_evidence(value, &clue->evidence);
	else
		return false;
	return value.n != 0;
}

static bool read_clue(struct cause *cause, enum role role,
		      const struct stanza_line *line, struct diag *diag)
{
	struct str rest = line->value;
	struct clue_decl *clue;

	if (cause->nclues == CLUES_MAX)
		return wrong(diag, line, "", "too many clues");
	clue = &cause->clues[cause->nclues++];
	*clue = (struct clue_decl){
		.role = role, .evidence = EVIDENCE_MESSAGE,
		.name = str_word(&rest),
	};
	for (bool first = true; rest.n || first; first = false) {
		ptrdiff_t at = str_find(rest, STR(" | "));
		struct str part = at < 0 ? rest : str_head(rest, (size_t)at);

		rest = at < 0 ? (struct str){ 0 } : str_skip(rest, (size_t)at + 3);
		if (first)
			clue->says = str_trim(part);
		else if (!read_option(clue, part))
			return wrong(diag, line,
				"options are shown-by, capture, ask, of and kind "
				"(message address order time version)",
				"unknown option of a clue");
	}
	if (!clue->says.n)
		return wrong(diag, line, "name, then what it says",
			     "clue without words");
	if (role == ROLE_CAPS && !clue->of.n)
		return wrong(diag, line, "| of: the clue that it weakens",
			     "cap without 'of'");
	return true;
}

static bool read_line(struct cause *cause, const struct stanza_line *line,
		      struct diag *diag)
{
	const struct { const char *key; struct str *to; } texts[] = {
		{ "cause", &cause->id },	{ "title", &cause->title },
		{ "explain", &cause->explain },	{ "remedy", &cause->remedy },
		{ "refs", &cause->refs },	{ "about", &cause->about },
		{ "kind", &cause->kind },	{ "refines", &cause->refines },
		{ "closes", &cause->closes },
		{ "when", &cause->when },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		if (!str_eq(line->key, str_from(texts[i].key)))
			continue;
		*texts[i].to = line->value;
		return true;
	}
	for (unsigned i = 0; i < ROLES; i++)
		if (str_eq(line->key, str_from(role_names[i])))
			return read_clue(cause, (enum role)i, line, diag);
	return wrong(diag, line, "cause title explain remedy refs about kind "
		     "refines closes when, or a role", "unknown key");
}

static bool one_of(struct str word, const char *const *words)
{
	for (; *words; words++)
		if (str_eq(word, str_from(*words)))
			return true;
	return false;
}

static bool check_cause(struct cause *cause, struct str stem, struct diag *diag)
{
	static const char *const abouts[] = { "incident", "boot", NULL };
	static const char *const kinds[] = {
		"root", "state", "exposure", "noise", NULL,
	};
	struct place place = { .file = cause->file, .line = 1 };
	unsigned before = diag->problems, triggers = 0;

	if (!str_eq(cause->id, stem))
		diag_at(diag, place, "", "file and cause have different names");
	if (!cause->title.n || !cause->explain.n || !cause->remedy.n)
		diag_at(diag, place, "", "title, explain or remedy is missing");
	if (!one_of(cause->about, abouts))
		diag_at(diag, place, "incident or boot", "unknown 'about'");
	if (!one_of(cause->kind, kinds))
		diag_at(diag, place, "root, state, exposure or noise",
			"unknown 'kind'");
	for (unsigned i = 0; i < cause->nclues; i++) {
		const struct clue_decl *clue = &cause->clues[i];

		triggers += clue->role == ROLE_TRIGGER;
		if (clue->role == ROLE_CAPS && !cause_clue(cause, clue->of))
			diag_at(diag, place, "", "cap '%.*s' is of an unknown "
				"clue", STR_FMT(clue->name));
		if (clue->role == ROLE_NEEDS && !clue->capture.n)
			diag_at(diag, place, "| capture: how to get it",
				"need '%.*s' does not say how to capture it",
				STR_FMT(clue->name));
	}
	if (!triggers)
		diag_at(diag, place, "", "cause without a trigger");
	return diag->problems == before;
}

static bool read_cause(const struct causes *causes, struct cause *cause,
		       const struct data_file *file)
{
	struct stanza_reader reader;
	struct stanza stanza;
	bool fine = true;

	*cause = (struct cause){ .file = file->name.p };
	stanza_open(&reader, file->text, cause->file, "-- ");
	if (!stanza_next(&reader, causes->arena, &stanza)) {
		diag_at(causes->diag, (struct place){ .file = cause->file,
			.line = 1 }, "a cause starts with '-- cause NAME'",
			"no header");
		return false;
	}
	for (struct stanza_line *l = stanza.lines; l; l = l->next)
		fine &= read_line(cause, l, causes->diag);
	cause->sql = stanza_rest(&reader);
	return check_cause(cause, data_stem(file), causes->diag) && fine;
}

/* What tells whether a cause is wanted; false: all of it has to be read. */
static bool skim_cause(struct cause *cause, const struct data_file *file)
{
	struct str text = file->text;

	*cause = (struct cause){
		.id = data_stem(file), .file = file->name.p, .unread = file,
	};
	while (str_starts(text, STR("-- "))) {
		struct str line = str_split(&text, '\n'), key;

		line = str_skip(line, 3);
		key = str_word(&line);
		if (str_eq(key, STR("kind"))) {
			cause->kind = str_trim(line);
		} else if (str_eq(key, STR("when"))) {
			struct str next = text;

			cause->when = str_trim(line);
			str_word(&next);
			if (str_eq(str_word(&next), STR("|")))
				return false;
		}
	}
	return cause->kind.n && cause->when.n;
}

const struct cause *causes_at(const struct causes *causes, unsigned i)
{
	struct cause *cause = &causes->items[i];

	if (cause->unread && !read_cause(causes, cause, cause->unread))
		return NULL;
	return cause;
}

void causes_read(struct causes *causes, const struct data *data,
		 struct diag *diag)
{
	bool built_in = data_image(data).n != 0;
	const struct data_file *f;
	unsigned n = 0;

	causes->arena = arena_new();
	causes->diag = diag;
	for (f = data_next(data, "schema/causes/", ".sql", NULL); f;
	     f = data_next(data, "schema/causes/", ".sql", f))
		n++;
	causes->items = ARENA_ARRAY(causes->arena, struct cause, n + 1);
	causes->count = 0;
	for (f = data_next(data, "schema/causes/", ".sql", NULL); f;
	     f = data_next(data, "schema/causes/", ".sql", f)) {
		struct cause *cause = &causes->items[causes->count];

		if ((built_in && skim_cause(cause, f)) ||
		    read_cause(causes, cause, f))
			causes->count++;
	}
}

void causes_free(struct causes *causes)
{
	arena_free(causes->arena);
}

const struct cause *causes_find(const struct causes *causes, struct str id)
{
	for (unsigned i = 0; i < causes->count; i++)
		if (str_eq(causes->items[i].id, id))
			return causes_at(causes, i);
	return NULL;
}

const struct clue_decl *cause_clue(const struct cause *cause, struct str name)
{
	for (unsigned i = 0; i < cause->nclues; i++)
		if (str_eq(cause->clues[i].name, name))
			return &cause->clues[i];
	return NULL;
}

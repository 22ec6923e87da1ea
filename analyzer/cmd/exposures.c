/*
 * exposures: which known faults a release has, from the tables of releases
 * alone.  check --facts-age: what those tables know, and captures do not heed.
 * The rows are schema/facts/, the texts schema/exposures.sql and
 * schema/facts-age.sql.
 */

#include "analyzer/cmd/cmd.h"
#include "parsers/base/die.h"
#include "parsers/base/escape.h"

enum { WIDTH = 72 };

static const char *const facts[ASKED] = {
	[ASKED_XEN] = "xen.version", [ASKED_LINUX] = "linux.version",
	[ASKED_ARCH] = "arch", [ASKED_CMDLINE] = "xen.cmdline",
};

static bool ask(struct options *o, int what, const char *value)
{
	o->asked[what] = value;
	o->asks = true;
	return *value != 0;
}

bool ask_xen(struct options *o, const char *value)
{
	return ask(o, ASKED_XEN, value);
}

bool ask_linux(struct options *o, const char *value)
{
	return ask(o, ASKED_LINUX, value);
}

bool ask_arch(struct options *o, const char *value)
{
	return ask(o, ASKED_ARCH, value);
}

bool ask_cmdline(struct options *o, const char *value)
{
	ask(o, ASKED_CMDLINE, value);
	return true;
}

bool ask_age(struct options *o, const char *value)
{
	(void)value;
	o->facts_age = true;
	return true;
}

/* Indented text, wrapped; a row without one is an empty line. */
static void print_text(struct session *s, struct query *q)
{
	while (query_row(q))
		if (query_is_null(q, 1))
			putchar('\n');
		else
			report_wrap(stdout, escape_text(s->arena,
					query_text(q, 1)),
				    (unsigned)query_int(q, 0), WIDTH);
}

static struct query *open_text(struct session *s, struct store *store,
			       const char *name)
{
	struct data_file file = data_find(s->data, name);
	const char *error;
	struct query *q = query_open(store, file.text, &error);

	if (!q)
		die("%s: %s", name, error);
	return q;
}

/* "aarch64" and the like; false: neither of the two. */
static bool arch_of(struct str *value)
{
	if (str_starts(*value, STR("arm")) || str_eq(*value, STR("aarch64")))
		*value = STR("arm");
	else if (str_starts(*value, STR("x86")) ||
		 str_eq(*value, STR("amd64")))
		*value = STR("x86");
	else
		return false;
	return true;
}

static bool tell(struct session *s, struct store *store, struct str name,
		 struct str value)
{
	struct query *q;

	for (int i = 0; i < ASKED; i++) {
		if (!str_eq(name, str_from(facts[i])))
			continue;
		if (i == ASKED_ARCH && !arch_of(&value)) {
			fprintf(stderr, "faultline: exposures: no architecture "
				"'%.*s'; it is arm or x86\n",
				STR_FMT(escape_text(s->arena, value)));
			return false;
		}
		q = query_must(store, "INSERT OR IGNORE INTO known_fact (boot, "
			"name, value, capture, line, told, trust, speaker) "
			"VALUES (1, ?1, ?2, 0, 0, 1, 'user', 'user')");
		query_bind_text(q, 1, name);
		query_bind_text(q, 2, value);
		query_run(q);
		query_close(q);
		return true;
	}
	fprintf(stderr, "faultline: exposures: it does not ask for '%.*s', but "
		"for xen.version, linux.version, arch and xen.cmdline\n",
		STR_FMT(escape_text(s->arena, name)));
	return false;
}

static bool tell_all(struct session *s, struct store *store)
{
	const struct options *o = &s->options;

	for (int i = 0; i < ASKED; i++)
		if (o->asked[i] &&
		    !tell(s, store, str_from(facts[i]), str_from(o->asked[i])))
			return false;
	for (unsigned i = 0; i < o->nfacts; i++) {
		struct str value = o->facts[i], name = str_split(&value, '=');

		if (!tell(s, store, name, value))
			return false;
	}
	return true;
}

/* Takes the versions apart; false after a message. */
static bool look_up(struct session *s, struct store *store)
{
	struct data_file file = data_find(s->data,
					  "schema/settle/15-machine.sql");
	struct query *q;
	bool fine;

	store_run_file(store, &file);
	q = query_must(store, "SELECT version, product FROM boot_release "
			      "WHERE number IS NULL");
	fine = !query_row(q);
	if (!fine)
		fprintf(stderr, "faultline: exposures: '%.*s' is no release of "
			"%s, such as %s\n",
			STR_FMT(escape_text(s->arena, query_text(q, 0))),
			str_eq(query_text(q, 1), STR("xen")) ? "Xen" : "Linux",
			str_eq(query_text(q, 1), STR("xen")) ? "4.14.1"
							     : "5.10.0");
	query_close(q);
	if (fine && !query_any(store, "SELECT 1 FROM boot_release")) {
		fputs("faultline: exposures needs a release: --xen 4.14.1 or "
		      "--linux 5.10.0; of captures, 'faultline report "
		      "exposures -d DB' tells\n", stderr);
		return false;
	}
	return fine;
}

/* As for verdicts: a vendor's number is likely, what is unknown possible. */
static int exposed_exit(const struct options *o, struct store *store)
{
	static const char *const asks[] = {
		[FAIL_POSSIBLE] = "SELECT 1 FROM v_exposure WHERE "
			"kind = 'fault' AND effect IS NOT 'mitigates'",
		[FAIL_LIKELY] = "SELECT 1 FROM v_exposure WHERE kind = 'fault' "
			"AND effect IS NOT 'mitigates' AND state = 'affected'",
		[FAIL_CONFIRMED] = "SELECT 1 FROM v_exposure WHERE kind = "
			"'fault' AND effect IS NOT 'mitigates' AND "
			"state = 'affected' AND suffix = ''",
	};

	if (o->fail_on == FAIL_NEVER)
		return EXIT_FINE;
	return query_any(store, asks[o->fail_on]) ? EXIT_YES : EXIT_FINE;
}

static int exposures(struct session *s, struct store *store)
{
	const struct options *o = &s->options;
	struct query *q;

	if (!tell_all(s, store) || !look_up(s, store))
		return EXIT_FATAL;
	if (o->format_given && o->format != FORMAT_TEXT) {
		q = query_must(store, "SELECT product, version, change, kind, "
			"state, effect, fixed_in, never_here, fix, arch, cause, "
			"title, bites, option, says, advice FROM v_exposure "
			"ORDER BY product DESC, state, kind, change");
		report_rows(q, o->format, stdout);
	} else {
		q = open_text(s, store, "schema/exposures.sql");
		print_text(s, q);
	}
	query_close(q);
	return exposed_exit(o, store);
}

int cmd_exposures(struct session *s)
{
	struct store *store;
	int code;

	if (s->options.noperands || s->options.nassumed) {
		fputs("faultline: exposures takes no captures and no --assume; "
		      "'faultline report exposures -d DB' tells of captures\n",
		      stderr);
		return EXIT_FATAL;
	}
	store = store_private(s->data);
	store_begin(store);
	code = exposures(s, store);
	store_rollback(store);
	store_close(store);
	return code;
}

static int show_age(struct session *s, struct store *store)
{
	struct query *q = open_text(s, store, "schema/facts-age.sql");

	print_text(s, q);
	query_close(q);
	return query_any(store, "SELECT 1 FROM v_facts_age") ? EXIT_YES
							     : EXIT_FINE;
}

int cmd_facts_age(struct session *s)
{
	const struct options *o = &s->options;
	int code = EXIT_FINE, age;
	struct store *store;

	if (o->noperands && o->database_given) {
		fputs("faultline: check --facts-age takes captures, or -d DB\n",
		      stderr);
		return EXIT_FATAL;
	}
	if (o->noperands && !session_knowledge(s))
		return EXIT_FATAL;
	store = o->database_given
		? store_open(o->database, STORE_READ, s->data)
		: store_private(s->data);
	if (!store)
		return EXIT_FATAL;
	if (o->noperands) {
		store_begin(store);
		code = take_captures(s, store, o->operands, o->noperands);
		store_settle_boots(store);
		store_settle(store);
	}
	age = show_age(s, store);
	store_rollback(store);
	store_close(store);
	return age > code ? age : code;
}

/* faultline FILE…, ingest and report. */

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "analyzer/cmd/cmd.h"

static int show(struct session *s, struct store *store, struct str name)
{
	enum format format = s->options.format;

	if (str_eq(name, STR("verdicts"))) {
		if (format == FORMAT_CSV || format == FORMAT_TABLE) {
			fputs("faultline: -f csv and table are for query and "
			      "for reports of rows; verdicts have text and "
			      "json\n", stderr);
			return EXIT_FATAL;
		}
		if (format == FORMAT_JSON)
			report_json(store, s->data, stdout);
		else
			report_text(store, stdout);
		return EXIT_FINE;
	}
	if (report_named(store, s->data, name, format, stdout))
		return EXIT_FINE;
	fprintf(stderr, "faultline: no report '%.*s'; there are: verdicts",
		STR_FMT(name));
	for (const struct data_file *f = data_next(s->data, "schema/reports/",
						   ".sql", NULL);
	     f; f = data_next(s->data, "schema/reports/", ".sql", f))
		fprintf(stderr, " %.*s", STR_FMT(data_stem(f)));
	fputc('\n', stderr);
	return EXIT_FATAL;
}

static int worse(int a, int b)
{
	/* Trouble outranks "yes, there is something". */
	return a > b ? a : b;
}

/*
 * Judges a database anew.  Clocks that are told are kept, facts are not: they
 * are of this call only, and a transaction is left open for them.
 */
static bool settle_again(struct session *s, struct store *store)
{
	unsigned nfacts = s->options.nfacts, nassumed = s->options.nassumed;
	bool fine;

	if (s->options.nclocks) {
		s->options.nfacts = s->options.nassumed = 0;
		store_begin(store);
		fine = take_settle(s, store);
		s->options.nfacts = nfacts;
		s->options.nassumed = nassumed;
		if (!fine || !store_commit(store))
			return false;
		s->options.nclocks = 0;
	}
	store_begin(store);
	return (!nfacts && !nassumed) || take_settle(s, store);
}

/* A database: its stored verdicts, judged anew where facts are told. */
static int report_database(struct session *s, const char *path,
			   struct str name)
{
	bool again = s->options.nfacts || s->options.nassumed ||
		     s->options.nclocks;
	struct store *store = store_open(path, again ? STORE_WRITE : STORE_READ,
					 s->data);
	int code;

	if (!store)
		return EXIT_FATAL;
	if (again) {
		if (!session_knowledge(s)) {
			store_close(store);
			return EXIT_FATAL;
		}
		if (!settle_again(s, store)) {
			store_rollback(store);
			store_close(store);
			return EXIT_FATAL;
		}
	}
	code = show(s, store, name);
	code = worse(code, verdict_exit(&s->options, store));
	if (again)
		store_rollback(store);
	store_close(store);
	return code;
}

int cmd_default(struct session *s)
{
	const struct options *o = &s->options;
	struct store *store;
	int code;

	if (!o->noperands) {
		if (isatty(STDIN_FILENO)) {
			options_help(stderr, false);
			return EXIT_FATAL;
		}
		s->options.operands[s->options.noperands++] = "-";
	}
	if (o->noperands == 1 && store_is_database(o->operands[0]))
		return report_database(s, o->operands[0], STR("verdicts"));
	if (!session_knowledge(s))
		return EXIT_FATAL;
	store = store_private(s->data);
	store_begin(store);
	code = take_captures(s, store, o->operands, o->noperands);
	if (!take_settle(s, store)) {
		store_leave(store);
		return EXIT_FATAL;
	}
	code = worse(code, show(s, store, STR("verdicts")));
	code = worse(code, verdict_exit(o, store));
	store_leave(store);
	return code;
}

/* What a database holds now, and what comes next. */
static void tell_stored(const struct session *s, struct store *store)
{
	struct query *q = query_must(store, "SELECT printf('%d capture%s, %d "
		"lines, %d recognised', count(*), iif(count(*) = 1, '', 's'), "
		"total(lines), total(matched)) FROM capture");

	if (!s->options.quiet && query_row(q))
		fprintf(stderr, "faultline: %s: %.*s; 'faultline report -d %s' "
			"tells what they show\n", s->options.database,
			STR_FMT(query_text(q, 0)), s->options.database);
	query_close(q);
}

int cmd_ingest(struct session *s)
{
	const struct options *o = &s->options;
	struct store *store;
	int code;

	if (!o->noperands || o->nassumed) {
		fputs(o->nassumed ? "faultline: --assume is for report, why "
		      "and captures: what ingest stores is what is so; "
		      "--fact tells what the captures lack\n"
		      : "faultline: ingest needs a FILE, or - for standard "
		      "input\n", stderr);
		return EXIT_FATAL;
	}
	if (!session_knowledge(s))
		return EXIT_FATAL;
	store = store_open(o->database, STORE_CREATE, s->data);
	if (!store)
		return EXIT_FATAL;
	store_begin(store);
	code = take_captures(s, store, o->operands, o->noperands);
	if (!take_settle(s, store)) {
		fputs("faultline: nothing of this call was stored\n", stderr);
		store_rollback(store);
		code = EXIT_FATAL;
	} else if (!store_commit(store)) {
		code = EXIT_FATAL;
	} else {
		code = worse(code, verdict_exit(o, store));
		tell_stored(s, store);
	}
	store_close(store);
	return code;
}

int cmd_report(struct session *s)
{
	const struct options *o = &s->options;

	if (o->noperands > 1) {
		fputs("faultline: report takes one NAME; the database is named "
		      "with -d\n", stderr);
		return EXIT_FATAL;
	}
	return report_database(s, o->database, o->noperands
			       ? str_from(o->operands[0]) : STR("verdicts"));
}

int cmd_query(struct session *s)
{
	const struct options *o = &s->options;
	struct store *store;
	const char *error;
	struct query *q;
	int code = EXIT_FINE;

	if (o->noperands != 1 || o->nfacts || o->nassumed || o->nclocks) {
		fputs(o->nfacts || o->nassumed
			? "faultline: --fact and --assume are for report and "
			  "why\n"
		      : o->nclocks ? "faultline: --clock is for ingest, report "
				     "and why\n"
				: "faultline: query takes one SQL statement, "
				  "in quotes\n", stderr);
		return EXIT_FATAL;
	}
	store = store_open(o->database, STORE_READ, s->data);
	if (!store)
		return EXIT_FATAL;
	store_guard(store, o->timeout * 1000);
	q = query_open(store, str_from(o->operands[0]), &error);
	if (!q) {
		fprintf(stderr, "faultline: query: %s; %s\n", error,
			strcmp(error, "not authorized") == 0
			? "only statements that read are allowed"
			: "'SELECT name FROM sqlite_master' lists tables and "
			  "views");
		store_close(store);
		return EXIT_FATAL;
	}
	if (!query_only_reads(q)) {
		fputs("faultline: query: only reads; the statement was not "
		      "run\n", stderr);
		query_close(q);
		store_close(store);
		return EXIT_FATAL;
	}
	if (query_columns(q) == 0) {
		/* VACUUM, which no authorizer is asked about */
		fputs("faultline: query: it asks for nothing; only SELECT "
		      "does\n", stderr);
		code = EXIT_FATAL;
	} else if (!report_rows(q, o->format, stdout)) {
		fprintf(stderr, "faultline: query: %s\n", query_error(q));
		code = EXIT_PARTLY;
	}
	query_close(q);
	store_close(store);
	return code;
}

int cmd_why(struct session *s)
{
	const struct options *o = &s->options;
	const struct cause *cause;
	struct store *store;
	bool fine = true;
	int code = EXIT_FINE;

	if (o->noperands < 1) {
		fputs("faultline: why takes a CAUSE ('faultline causes' lists "
		      "them), then captures or -d DB\n", stderr);
		return EXIT_FATAL;
	}
	if (!session_knowledge(s))
		return EXIT_FATAL;
	cause = causes_find(&s->causes, str_from(o->operands[0]));
	if (!cause) {
		fprintf(stderr, "faultline: no cause '%s'; 'faultline causes' "
			"lists them\n", o->operands[0]);
		return EXIT_FATAL;
	}
	if (o->noperands > 1) {
		store = store_private(s->data);
		store_begin(store);
		code = take_captures(s, store, o->operands + 1,
				     o->noperands - 1);
		fine = take_settle(s, store);
	} else {
		bool again = o->nfacts || o->nassumed || o->nclocks;

		store = store_open(o->database, again ? STORE_WRITE
						      : STORE_READ, s->data);
		if (!store)
			return EXIT_FATAL;
		if (again)
			fine = settle_again(s, store);
	}
	if (!fine) {
		store_rollback(store);
		store_close(store);
		return EXIT_FATAL;
	}
	if (!report_why(store, cause, o->sql, stdout)) {
		printf("%.*s was not looked at: nothing in the captures "
		       "triggers it.\n", STR_FMT(cause->id));
		for (unsigned i = 0; i < cause->nclues; i++)
			if (cause->clues[i].role == ROLE_TRIGGER)
				printf("  trigger  %.*s: %.*s\n",
				       STR_FMT(cause->clues[i].name),
				       STR_FMT(cause->clues[i].says));
	}
	store_rollback(store);
	store_close(store);
	return code;
}

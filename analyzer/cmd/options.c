/* One table of options: it parses them, and it is the help. */

#include <stdlib.h>

#include "analyzer/cmd/cmd.h"
#include "parsers/base/escape.h"

enum { MAX_LINE = 64 << 10, TIMEOUT_S = 30 };

typedef bool (*set_fn)(struct options *, const char *value);

struct option {
	char letter;
	const char *name, *value, *help;
	const char *wants;		/* what a wrong value is not */
	set_fn set;
	bool common;			/* shown by -h */
};

static bool set_database(struct options *o, const char *value)
{
	o->database = value;
	o->database_given = true;
	return *value != 0;
}

static bool set_format(struct options *o, const char *value)
{
	static const struct { const char *word; enum format format; } words[] = {
		{ "text", FORMAT_TEXT }, { "json", FORMAT_JSON },
		{ "table", FORMAT_TABLE }, { "csv", FORMAT_CSV },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (strcmp(value, words[i].word) != 0)
			continue;
		o->format = words[i].format;
		o->format_given = true;
		return true;
	}
	return false;
}

static bool set_exit_code(struct options *o, const char *value)
{
	(void)value;
	if (o->fail_on == FAIL_NEVER)
		o->fail_on = FAIL_POSSIBLE;
	return true;
}

static bool set_fail_on(struct options *o, const char *value)
{
	static const char *const words[] = {
		[FAIL_POSSIBLE] = "possible", [FAIL_LIKELY] = "likely",
		[FAIL_CONFIRMED] = "confirmed",
	};

	for (int i = FAIL_POSSIBLE; i <= FAIL_CONFIRMED; i++) {
		if (strcmp(value, words[i]) != 0)
			continue;
		o->fail_on = (enum fail_on)i;
		return true;
	}
	return false;
}

static bool set_fact(struct options *o, const char *value)
{
	struct str rest = str_from(value), name = str_split(&rest, '=');

	if (!name.n || !rest.n || o->nfacts == FACTS_MAX)
		return false;
	o->facts[o->nfacts++] = str_from(value);
	return true;
}

static bool set_assume(struct options *o, const char *value)
{
	struct str rest = str_from(value), name = str_split(&rest, '=');

	if (!name.n || !rest.n || o->nassumed == FACTS_MAX)
		return false;
	o->assumed[o->nassumed++] = str_from(value);
	return true;
}

static bool set_clock(struct options *o, const char *value)
{
	return o->nclocks < CLOCKS_MAX &&
	       clock_parse(value, &o->clocks[o->nclocks++]);
}

static bool set_extra(struct options *o, const char *value)
{
	if (o->nextra == EXTRA_MAX)
		return false;
	o->extra[o->nextra++] = value;
	return true;
}

static bool set_data(struct options *o, const char *value)
{
	o->data = value;
	return *value != 0;
}

static bool set_output(struct options *o, const char *value)
{
	o->output = value;
	return *value != 0;
}

static bool set_sql(struct options *o, const char *value)
{
	(void)value;
	o->sql = true;
	return true;
}

static bool set_quiet(struct options *o, const char *value)
{
	(void)value;
	o->quiet = true;
	return true;
}

static const struct option options[] = {
	{ 'd', "database", "DB", "database (default $FAULTLINE_DB, then "
		"faultline.db)", "the name of a file", set_database, true },
	{ 'f', "format", "FORMAT", "text or json; for rows: table, csv or json",
		"text, json, table or csv", set_format, true },
	{ 0, "fact", "NAME=VALUE", "tell what the captures lack, such as "
		"xen.version=4.14.1", "NAME=VALUE", set_fact, true },
	{ 0, "assume", "NAME=VALUE", "judge as if this were so, whatever the "
		"captures say", "NAME=VALUE", set_assume, false },
	{ 0, "clock", "FILE=SECONDS", "pin a capture's clock: what its stamps "
		"lack to the boot's; kept in the database", "FILE=SECONDS, "
		"such as dom0.log=-12.5 or dom0.log=-12.5+-0.2, or FILE=none",
		set_clock, false },
	{ 0, "exit-code", NULL, "exit with 1 when a cause is named", NULL,
		set_exit_code, false },
	{ 0, "fail-on", "GRADE", "exit with 1 from possible, likely or "
		"confirmed on", "possible, likely or confirmed", set_fail_on,
		false },
	{ 'm', "messages", "FILE", "also read this catalogue of messages",
		"one of up to 64 files", set_extra, false },
	{ 0, "data", "DIR", "read messages, causes and schema from a source "
		"tree", "a directory", set_data, false },
	{ 0, "as", "FORMAT", "what stands around each line (default auto: all "
		"that is known)", "one of those", set_as, false },
	{ 0, "max-line", "BYTES", "longest line, the rest is cut (default "
		"64K)", "between 1K and 64M", set_max_line, false },
	{ 0, "timeout", "SECONDS", "longest time for a query (default 30)",
		"between 1 and 86400", set_timeout, false },
	{ 'o', "output", "DIR", "capture-kit: write into this folder", "a "
		"folder, which is made", set_output, false },
	{ 0, "sql", NULL, "why: also print the SELECT behind each clue", NULL,
		set_sql, false },
	{ 0, "xen", "VERSION", "exposures: a release of Xen, such as 4.14.1",
		"a release", ask_xen, false },
	{ 0, "linux", "VERSION", "exposures: a release of Linux, dom0's or the "
		"host's", "a release", ask_linux, false },
	{ 0, "arch", "ARCH", "exposures: arm or x86 (default: both)",
		"arm or x86", ask_arch, false },
	{ 0, "cmdline", "OPTIONS", "exposures: Xen's command line", "options",
		ask_cmdline, false },
	{ 0, "facts-age", NULL, "check: what the tables of releases know, and "
		"captures go beyond", NULL, ask_age, false },
	{ 'q', "quiet", NULL, "no notices", NULL, set_quiet, false },
	{ 'h', "help", NULL, "this help; --help shows all options", NULL, NULL,
		true },
	{ 0, "version", NULL, "versions of the program and its parts", NULL,
		NULL, false },
};
enum { OPTIONS = sizeof(options) / sizeof(*options) };

void options_help(FILE *out, bool all)
{
	fputs("Usage: faultline [OPTION...] FILE...      name the cause of failed "
	      "DMA in console captures\n"
	      "       faultline COMMAND [OPTION...] ...\n\n", out);
	for (const struct command *c = commands; c->name; c++)
		if (!c->hidden)
			fprintf(out, "  %-12s %-16s %s\n", c->name, c->operands,
				c->title);
	fputc('\n', out);
	for (int i = 0; i < OPTIONS; i++) {
		const struct option *o = &options[i];
		char letter[4] = { '-', o->letter, ',', 0 };

		if (all || o->common)
			fprintf(out, "  %-3s --%s%s%-*s %s\n",
				o->letter ? letter : "",
				o->name, o->value ? " " : "",
				22 - (int)strlen(o->name) -
					(o->value != NULL),
				o->value ? o->value : "", o->help);
	}
	fputs("\nExamples:\n"
	      "  faultline console.log                          what broke, and "
	      "why\n"
	      "  faultline ingest -d lab.db console.log dom0.log "
	      "  one machine's captures\n", out);
	if (all)
		fputs("  faultline query -d lab.db 'SELECT * FROM "
		      "v_iommu_fault'\n"
		      "\nExit status: 0 done, 1 asked for by --exit-code or "
		      "--fail-on (check: a test failed),\n2 usage or fatal, 3 an "
		      "input was not read to its end or a limit cut it.\n",
		      out);
}

static int usage(const char *format, const char *what, const char *hint)
{
	struct arena *arena = arena_new();

	fputs("faultline: ", stderr);
	fprintf(stderr, format, arena_cstr(arena, escape_text(arena,
							str_from(what))));
	arena_free(arena);
	if (hint)
		fprintf(stderr, "; did you mean '%s'?", hint);
	fputs("\nTry 'faultline --help'.\n", stderr);
	return EXIT_FATAL;
}

static const char *guess_command(const char *word)
{
	const char *best = NULL;
	unsigned least = 3;

	for (const struct command *c = commands; c->name; c++) {
		unsigned d = str_distance(str_from(word), str_from(c->name));

		if (d < least) {
			least = d;
			best = c->name;
		}
	}
	return best;
}

static const struct option *find_long(struct str name)
{
	for (int i = 0; i < OPTIONS; i++)
		if (str_eq(name, str_from(options[i].name)))
			return &options[i];
	return NULL;
}

static const struct option *find_letter(char letter)
{
	for (int i = 0; i < OPTIONS; i++)
		if (options[i].letter == letter)
			return &options[i];
	return NULL;
}

/* One argument that starts with '-'; *at moves when it takes the next. */
static int parse_option(struct options *o, char **argv, int argc, int *at)
{
	const char *word = argv[*at], *value = NULL;
	const struct option *option;

	if (word[1] == '-') {
		struct str rest = str_from(word + 2);
		struct str name = str_split(&rest, '=');

		option = find_long(name);
		if (strchr(word, '='))
			value = rest.p;
	} else {
		option = find_letter(word[1]);
		if (word[2])
			value = word + 2;
	}
	if (!option || !option->set)
		return usage("unknown option '%s'", word, NULL);
	if (!option->value && value)
		return usage("option '%s' takes no value", word, NULL);
	if (option->value && !value) {
		if (*at + 1 >= argc)
			return usage("option '%s' needs a value", word, NULL);
		value = argv[++*at];
	}
	if (option->set(o, value))
		return -1;
	fprintf(stderr, "faultline: --%s wants %s\n", option->name,
		option->wants);
	return usage("'%s' is not that", value, NULL);
}

int options_parse(struct options *o, int argc, char **argv,
		  const struct command **command)
{
	bool plain = false;

	*o = (struct options){
		.database = getenv("FAULTLINE_DB"), .max_line = MAX_LINE,
		.timeout = TIMEOUT_S,
	};
	*command = NULL;
	if (!o->database || !*o->database)
		o->database = "faultline.db";
	for (int i = 1; i < argc; i++) {
		const char *word = argv[i];
		int code;

		if (!plain && strcmp(word, "--") == 0) {
			plain = true;
			continue;
		}
		if (!plain && strcmp(word, "-h") == 0) {
			options_help(stdout, false);
			return session_finish(EXIT_FINE);
		}
		if (!plain && strcmp(word, "--help") == 0) {
			options_help(stdout, true);
			return session_finish(EXIT_FINE);
		}
		if (!plain && strcmp(word, "--version") == 0)
			word = "version";
		else if (!plain && word[0] == '-' && word[1]) {
			code = parse_option(o, argv, argc, &i);
			if (code >= 0)
				return code;
			continue;
		}
		if (!*command && !o->noperands && !plain)
			for (const struct command *c = commands; c->name; c++)
				if (strcmp(word, c->name) == 0)
					*command = c;
		if (*command && strcmp((*command)->name, word) == 0 &&
		    !o->noperands)
			continue;
		if (o->noperands == OPERANDS_MAX)
			return usage("too many operands at '%s'", word, NULL);
		o->operands[o->noperands++] = word;
	}
	if (o->output && (!*command || (*command)->run != cmd_kit))
		return usage("option --output '%s' is for capture-kit; what "
			     "others print goes to standard output",
			     o->output, NULL);
	if (o->asks && (!*command || (*command)->run != cmd_exposures))
		return usage("--%s are for exposures; others take --fact",
			     "xen, --linux, --arch and --cmdline", NULL);
	if (o->facts_age && (!*command || (*command)->run != cmd_check))
		return usage("--%s is for check", "facts-age", NULL);
	if (!*command && o->noperands && !plain &&
	    guess_command(o->operands[0]) && !strpbrk(o->operands[0], "./")) {
		FILE *there = fopen(o->operands[0], "rb");

		if (!there)
			return usage("no file and no command '%s'",
				     o->operands[0],
				     guess_command(o->operands[0]));
		fclose(there);
	}
	return -1;
}

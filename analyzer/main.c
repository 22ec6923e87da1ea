/* faultline: from captured consoles to the named cause of failed DMA. */

#include <signal.h>

#include "analyzer/cmd/cmd.h"

const struct command commands[] = {
	{ "ingest", "FILE...", "read captures of one machine into a database",
		cmd_ingest, false },
	{ "report", "[NAME]", "verdicts of a database, or another report",
		cmd_report, false },
	{ "query", "SQL", "ask a database, reading only", cmd_query, false },
	{ "why", "CAUSE [FILE...]",
		"how a cause came to its grade: line, fact, role", cmd_why,
		false },
	{ "causes", "[NAME...]", "the root causes it knows", cmd_causes, false },
	{ "messages", "[NAME...]", "the messages it recognises", cmd_messages,
		false },
	{ "explain-line", "FILE:LINE|-",
		"which entry claims a line, and what came nearest",
		cmd_explain, false },
	{ "convert", "FILE...",
		"a trace in the form that all tools can read (docs/traces.md)",
		cmd_convert, false },
	{ "decode", "NAME=VALUE...",
		"what a register, a code or a record means", cmd_decode,
		false },
	{ "capture-kit", "[NAME]",
		"scripts that capture what is missing (-o DIR: as files)",
		cmd_kit, false },
	{ "exposures", "", "known faults of a release: --xen V, --linux V",
		cmd_exposures, false },
	{ "check", "", "test catalogue, causes, reports and schema", cmd_check,
		false },
	{ "version", "", "versions of the program and its parts", cmd_version,
		true },
	{ 0 }
};

int main(int argc, char **argv)
{
	struct session session = { 0 };
	const struct command *command;
	int code;

	signal(SIGPIPE, SIG_IGN);	/* told by EPIPE instead */
	signal(SIGXFSZ, SIG_IGN);	/* told by EFBIG instead */
	code = options_parse(&session.options, argc, argv, &command);
	if (code >= 0)
		return code;
	if (!session_open(&session))
		return EXIT_FATAL;
	code = command ? command->run(&session) : cmd_default(&session);
	session_close(&session);
	return session_finish(code);
}

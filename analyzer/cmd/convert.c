/* faultline convert: what traces hold, in faultline's own form. */

#include "analyzer/cmd/cmd.h"
#include "parsers/base/die.h"

/* One row a line; the data file says what they are. */
static void print_rows(struct session *s, struct store *store)
{
	struct data_file f = data_find(s->data, "schema/convert/gnttrace.sql");
	struct query *q;
	uint64_t n = 0;

	if (!f.text.p)
		die("schema/convert/gnttrace.sql is missing in the data files");
	q = query_must(store, f.text.p);
	for (; query_row(q); n++) {
		struct str line = query_text(q, 0);

		fwrite(line.p, 1, line.n, stdout);
		putchar('\n');
	}
	query_close(q);
	if (n <= 1 && !s->options.quiet)
		fputs("faultline: convert: no grant and no DMA operation was "
		      "recognised; 'faultline messages' lists what is\n",
		      stderr);
}

int cmd_convert(struct session *s)
{
	const struct options *o = &s->options;
	struct store *store;
	int code;

	if (!o->noperands) {
		fputs("faultline: convert needs a FILE with a trace, or - for "
		      "standard input\n", stderr);
		return EXIT_FATAL;
	}
	if (!session_knowledge(s))
		return EXIT_FATAL;
	store = store_private(s->data);
	store_begin(store);
	code = take_captures(s, store, o->operands, o->noperands);
	print_rows(s, store);
	store_leave(store);
	return code;
}

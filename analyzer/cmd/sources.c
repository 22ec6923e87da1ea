/* Source lines of the places in code that the captures name, after they are settled. */

#include <stdlib.h>

#include "analyzer/cmd/cmd.h"
#include "parsers/base/die.h"

/* More would be a trace of calls, and nobody reads its lines one by one. */
enum { PLACES_MOST = 10000 };

/* One image: its places are asked for all at once. */
static void take_image(struct session *s, struct store *store,
		       const char *image, const uint64_t *at, size_t n)
{
	const char *why = NULL;
	struct source_lines *lines = source_lines_open(image, at, n, &why);
	struct source_line line;

	if (lines) {
		while (source_lines_next(lines, &line))
			store_source(store, str_from(image), line.at, line.file,
				     line.line);
		why = source_lines_problem(lines);
		source_lines_close(lines);
	}
	if (why && !s->options.quiet)
		fprintf(stderr, "faultline: %s: no source lines: %s\n", image,
			why);
}

void take_source_lines(struct session *s, struct store *store)
{
	uint64_t *at;
	char *image = NULL;
	struct query *q;
	size_t n = 0;

	if (!query_any(store, "SELECT 1 FROM image_fact "
			      "WHERE what = 'debug-lines' LIMIT 1"))
		return;
	at = calloc(PLACES_MOST, sizeof(*at));
	if (!at)
		die("out of memory");
	q = query_must(store, "SELECT image, at FROM v_source_wanted");
	while (query_row(q)) {
		struct str name = query_text(q, 0);

		if (image && (n == PLACES_MOST ||
			      !str_eq(name, str_from(image)))) {
			take_image(s, store, image, at, n);
			n = 0;
			image = NULL;
		}
		if (!image)
			image = arena_cstr(s->arena, name);
		at[n++] = (uint64_t)query_int(q, 1);
	}
	query_close(q);
	if (image)
		take_image(s, store, image, at, n);
	free(at);
}

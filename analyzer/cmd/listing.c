/* Text: a console's, or a listing, whose every line is looked at first. */

#include <unistd.h>

#include "analyzer/cmd/intake.h"

/* Of a set the table "input" says it, else the user wants to know. */
static int leave_hidden(struct intake *in, const char *name,
			const struct listing *listing)
{
	intake_leave(in, name, listing->name, "its addresses are hidden");
	if (in->in_set)
		return EXIT_FINE;
	fprintf(stderr, "faultline: %s: %s, and its addresses are hidden; left "
		"out; %s\n", name, listing->name, listing->advice);
	return EXIT_PARTLY;
}

static int take_found(struct intake *in, struct source *source,
		      const char *name, const struct listing_found *found)
{
	const struct listing *listing = found->listing;
	struct arena *arena;

	if (found->as == LISTED_HIDDEN)
		return leave_hidden(in, name, listing);
	if (found->broken && found->broken->word.n) {
		arena = arena_new();
		intake_notice(in->session, name, "%s", arena_printf(arena,
			"starts like %s, but line %llu is none of it; read as "
			"a console's text", found->broken->name,
			(unsigned long long)found->line).p);
		arena_free(arena);
	}
	return intake_capture(in, source, name,
			      listing ? listing->name : "text",
			      in->session->options.as, listing);
}

/* One that does not fit into the window: it is read twice. */
static int take_long(struct intake *in, struct source *source,
		     const char *name, struct listing_found *found)
{
	size_t max_line = in->session->options.max_line;
	const char *why = NULL, *form = found->listing->name;
	int fd = source_spool(source, &why), copy = fd < 0 ? -1 : dup(fd);
	struct source *first, *second;
	int code;

	if (copy < 0) {
		if (fd >= 0)
			close(fd);
		why = why ? why : "no file can be opened";
		fprintf(stderr, "faultline: %s: %s, and it is read twice: %s; "
			"left out; give it as a file of its own\n", name, form,
			why);
		intake_leave(in, name, form, why);
		return EXIT_PARTLY;
	}
	first = source_spooled(copy, max_line);
	listing_look_through(first, in->session->catalog, found);
	source_close(first);
	second = source_spooled(fd, max_line);
	intake_marks(in, name, second);
	code = take_found(in, second, name, found);
	source_close(second);
	return code;
}

int intake_text(struct intake *in, struct source *source, const char *name,
		struct window window)
{
	struct listing_found found = { 0 };

	/* Who says how it is to be read means a console's text. */
	if (in->session->options.as == FRAME_AS_AUTO)
		listing_look(in->session->catalog,
			     (struct str){ window.p, window.n }, window.last,
			     &found);
	if (found.listing && !window.last)
		return take_long(in, source, name, &found);
	return take_found(in, source, name, &found);
}

/* lstat() */
#define _POSIX_C_SOURCE 200809L

/*
 * What the user names: a file, a compressed one, an archive, a folder.  In a
 * set each member is recognised by what it holds, not by its name.
 */

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "analyzer/cmd/intake.h"
#include "parsers/base/escape.h"

/* Archives inside archives, folders inside folders, and files of a set. */
enum { NESTED_MOST = 4, DEPTH_MOST = 32, FILES_MOST = 100000 };

void intake_leave(struct intake *in, const char *name, const char *form,
		  const char *why)
{
	unsigned i = 0;

	store_input(in->store, str_from(name), form, 0, why);
	in->left++;
	while (i < in->nreasons && strcmp(in->reasons[i].why, why) != 0)
		i++;
	if (i == REASONS_MAX)
		return;
	if (i == in->nreasons) {
		in->reasons[i].why = arena_cstr(in->session->arena,
						str_from(why));
		in->nreasons++;
	}
	in->reasons[i].n++;
}

static int take_source(struct intake *in, struct source *source,
		       const char *name, unsigned depth);

/* FILE in an advice is this one. */
static void print_advice(const char *advice, const char *name)
{
	for (const char *at; (at = strstr(advice, "FILE")); advice = at + 4)
		fprintf(stderr, "%.*s%s", (int)(at - advice), advice, name);
	fprintf(stderr, "%s\n", advice);
}

/* No console's text: in a set one of many, else the user wants to know. */
static int leave_foreign(struct intake *in, const char *name,
			 const char *format, const char *advice)
{
	intake_leave(in, name, format, "not a console's text");
	if (in->in_set)
		return EXIT_FINE;
	fprintf(stderr, "faultline: %s (byte 0): %s, not a console's text; "
		"left out; ", name, format);
	print_advice(advice, name);
	return EXIT_PARTLY;
}

static int take_member(struct intake *in, struct unpack *u,
		       const struct member *member, const char *name,
		       unsigned depth)
{
	size_t max_line = in->session->options.max_line;
	bool in_set = in->in_set;
	struct source *source;
	int code;

	if (member->left) {
		if (strcmp(member->left, "a directory") != 0)
			intake_leave(in, name, "member", member->left);
		return EXIT_FINE;
	}
	in->in_set |= !member->alone;
	source = source_feed(unpack_feed(u), max_line);
	code = take_source(in, source, name, depth + 1);
	source_close(source);
	in->in_set = in_set;
	return code;
}

static int worse(int a, int b)
{
	return a > b ? a : b;
}

static int take_packed(struct intake *in, struct source *packed,
		       const char *name, const char *format, unsigned depth)
{
	struct arena *arena = arena_new();
	const char *why = NULL;
	struct unpack *u = depth < NESTED_MOST ? unpack_open(packed, &why)
					       : NULL;
	struct member member;
	unsigned members = 0;
	int code = EXIT_FINE;

	if (!u && depth >= NESTED_MOST)
		intake_leave(in, name, format, "packed too many times");
	else if (!u)
		code = leave_foreign(in, name, arena_printf(arena, "%s (%s)",
				     format, why).p,
				     "unpack it, or zcat FILE | faultline -");
	while (u && unpack_next(u, &member)) {
		const char *path = name;

		members++;
		if (!member.alone)
			path = arena_printf(arena, "%s/%.*s", name,
				STR_FMT(escape_text(arena, member.name))).p;
		code = worse(code, take_member(in, u, &member, path, depth));
		arena_reset(arena);
	}
	if (u && unpack_problem(u)) {
		fprintf(stderr, "faultline: %s: %.*s; what was unpacked till "
			"there is used, unpacking it by hand may give more\n",
			name, STR_FMT(escape_text(arena,
			str_from(unpack_problem(u)))));
		code = EXIT_PARTLY;
	}
	if (u && !members && !unpack_problem(u))
		code = leave_foreign(in, name, format, "there is nothing in it");
	unpack_close(u);
	arena_free(arena);
	return code;
}

/* A capture inside such a file. */
static int take_part(struct intake *in, const struct part *part,
		     const char *name)
{
	struct arena *arena = arena_new();
	const char *path = arena_printf(arena, "%s/%s", name, part->name).p;
	int code = EXIT_FINE;

	if (part->feed) {
		struct source *source = source_feed(part->feed,
			in->session->options.max_line);

		intake_marks(in, path, source);
		code = intake_capture(in, source, path, part->form,
				      FRAME_AS_RING, NULL);
		source_close(source);
	} else {
		intake_leave(in, path, part->form, part->why);
		if (!in->in_set) {
			fprintf(stderr, "faultline: %s: %s: not read: %s; ",
				path, part->form, part->why);
			print_advice(part->advice, name);
			code = EXIT_PARTLY;
		}
	}
	arena_free(arena);
	return code;
}

/* What is found in a file that is no text, as lines; then what is inside. */
static int take_form(struct intake *in, struct source *raw, const char *name,
		     const struct form *form)
{
	size_t max_line = in->session->options.max_line;
	enum frame_as as = form->is_trace ? in->session->options.as
					  : FRAME_AS_FILE;
	const char *why = NULL;
	struct feed *feed = form->open(raw, &why);
	struct source *source;
	struct part part;
	int code;

	if (!feed) {
		fprintf(stderr, "faultline: %s (byte 0): %s; %s; left out\n",
			name, form->name, why);
		intake_leave(in, name, form->name, why);
		return EXIT_PARTLY;
	}
	source = source_feed(feed, max_line);
	code = intake_capture(in, source, name, form->name, as, NULL);
	source_close(source);
	while (form->inner && form->inner(feed, &part))
		code = worse(code, take_part(in, &part, name));
	form->close(feed);
	return code;
}

static int take_source(struct intake *in, struct source *source,
		       const char *name, unsigned depth)
{
	const struct form *form;
	const char *format, *advice;
	struct window window;
	struct str head;

	intake_marks(in, name, source);
	window = source_next(source, 0);
	head = (struct str){ window.p, window.n };
	format = unpack_format(head);
	if (format)
		return take_packed(in, source, name, format, depth);
	form = input_form(head);
	if (form)
		return take_form(in, source, name, form);
	format = input_foreign_format(head, &advice);
	if (format)
		return leave_foreign(in, name, format, advice);
	return intake_text(in, source, name, window);
}

static int take_file(struct intake *in, const char *path, const char *name)
{
	struct source *source = source_open(path,
					    in->session->options.max_line);
	int code = EXIT_PARTLY;

	if (source) {
		code = take_source(in, source, name, 0);
	} else {
		const char *why = strerror(errno);

		fprintf(stderr, "faultline: %s: %s; left out\n", name, why);
		intake_leave(in, name, "file", why);
	}
	source_close(source);
	return code;
}

/* ---- folders ----------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in a folder, sorted; NULL with errno set. */
static char **list_folder(const char *path, struct arena *arena, size_t *n)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	char **names = NULL;
	size_t room = 0;

	*n = 0;
	if (!folder)
		return NULL;
	heap_grow(&names, &room, 1, sizeof(*names));
	while ((entry = readdir(folder))) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		heap_grow(&names, &room, *n + 1, sizeof(*names));
		names[(*n)++] = arena_cstr(arena, str_from(entry->d_name));
	}
	closedir(folder);
	qsort(names, *n, sizeof(*names), by_name);
	return names;
}

static int take_folder(struct intake *in, const char *path, unsigned depth);

/* Links are not followed: what they lead to is elsewhere, or comes again. */
static int take_entry(struct intake *in, const char *path, unsigned depth)
{
	struct arena *arena = arena_new();
	const char *name = arena_cstr(arena, escape_text(arena, str_from(path)));
	struct stat info;
	int code = EXIT_FINE;

	if (lstat(path, &info) != 0)
		intake_leave(in, name, "file", strerror(errno));
	else if (S_ISDIR(info.st_mode))
		code = take_folder(in, path, depth + 1);
	else if (!S_ISREG(info.st_mode))
		intake_leave(in, name, "file", "no regular file");
	else if (in->taken + in->left >= FILES_MOST)
		intake_leave(in, name, "file", "more than 100000 files");
	else
		code = take_file(in, path, name);
	arena_free(arena);
	return code;
}

static int take_folder(struct intake *in, const char *path, unsigned depth)
{
	struct arena *arena = arena_new();
	char **names;
	size_t n;
	int code = EXIT_FINE;

	names = depth < DEPTH_MOST ? list_folder(path, arena, &n) : NULL;
	if (!names)
		intake_leave(in, arena_cstr(arena, escape_text(arena,
			     str_from(path))), "folder", depth < DEPTH_MOST
			     ? strerror(errno) : "too deep");
	for (size_t i = 0; names && i < n; i++)
		code = worse(code, take_entry(in, arena_printf(arena, "%s/%s",
					      path, names[i]).p, depth));
	heap_free(names);
	arena_free(arena);
	return code;
}

/* ---- all that was named ------------------------------------------------ */

/* What became of a set: one line, the rest is in the table "input". */
static void tell_set(const struct intake *in, const struct intake *before,
		     const char *name)
{
	struct arena *arena = arena_new();
	struct str why = { 0 };

	for (unsigned i = 0; i < in->nreasons; i++) {
		unsigned n = in->reasons[i].n;

		if (i < before->nreasons)
			n -= before->reasons[i].n;
		if (n)
			why = arena_printf(arena, "%.*s%s%u %s", STR_FMT(why),
					   why.n ? ", " : "; left: ", n,
					   in->reasons[i].why);
	}
	intake_notice(in->session, name, "%s", arena_printf(arena,
		"%u capture%s%.*s", in->taken - before->taken,
		in->taken - before->taken == 1 ? "" : "s", STR_FMT(why)).p);
	arena_free(arena);
}

static int take_named(struct intake *in, const char *path)
{
	/* A name may hold anything but '/' and NUL. */
	bool is_stdin = strcmp(path, "-") == 0;
	const char *name = is_stdin ? "stdin"
		: arena_cstr(in->session->arena, escape_text(
			in->session->arena, str_from(path)));
	struct intake before = *in;
	struct stat info;
	int code;

	in->in_set = !is_stdin && stat(path, &info) == 0 &&
		     S_ISDIR(info.st_mode);
	code = in->in_set ? take_folder(in, path, 0) : take_file(in, path, name);
	if (in->in_set &&
	    in->taken + in->left == before.taken + before.left) {
		fprintf(stderr, "faultline: %s: a folder; there is nothing in "
			"it\n", name);
		return EXIT_PARTLY;
	}
	if (in->in_set ||
	    in->taken + in->left > before.taken + before.left + 1)
		tell_set(in, &before, name);
	return code;
}

int take_captures(struct session *s, struct store *store,
		  const char *const *files, unsigned n)
{
	struct intake in = {
		.session = s, .store = store,
		.sink = store_sink(store, s->catalog),
	};
	int worst = EXIT_FINE;

	store_begin_call(store);
	for (unsigned i = 0; i < n; i++)
		worst = worse(worst, take_named(&in, files[i]));
	return worst;
}

/* strnlen() and its kin */
#define _GNU_SOURCE

/*
 * Source files and lines of places in an image, through libdw, in a process of
 * its own: debug information is large, and easily damaged.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "parsers/base/die.h"
#include "parsers/base/num.h"
#include "parsers/input/child.h"
#include "parsers/input/late.h"

#ifdef DW_SONAME

#include <elfutils/libdw.h>

enum { FILE_MOST = 1024, ANSWER_MOST = 16 << 20 };

#define FUNCTIONS(X) \
	X(dwarf_begin) X(dwarf_addrdie) X(dwarf_getsrc_die) X(dwarf_lineno) \
	X(dwarf_linesrc) X(dwarf_nextcu) X(dwarf_offdie) X(dwarf_haspc)

static struct {
#define MEMBER(name) __typeof__(&name) name;
	FUNCTIONS(MEMBER)
#undef MEMBER
} lib;

struct source_lines {
	struct child child;		/* first */
	const uint64_t *at;		/* in the child */
	size_t n;
	char *text;			/* all that came back */
	struct str rest;
};

static const struct late parts[] = {
#define WANTED(name) { #name, &lib.name },
	FUNCTIONS(WANTED)
#undef WANTED
};

static bool load_library(void)
{
	return LATE_LOAD(DW_SONAME, parts);
}

/* The unit that a place is in: by the index, else one after another. */
static bool find_unit(Dwarf *dwarf, Dwarf_Addr at, Dwarf_Die *unit)
{
	Dwarf_Off offset = 0, next;
	size_t head;

	if (lib.dwarf_addrdie(dwarf, at, unit))
		return true;
	for (; lib.dwarf_nextcu(dwarf, offset, &next, &head, NULL, NULL,
				NULL) == 0; offset = next)
		if (lib.dwarf_offdie(dwarf, offset + head, unit) &&
		    lib.dwarf_haspc(unit, at) > 0)
			return true;
	return false;
}

static void run(void *arg, int in, int out)
{
	const struct source_lines *s = arg;
	struct lines lines = { .n = 0 };
	Dwarf *dwarf;

	if (!load_library())
		_exit(CHILD_NOT_LOADED);
	dwarf = lib.dwarf_begin(in, DWARF_C_READ);
	if (!dwarf)
		_exit(CHILD_NOT_READ);
	for (size_t i = 0; i < s->n; i++) {
		Dwarf_Line *line;
		const char *file;
		Dwarf_Die unit;
		int number;

		if (!find_unit(dwarf, s->at[i], &unit) ||
		    !(line = lib.dwarf_getsrc_die(&unit, s->at[i])) ||
		    lib.dwarf_lineno(line, &number) != 0 || number <= 0 ||
		    !(file = lib.dwarf_linesrc(line, NULL, NULL)))
			continue;
		lines_add(&lines, "%llx %d ", (unsigned long long)s->at[i],
			  number);
		lines_text(&lines, (struct str){ file,
						 strnlen(file, FILE_MOST) });
		lines_add(&lines, "\n");
		child_flush(&lines, out);
	}
	_exit(CHILD_FINE);
}

struct source_lines *source_lines_open(const char *path, const uint64_t *at,
				       size_t n, const char **why)
{
	struct source_lines *s;
	size_t used = 0, got;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		*why = strerror(errno);
		return NULL;
	}
	s = calloc(1, sizeof(*s));
	if (!s)
		die("out of memory");
	s->at = at;
	s->n = n;
	if (!child_start(&s->child, DW_SONAME, fd, run, s, why)) {
		free(s);
		return NULL;
	}
	s->text = malloc(ANSWER_MOST);
	if (!s->text)
		die("out of memory");
	while (used < ANSWER_MOST &&
	       (got = s->child.feed.read(&s->child.feed, s->text + used,
					 ANSWER_MOST - used)))
		used += got;
	s->rest = (struct str){ s->text, used };
	return s;
}

bool source_lines_next(struct source_lines *s, struct source_line *out)
{
	struct str line = str_split(&s->rest, '\n');
	struct str at = str_split(&line, ' '), number = str_split(&line, ' ');
	int64_t n;

	if (!num_hex(at, &out->at) || !num_dec(number, &n))
		return false;
	out->line = (unsigned)n;
	out->file = line;
	return true;
}

const char *source_lines_problem(const struct source_lines *s)
{
	return s->child.feed.problem;
}

void source_lines_close(struct source_lines *s)
{
	child_end(&s->child);
	free(s->text);
	free(s);
}

const char *source_lines_library(void)
{
	return DW_SONAME;
}

#else

struct source_lines *source_lines_open(const char *path, const uint64_t *at,
				       size_t n, const char **why)
{
	(void)path;
	(void)at;
	(void)n;
	*why = "this program was built without libdw";
	return NULL;
}

bool source_lines_next(struct source_lines *s, struct source_line *out)
{
	(void)s;
	(void)out;
	return false;
}

const char *source_lines_problem(const struct source_lines *s)
{
	(void)s;
	return NULL;
}

void source_lines_close(struct source_lines *s)
{
	(void)s;
}

const char *source_lines_library(void)
{
	return "no libdw";
}

#endif

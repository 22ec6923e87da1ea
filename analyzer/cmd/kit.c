/* faultline capture-kit: scripts that capture what is missing, as files. */

#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analyzer/cmd/cmd.h"
#include "parsers/base/escape.h"
#include "parsers/base/stanza.h"

#define FOLDER "schema/kit/"

static const struct data_file *next_piece(struct session *s,
					  const struct data_file *after)
{
	return data_next(s->data, FOLDER, "", after);
}

static const struct data_file *find_piece(struct session *s, const char *name)
{
	const struct data_file *f = next_piece(s, NULL);

	while (f && !str_eq(data_stem(f), str_from(name)))
		f = next_piece(s, f);
	return f;
}

static bool is_script(const struct data_file *f)
{
	return str_ends(f->name, STR(".sh"));
}

/* "grants.sh" of "schema/kit/grants.sh" */
static struct str file_name(const struct data_file *f)
{
	return str_skip(f->name, sizeof(FOLDER) - 1);
}

/* The header: what stands behind '# ' at the top, without '#!'. */
static bool read_header(struct session *s, const struct data_file *f,
			struct stanza *header)
{
	struct stanza_reader reader;
	struct str text = f->text;

	if (str_starts(text, STR("#!")))
		str_split(&text, '\n');
	stanza_open(&reader, text, f->name.p, "# ");
	return stanza_next(&reader, s->arena, header);
}

static struct str value_of(const struct stanza *header, const char *key)
{
	for (const struct stanza_line *l = header->lines; l; l = l->next)
		if (str_eq(l->key, str_from(key)))
			return l->value;
	return (struct str){ 0 };
}

void kit_check(struct session *s)
{
	static const char *const keys[] = {
		"piece", "title", "arch", "kernels", "needs", "costs", "gives",
		"use",
	};

	for (const struct data_file *f = next_piece(s, NULL); f;
	     f = next_piece(s, f)) {
		struct place place = { .file = f->name.p };
		struct stanza header = { 0 };

		read_header(s, f, &header);
		for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
			if (!value_of(&header, keys[i]).n)
				diag_at(&s->diag, place, "", "the header of a "
					"piece lacks '%s'", keys[i]);
		if (!str_eq(value_of(&header, "piece"), data_stem(f)))
			diag_at(&s->diag, place, "", "file and piece have "
				"different names");
	}
}

static int list(struct session *s)
{
	puts("What captures the evidence that a verdict lacked, to be run "
	     "where the drivers are\n(dom0, or a plain Linux):\n");
	for (const struct data_file *f = next_piece(s, NULL); f;
	     f = next_piece(s, f)) {
		struct stanza header = { 0 };

		read_header(s, f, &header);
		printf("  %-17.*s %.*s\n", STR_FMT(data_stem(f)),
		       STR_FMT(value_of(&header, "title")));
	}
	puts("\nThe top of each says what it needs, what it costs and how it "
	     "is used.\n\n"
	     "  faultline capture-kit grants           print it\n"
	     "  faultline capture-kit grants | ssh dom0 sh -s start\n"
	     "  faultline capture-kit -o DIR           write all of them into "
	     "a folder");
	return EXIT_FINE;
}

static const char *shown(struct session *s, const char *path)
{
	return arena_cstr(s->arena, escape_text(s->arena, str_from(path)));
}

static bool write_all(int fd, struct str text)
{
	while (text.n) {
		ssize_t n = write(fd, text.p, text.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		text = str_skip(text, (size_t)n);
	}
	return true;
}

/* A new file, or none: what is there already is left alone. */
static bool write_piece(struct session *s, const struct data_file *f,
			const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
		      is_script(f) ? 0777 : 0666);
	bool fine = fd >= 0 && write_all(fd, f->text);
	int error = errno;

	if (fd >= 0 && close(fd) != 0 && fine) {
		error = errno;
		fine = false;
	}
	if (fine)
		return true;
	if (fd >= 0)
		unlink(path);
	fprintf(stderr, "faultline: %s: %s%s\n", shown(s, path),
		strerror(error), error == EEXIST
		? "; nothing is overwritten: take it away, or name another "
		  "folder" : "");
	return false;
}

/* All pieces, or those that were named: every one of them, or none. */
static int write_kit(struct session *s, const struct data_file **pieces,
		     unsigned n)
{
	const char *dir = s->options.output;
	const char **paths = ARENA_ARRAY(s->arena, const char *, n);
	bool made = mkdir(dir, 0777) == 0;
	unsigned done = 0;

	if (!made && errno != EEXIST) {
		fprintf(stderr, "faultline: %s: %s; the folder cannot be "
			"made\n", shown(s, dir), strerror(errno));
		return EXIT_FATAL;
	}
	for (; done < n; done++) {
		paths[done] = arena_printf(s->arena, "%s/%.*s", dir,
			STR_FMT(file_name(pieces[done]))).p;
		if (!write_piece(s, pieces[done], paths[done]))
			break;
	}
	if (done < n) {
		while (done)
			unlink(paths[--done]);
		if (made)
			rmdir(dir);
		fprintf(stderr, "faultline: capture-kit: nothing was written "
			"into %s\n", shown(s, dir));
		return EXIT_FATAL;
	}
	for (unsigned i = 0; i < n; i++)
		puts(shown(s, paths[i]));
	return EXIT_FINE;
}

int cmd_kit(struct session *s)
{
	const struct options *o = &s->options;
	const struct data_file **pieces;
	unsigned n = 0;

	if (!next_piece(s, NULL)) {
		fprintf(stderr, "faultline: %s: no " FOLDER " there\n",
			o->data ? shown(s, o->data) : "the program");
		return EXIT_FATAL;
	}
	if (!o->noperands && !o->output)
		return list(s);
	for (const struct data_file *f = next_piece(s, NULL); f;
	     f = next_piece(s, f))
		n++;
	pieces = ARENA_ARRAY(s->arena, const struct data_file *,
			     n + o->noperands + 1);
	n = 0;
	for (unsigned i = 0; i < o->noperands; i++) {
		const struct data_file *f = find_piece(s, o->operands[i]);
		unsigned k = 0;

		if (!f) {
			fprintf(stderr, "faultline: no piece '%s'; 'faultline "
				"capture-kit' lists them\n",
				shown(s, o->operands[i]));
			return EXIT_FATAL;
		}
		while (k < n && pieces[k] != f)
			k++;
		pieces[k] = f;
		n += k == n;
	}
	for (const struct data_file *f = o->noperands ? NULL
		     : next_piece(s, NULL); f; f = next_piece(s, f))
		pieces[n++] = f;
	if (o->output)
		return write_kit(s, pieces, n);
	if (n > 1) {
		fputs("faultline: capture-kit prints one piece; -o DIR writes "
		      "several\n", stderr);
		return EXIT_FATAL;
	}
	fwrite(pieces[0]->text.p, 1, pieces[0]->text.n, stdout);
	return EXIT_FINE;
}

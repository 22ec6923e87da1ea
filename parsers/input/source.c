#define _GNU_SOURCE
/* Files, pipes and memory as a window that slides over them. */

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "parsers/base/die.h"
#include "parsers/input/digest.h"
#include "parsers/input/input.h"

struct source {
	int fd;			/* -1: memory, or a feed */
	struct str memory;	/* what is left of it */
	struct feed *feed;	/* NULL: fd or memory */
	char *buffer;
	size_t size, used;
	uint64_t offset;	/* of buffer[0] */
	uint64_t bytes;
	bool at_end;
	const char *problem;
	struct digest *digest;
};

static struct source *source_new(int fd, size_t max_line)
{
	struct source *s = calloc(1, sizeof(*s));

	if (!s)
		die("out of memory");
	s->fd = fd;
	/* Always room for what may be looked at, and a longest line. */
	s->size = INPUT_WINDOW + 2 * max_line;
	s->buffer = malloc(s->size);
	s->digest = digest_new();
	if (!s->buffer)
		die("out of memory (%zu bytes wanted)", s->size);
	return s;
}

struct source *source_open(const char *path, size_t max_line)
{
	struct stat info;
	int fd;

	if (strcmp(path, "-") == 0)
		return source_new(STDIN_FILENO, max_line);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
		close(fd);
		errno = EISDIR;
		return NULL;
	}
	return source_new(fd, max_line);
}

struct source *source_memory(struct str bytes, size_t max_line)
{
	struct source *s = source_new(-1, max_line);

	s->memory = bytes;
	return s;
}

struct source *source_feed(struct feed *feed, size_t max_line)
{
	struct source *s = source_new(-1, max_line);

	s->feed = feed;
	return s;
}

struct source *source_spooled(int fd, size_t max_line)
{
	struct source *s = source_new(fd, max_line);

	if (lseek(fd, 0, SEEK_SET) != 0)
		s->problem = strerror(errno);
	return s;
}

void source_close(struct source *s)
{
	if (!s)
		return;
	if (s->fd > STDIN_FILENO)
		close(s->fd);
	digest_free(s->digest);
	free(s->buffer);
	free(s);
}

int source_file(const struct source *s)
{
	struct stat info;

	/* Standard input may have been read before. */
	if (s->fd < 0 || s->fd == STDIN_FILENO || fstat(s->fd, &info) != 0)
		return -1;
	return S_ISREG(info.st_mode) ? s->fd : -1;
}

static size_t read_some(struct source *s, char *at, size_t room)
{
	ssize_t n;

	if (s->feed) {
		size_t got = s->feed->read(s->feed, at, room);

		if (!got)
			s->problem = s->feed->problem;
		return got;
	}
	if (s->fd < 0) {
		struct str part = str_head(s->memory, room);

		if (part.n)
			memcpy(at, part.p, part.n);
		s->memory = str_skip(s->memory, part.n);
		return part.n;
	}
	do
		n = read(s->fd, at, room);
	while (n < 0 && errno == EINTR);
	if (n < 0) {
		s->problem = strerror(errno);
		return 0;
	}
	return (size_t)n;
}

struct window source_next(struct source *s, size_t drop)
{
	if (drop > s->used)
		drop = s->used;
	if (drop) {
		memmove(s->buffer, s->buffer + drop, s->used - drop);
		s->used -= drop;
		s->offset += drop;
	}
	while (!s->at_end && s->used < s->size) {
		size_t n = read_some(s, s->buffer + s->used,
				     s->size - s->used);

		if (n == 0) {
			s->at_end = true;
			break;
		}
		digest_add(s->digest, s->buffer + s->used, n);
		s->used += n;
		s->bytes += n;
	}
	return (struct window){
		.p = s->buffer, .n = s->used, .offset = s->offset,
		.last = s->at_end,
	};
}

const char *source_problem(const struct source *s)
{
	return s->problem;
}

uint64_t source_bytes(const struct source *s)
{
	return s->bytes;
}

void source_digest(const struct source *s, char *hex)
{
	digest_hex(s->digest, hex);
}

void source_mark(struct source *s, uint64_t bytes)
{
	digest_mark(s->digest, bytes);
}

bool source_mark_digest(const struct source *s, uint64_t bytes, char *hex)
{
	return digest_mark_hex(s->digest, bytes, hex);
}

const char *input_foreign_format(struct str head, const char **advice)
{
	static const struct { struct str magic; const char *name, *advice; }
	known[] = {
		{ STR("SQLite format 3"), "an SQLite database",
			"one of faultline's is given alone, or with report -d" },
		{ STR("LPKSHHRH"), "a systemd journal",
			"journalctl --file FILE -o short-monotonic | faultline -" },
		{ STR("KDUMP   "), "a compressed core of kdump",
			"makedumpfile --dump-dmesg FILE dmesg.txt; then "
			"faultline dmesg.txt" },
		{ STR("makedumpfile\0\0\0\0"), "a core as makedumpfile -F "
			"writes it", "makedumpfile -R vmcore <FILE; then "
			"faultline vmcore" },
	};
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		if (!str_starts(head, known[i].magic))
			continue;
		*advice = known[i].advice;
		return known[i].name;
	}
	if (!clean_is_binary(str_head(head, 4096)))
		return NULL;
	*advice = "give the text that the console printed";
	return "a binary file";
}

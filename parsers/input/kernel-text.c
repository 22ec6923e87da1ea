/* memmem(), pread() */
#define _GNU_SOURCE

/*
 * The banner that a kernel prints first (init/version.c linux_banner), and the
 * configuration it was built with, where it carries that (kernel/configs.c).
 */

#include <stdlib.h>
#include <unistd.h>

#include "parsers/base/die.h"
#include "parsers/input/kernel.h"

enum { PIECE = 1 << 20, BANNER_MOST = 1024, BANNERS_MOST = 8, PACKED_MOST = 2 << 20,
       CONFIG_MOST = 4 << 20, LINE_MOST = 1024 };

static const char banner_start[] = "Linux version ";
static const char config_start[] = "IKCFG_ST\x1f\x8b";
static const char config_end[] = "IKCFG_ED";

/* All that is there, up to room. */
static size_t read_at(int fd, char *at, size_t room, uint64_t offset)
{
	size_t n = 0;

	while (n < room) {
		ssize_t got = pread(fd, at + n, room - n, (off_t)(offset + n));

		if (got <= 0)
			break;
		n += (size_t)got;
	}
	return n;
}

/* One that comes after the last; behind: where it ends. */
static bool find_banner(struct lines *lines, struct str s, size_t *behind)
{
	const size_t n = sizeof(banner_start) - 1;
	struct str rest = str_skip(s, *behind);

	for (;;) {
		const char *at = memmem(rest.p, rest.n, banner_start, n);
		size_t length;

		if (!at)
			return false;
		rest = str_skip(rest, (size_t)(at - rest.p) + n);
		*behind = (size_t)(rest.p - s.p);
		if (!rest.n || rest.p[0] < '0' || rest.p[0] > '9')
			continue;
		length = strnlen(rest.p, rest.n < BANNER_MOST ? rest.n
							      : BANNER_MOST);
		at = memchr(rest.p, '\n', length);
		if (!at)
			continue;
		lines_add(lines, "kernel banner %s", banner_start);
		lines_text(lines, str_head(rest, (size_t)(at - rest.p)));
		lines_add(lines, "\n");
		return true;
	}
}

/* A kernel has more than one: the last link gives one of them its number. */
static void find_banners(struct kernel_texts *t, struct lines *lines,
			 struct str s, uint64_t offset)
{
	size_t behind = t->behind > offset ? (size_t)(t->behind - offset) : 0;

	while (t->banners < BANNERS_MOST && find_banner(lines, s, &behind)) {
		t->banners++;
		t->behind = offset + behind;
	}
}

static bool in_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_';
}

/* How long the name of an option is, 0 for none. */
static size_t option_length(struct str s)
{
	size_t n = 0;

	while (n < s.n && in_name(s.p[n]))
		n++;
	return n;
}

/* As scripts/kconfig/confdata.c conf_write() writes one. */
static bool is_option(struct str line)
{
	const struct str set = STR("CONFIG_"), unset = STR("# CONFIG_");
	struct str rest;
	size_t n;

	if (line.n > LINE_MOST)
		return false;
	if (str_starts(line, set)) {
		rest = str_skip(line, set.n);
		n = option_length(rest);
		return n && n < rest.n && rest.p[n] == '=';
	}
	if (!str_starts(line, unset))
		return false;
	rest = str_skip(line, unset.n);
	n = option_length(rest);
	return n && str_eq(str_skip(rest, n), STR(" is not set"));
}

/* Its options; remarks are left out, and what is neither is counted. */
static void tell_config(struct lines *lines, struct str text)
{
	unsigned odd = 0;

	while (text.n) {
		struct str line = str_trim(str_split(&text, '\n'));

		if (is_option(line)) {
			lines_add(lines, "config:");
			lines_text(lines, line);
			lines_add(lines, "\n");
		} else {
			odd += line.n && (line.p[0] != '#' ||
				str_starts(line, STR("# CONFIG_")));
		}
	}
	if (odd)
		lines_add(lines, "kernel left lines of its configuration that are"
			  " no options: %u\n", odd);
}

static void unpack_config(struct lines *lines, struct str packed)
{
	struct source *source = source_memory(packed, LINE_MOST);
	const char *why = NULL;
	struct unpack *u = unpack_open(source, &why);
	struct member member;

	if (u && unpack_next(u, &member) && !member.left) {
		char *text = malloc(CONFIG_MOST);
		size_t n = 0, got;

		if (!text)
			die("out of memory");
		while (n < CONFIG_MOST &&
		       (got = unpack_feed(u)->read(unpack_feed(u), text + n,
						   CONFIG_MOST - n)))
			n += got;
		tell_config(lines, (struct str){ text, n });
		free(text);
	} else {
		lines_add(lines, "kernel left its configuration: %s\n",
			  why ? why : "it cannot be unpacked");
	}
	unpack_close(u);
	source_close(source);
}

static bool find_config(struct lines *lines, int fd, struct str s,
			uint64_t offset)
{
	const char *at = memmem(s.p, s.n, config_start,
				sizeof(config_start) - 1);
	const char *end;
	char *packed;
	size_t n;

	if (!at)
		return false;
	packed = malloc(PACKED_MOST);
	if (!packed)
		die("out of memory");
	n = read_at(fd, packed, PACKED_MOST,
		    offset + (uint64_t)(at - s.p) + 8);
	end = memmem(packed, n, config_end, sizeof(config_end) - 1);
	if (end)
		unpack_config(lines, (struct str){ packed,
						   (size_t)(end - packed) });
	free(packed);
	return end != NULL;
}

void kernel_texts(struct kernel_texts *t, struct lines *lines, int fd,
		  uint64_t offset, uint64_t size)
{
	char *piece = malloc(PIECE);

	if (!piece)
		die("out of memory");
	/* Pieces overlap by what one text may be long. */
	t->behind = 0;
	while (size) {
		size_t want = size < PIECE ? (size_t)size : PIECE;
		size_t n = read_at(fd, piece, want, offset);
		struct str s = { piece, n };

		find_banners(t, lines, s, offset);
		if (!t->config)
			t->config = find_config(lines, fd, s, offset);
		if (n < PIECE)
			break;
		offset += n - BANNER_MOST;
		size -= n - BANNER_MOST;
	}
	free(piece);
}

/* strnlen() */
#define _POSIX_C_SOURCE 200809L

/*
 * Compressed files and archives, through libarchive.  The library is loaded
 * when the first such input comes: a plain log does not wait for it.
 */

#include <stdlib.h>

#include "parsers/base/die.h"
#include "parsers/input/input.h"
#include "parsers/input/late.h"

/* gzip, xz, zstd, bzip2, zip; a tar says so behind its first name. */
const char *unpack_format(struct str head)
{
	static const struct { struct str magic; const char *name; } known[] = {
		{ STR("\x1f\x8b"), "gzip data" },
		{ STR("\xfd" "7zXZ"), "xz data" },
		{ STR("\x28\xb5\x2f\xfd"), "zstd data" },
		{ STR("BZh"), "bzip2 data" },
		{ STR("PK\x03\x04"), "a zip archive" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (str_starts(head, known[i].magic))
			return known[i].name;
	if (head.n > 263 && memcmp(head.p + 257, "ustar", 5) == 0)
		return "a tar archive";
	return NULL;
}

#ifdef ARCHIVE_SONAME

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>

/* More than a thousandfold is no log; below 256 MiB it does no harm. */
enum { SWELL_MOST = 1000, MEMBERS_MOST = 100000 };
static const uint64_t SWELL_FREE = (uint64_t)256 << 20;

#define FUNCTIONS(X) \
	X(read_new) X(read_free) X(read_open) X(read_next_header) \
	X(read_data_block) X(error_string) X(filter_bytes) X(format) \
	X(read_support_filter_gzip) X(read_support_filter_xz) \
	X(read_support_filter_zstd) X(read_support_filter_bzip2) \
	X(read_support_format_tar) X(read_support_format_zip_streamable) \
	X(read_support_format_raw) X(entry_pathname) X(entry_filetype) \
	X(entry_is_data_encrypted)

/* The library's own types, asked for by name. */
static struct {
#define MEMBER(name) __typeof__(&archive_##name) name;
	FUNCTIONS(MEMBER)
#undef MEMBER
} lib;

struct unpack {
	struct feed feed;		/* first */
	struct source *packed;
	size_t given;			/* bytes of the window that are used */
	struct str block;		/* of the member, what is left of it */
	struct archive *archive;
	uint64_t out;			/* bytes unpacked so far */
	unsigned members;
	char problem[200];
};

static const struct late parts[] = {
#define WANTED(name) { "archive_" #name, &lib.name },
	FUNCTIONS(WANTED)
#undef WANTED
};

static bool load_library(void)
{
	return LATE_LOAD(ARCHIVE_SONAME, parts);
}

/* libarchive asks for packed bytes. */
static ssize_t give(struct archive *archive, void *arg, const void **bytes)
{
	struct unpack *u = arg;
	struct window window = source_next(u->packed, u->given);

	(void)archive;
	u->given = window.n;
	*bytes = window.p;
	return (ssize_t)window.n;
}

static void keep_problem(struct unpack *u, const char *what)
{
	size_t n = strnlen(what, sizeof(u->problem) - 1);

	if (u->problem[0])
		return;
	memcpy(u->problem, what, n);
	u->problem[n] = 0;
	u->feed.problem = u->problem;
}

static void keep_error(struct unpack *u)
{
	const char *said = lib.error_string(u->archive);

	keep_problem(u, said && said[0] ? said : "cannot be unpacked");
}

static bool has_swollen(const struct unpack *u)
{
	/* -1 counts what comes in, before all filters. */
	int64_t in = lib.filter_bytes(u->archive, -1);

	return u->out > SWELL_FREE && in >= 0 &&
	       u->out / SWELL_MOST > (uint64_t)in;
}

/* Block by block: what came before a failure is not lost with it. */
static bool next_block(struct unpack *u)
{
	const void *p;
	size_t n;
	la_int64_t offset;
	int result;

	if (has_swollen(u)) {
		keep_problem(u, "unpacks to more than a thousandfold; stopped "
			     "there: unpack it yourself if it is meant so");
		return false;
	}
	do
		result = lib.read_data_block(u->archive, &p, &n, &offset);
	while (result == ARCHIVE_RETRY);
	if (result == ARCHIVE_EOF)
		return false;
	if (result < ARCHIVE_WARN) {
		keep_error(u);
		return false;
	}
	u->block = (struct str){ p, n };
	u->out += n;
	return true;
}

static size_t read_member(struct feed *feed, char *at, size_t room)
{
	struct unpack *u = (struct unpack *)feed;
	struct str part;

	while (!u->block.n)
		if (u->problem[0] || !next_block(u))
			return 0;
	part = str_head(u->block, room);
	memcpy(at, part.p, part.n);
	u->block = str_skip(u->block, part.n);
	return part.n;
}

/* Filters that would run another program are not wanted. */
static bool support_all(struct archive *a)
{
	return lib.read_support_filter_gzip(a) == ARCHIVE_OK &&
	       lib.read_support_filter_xz(a) == ARCHIVE_OK &&
	       lib.read_support_filter_zstd(a) == ARCHIVE_OK &&
	       lib.read_support_filter_bzip2(a) == ARCHIVE_OK &&
	       lib.read_support_format_tar(a) == ARCHIVE_OK &&
	       lib.read_support_format_zip_streamable(a) == ARCHIVE_OK &&
	       lib.read_support_format_raw(a) == ARCHIVE_OK;
}

struct unpack *unpack_open(struct source *packed, const char **why)
{
	struct unpack *u;

	if (!load_library()) {
		*why = ARCHIVE_SONAME " cannot be loaded";
		return NULL;
	}
	u = calloc(1, sizeof(*u));
	if (!u)
		die("out of memory");
	u->feed.read = read_member;
	u->packed = packed;
	u->archive = lib.read_new();
	if (!u->archive)
		die("out of memory");
	if (!support_all(u->archive)) {
		unpack_close(u);
		*why = ARCHIVE_SONAME " lacks a format";
		return NULL;
	}
	if (lib.read_open(u->archive, u, NULL, give, NULL) != ARCHIVE_OK)
		keep_error(u);
	return u;
}

void unpack_close(struct unpack *u)
{
	if (!u)
		return;
	lib.read_free(u->archive);
	free(u);
}

bool unpack_next(struct unpack *u, struct member *member)
{
	struct archive_entry *entry;
	int result;

	if (u->problem[0])
		return false;
	if (u->members++ == MEMBERS_MOST) {
		keep_problem(u, "more than 100000 members; the rest is left");
		return false;
	}
	do
		result = lib.read_next_header(u->archive, &entry);
	while (result == ARCHIVE_RETRY);
	if (result == ARCHIVE_EOF)
		return false;
	if (result < ARCHIVE_WARN) {
		keep_error(u);
		return false;
	}
	u->block = (struct str){ 0 };
	*member = (struct member){
		.name = str_from(lib.entry_pathname(entry)
				 ? lib.entry_pathname(entry) : "?"),
		.alone = lib.format(u->archive) == ARCHIVE_FORMAT_RAW,
	};
	if (lib.entry_is_data_encrypted(entry))
		member->left = "encrypted";
	else if (!member->alone && lib.entry_filetype(entry) != AE_IFREG)
		member->left = lib.entry_filetype(entry) == AE_IFDIR
			     ? "a directory" : "no regular file";
	return true;
}

struct feed *unpack_feed(struct unpack *u)
{
	return &u->feed;
}

const char *unpack_problem(const struct unpack *u)
{
	return u->problem[0] ? u->problem : NULL;
}

const char *unpack_library(void)
{
	return ARCHIVE_SONAME;
}

#else

const char *unpack_library(void)
{
	return "no libarchive";
}

struct unpack *unpack_open(struct source *packed, const char **why)
{
	(void)packed;
	*why = "this program was built without libarchive";
	return NULL;
}

void unpack_close(struct unpack *u)
{
	(void)u;
}

bool unpack_next(struct unpack *u, struct member *member)
{
	(void)u;
	(void)member;
	return false;
}

struct feed *unpack_feed(struct unpack *u)
{
	(void)u;
	return NULL;
}

const char *unpack_problem(const struct unpack *u)
{
	(void)u;
	return NULL;
}

#endif

/*
 * A flattened device tree, through libfdt.  The library is loaded when the
 * first tree comes: a plain log does not wait for it.
 */

#include "parsers/input/late.h"
#include "parsers/input/tree.h"

#ifdef FDT_SONAME

#include <libfdt.h>

/* No name of a property has 31 bytes more than this; a tool would stop it. */
enum { NAME_MOST = 1024, OLDEST = 16 };

#define FUNCTIONS(X) \
	X(check_full) X(strerror) X(next_node) X(get_name) \
	X(first_property_offset) X(next_property_offset) \
	X(getprop_by_offset) X(get_mem_rsv) X(num_mem_rsv)

/* The library's own types, asked for by name. */
static struct {
#define MEMBER(name) __typeof__(&fdt_##name) name;
	FUNCTIONS(MEMBER)
#undef MEMBER
} lib;

static const struct late parts[] = {
#define WANTED(name) { "fdt_" #name, &lib.name },
	FUNCTIONS(WANTED)
#undef WANTED
};

static bool load_library(void)
{
	return LATE_LOAD(FDT_SONAME, parts);
}

const char *blob_library(void)
{
	return load_library() ? NULL : FDT_SONAME " cannot be loaded";
}

/* Where the names of properties stand, as far as that is in the blob. */
static struct str strings_of(struct str blob)
{
	return str_head(str_skip(blob, fdt_off_dt_strings(blob.p)),
			fdt_size_dt_strings(blob.p));
}

/*
 * libfdt measures a name each time it meets one: without this, names that
 * share one long tail cost the square of the file.
 */
static bool has_long_names(struct str strings)
{
	while (strings.n > NAME_MOST) {
		const char *end = memchr(strings.p, 0, strings.n);

		if (!end || end - strings.p > NAME_MOST)
			return true;
		strings = str_skip(strings, (size_t)(end - strings.p) + 1);
	}
	return false;
}

int blob_reserves(struct str blob)
{
	return lib.num_mem_rsv(blob.p);
}

const char *blob_check(struct str blob)
{
	int result;

	if (blob.n < sizeof(struct fdt_header))
		return "it ends inside its header";
	if (fdt_version(blob.p) < OLDEST)
		return "older than version 16; dtc -O dtb makes a new one of it";
	if (has_long_names(strings_of(blob)))
		return "a name of a property has more than 1024 bytes";
	result = lib.check_full(blob.p, blob.n);
	if (result)
		return lib.strerror(result);
	return blob_reserves(blob) < 0 ? "its memory reservations have no end"
				       : NULL;
}

int blob_next(struct str blob, int at, int *depth)
{
	return lib.next_node(blob.p, at, depth);
}

struct str blob_name(struct str blob, int at)
{
	int n;
	const char *name = lib.get_name(blob.p, at, &n);

	return name ? (struct str){ name, (size_t)n } : STR("");
}

int blob_first_prop(struct str blob, int node)
{
	return lib.first_property_offset(blob.p, node);
}

int blob_next_prop(struct str blob, int prop)
{
	return lib.next_property_offset(blob.p, prop);
}

struct prop blob_prop(struct str blob, int prop)
{
	const char *name = NULL;
	int n = 0;
	const void *value = lib.getprop_by_offset(blob.p, prop, &name, &n);

	if (!value || n < 0)
		return (struct prop){ STR(""), STR("") };
	return (struct prop){ str_from(name), { value, (size_t)n } };
}

bool blob_reserve(struct str blob, int n, uint64_t *start, uint64_t *size)
{
	return lib.get_mem_rsv(blob.p, n, start, size) == 0;
}

const char *tree_library(void)
{
	return FDT_SONAME;
}

#else

const char *tree_library(void)
{
	return "no libfdt";
}

const char *blob_library(void)
{
	return "this program was built without libfdt";
}

const char *blob_check(struct str blob)
{
	(void)blob;
	return blob_library();
}

int blob_next(struct str blob, int at, int *depth)
{
	(void)blob;
	(void)at;
	(void)depth;
	return -1;
}

struct str blob_name(struct str blob, int at)
{
	(void)blob;
	(void)at;
	return STR("");
}

int blob_first_prop(struct str blob, int node)
{
	(void)blob;
	(void)node;
	return -1;
}

int blob_next_prop(struct str blob, int prop)
{
	(void)blob;
	(void)prop;
	return -1;
}

struct prop blob_prop(struct str blob, int prop)
{
	(void)blob;
	(void)prop;
	return (struct prop){ STR(""), STR("") };
}

int blob_reserves(struct str blob)
{
	(void)blob;
	return 0;
}

bool blob_reserve(struct str blob, int n, uint64_t *start, uint64_t *size)
{
	(void)blob;
	(void)n;
	(void)start;
	(void)size;
	return false;
}

#endif

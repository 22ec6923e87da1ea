/*
 * What a device tree states, one statement a line: memory, IOMMUs, devices,
 * the stream IDs that the tree gives them, and what it has for Xen.  Names and
 * values are the tree's; what they mean is the catalogue's business.
 *
 *   dtb SUBJECT [PATH] [NAME=VALUE ...]
 */

#include <stdio.h>
#include <stdlib.h>

#include "parsers/base/die.h"
#include "parsers/input/treelines.h"

/* A value is cut here. */
enum { VALUE_MOST = 4096, STRINGS_MOST = 512 };

bool tree_is(struct str head)
{
	return str_starts(head, STR("\xd0\x0d\xfe\xed"));
}

/* ---- parts of a line ----------------------------------------------------- */

void tree_add_path(struct treelines *d, const char *before, size_t node)
{
	lines_add(&d->lines, "%s", before);
	lines_word(&d->lines, tree_path(&d->tree, node, d->path));
}

void tree_add_bus(struct treelines *d, size_t node)
{
	lines_add(&d->lines, " bus=");
	lines_word(&d->lines, tree_bus_name(&d->tree, node, d->bus));
}

/* A list of strings, blanks between them. */
static void add_strings(struct treelines *d, const char *name, struct str list)
{
	list = str_head(list, STRINGS_MOST);
	lines_add(&d->lines, " %s=", name);
	if (!list.n)
		lines_add(&d->lines, "-");
	for (bool first = true; list.n; first = false) {
		struct str one = str_split(&list, '\0');

		if (!first)
			lines_add(&d->lines, " ");
		lines_word(&d->lines, one);
	}
}

static void add_range(struct treelines *d, uint64_t start, uint64_t size)
{
	lines_add(&d->lines, " start=0x%llx end=0x%llx",
		  (unsigned long long)start,
		  (unsigned long long)(start + size - 1));
}

void tree_add_problem(struct treelines *d, size_t node, const char *what)
{
	tree_add_path(d, "dtb problem ", node);
	lines_add(&d->lines, ": %s\n", what);
}

static struct str text_of(struct str value)
{
	ptrdiff_t end = str_find_byte(value, '\0');

	value = str_head(value, VALUE_MOST);
	return end >= 0 ? str_head(value, (size_t)end) : value;
}

static void add_status(struct treelines *d, size_t node)
{
	struct str status = text_of(tree_prop(&d->tree, node, "status"));

	lines_add(&d->lines, " status=");
	lines_word(&d->lines, status.n ? status : STR("okay"));
}

/* ---- memory -------------------------------------------------------------- */

/* Each entry of reg, as the bus above counts; named so, with this behind. */
static void tell_ranges(struct treelines *d, const char *what, size_t node,
			const char *how)
{
	const struct node *bus = &d->tree.nodes[d->tree.nodes[node].parent];
	struct str reg = d->tree.nodes[node].reg;
	uint64_t start, size;

	if (!bus->addr_cells || bus->addr_cells > 2 || !bus->size_cells ||
	    bus->size_cells > 2) {
		if (reg.n)
			tree_add_problem(d, node, "reg cannot be read: the cells "
				    "of its bus are neither one nor two");
		return;
	}
	while (tree_number(&reg, bus->addr_cells, &start) &&
	       tree_number(&reg, bus->size_cells, &size)) {
		if (!size)
			continue;
		if (start + (size - 1) < start) {
			tree_add_problem(d, node, "a range of reg goes beyond the "
				    "last address");
			return;
		}
		tree_add_path(d, what, node);
		add_range(d, start, size);
		if (how)
			lines_add(&d->lines, " how=%s", how);
		add_strings(d, "compatible",
			    tree_prop(&d->tree, node, "compatible"));
		lines_add(&d->lines, "\n");
	}
	if (reg.n)
		tree_add_problem(d, node, "reg ends inside an entry");
}

static void tell_reserved(struct treelines *d, size_t node)
{
	bool no_map = tree_prop(&d->tree, node, "no-map").p;
	bool reusable = tree_prop(&d->tree, node, "reusable").p;
	struct str size = tree_prop(&d->tree, node, "size");
	uint64_t bytes;

	if (d->tree.nodes[node].reg.p || !size.p) {
		tell_ranges(d, "dtb reserved ", node, no_map ? "no-map"
			    : reusable ? "reusable" : "map");
	} else if (tree_number(&size, (unsigned)(size.n / 4), &bytes)) {
		tree_add_path(d, "dtb dynamic ", node);
		lines_add(&d->lines, " size=0x%llx", (unsigned long long)bytes);
		add_strings(d, "compatible",
			    tree_prop(&d->tree, node, "compatible"));
		lines_add(&d->lines, "\n");
	}
}

/* ---- nodes --------------------------------------------------------------- */

static void tell_chosen(struct treelines *d, size_t node)
{
	static const char *const wanted[] = {
		"bootargs", "xen,xen-bootargs", "xen,dom0-bootargs",
		"stdout-path",
	};

	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
		struct str value = tree_prop(&d->tree, node, wanted[i]);

		if (!text_of(value).n)
			continue;
		lines_add(&d->lines, "dtb chosen %s=", wanted[i]);
		lines_text(&d->lines, text_of(value));
		lines_add(&d->lines, "\n");
	}
}

/* Which of these properties a node has: a+b, or -. */
static void add_marks(struct treelines *d, size_t node)
{
	static const char *const marks[] = {
		"iommus", "iommu-map", "dma-coherent", "dma-noncoherent",
		"dma-ranges", "xen,passthrough", "xen,reg",
		"xen,force-assign-without-iommu",
	};
	const char *between = "";

	lines_add(&d->lines, " has=");
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		if (!tree_prop(&d->tree, node, marks[i]).p)
			continue;
		lines_add(&d->lines, "%s%s", between, marks[i]);
		between = "+";
	}
	if (tree_moves_dma(&d->tree, node)) {
		lines_add(&d->lines, "%sdma-moved", between);
		between = "+";
	}
	if (!between[0])
		lines_add(&d->lines, "-");
}

static void tell_device(struct treelines *d, size_t node, const char *what,
			struct str compatible)
{
	const struct node *n = &d->tree.nodes[node];
	uint64_t base;

	tree_add_path(d, what, node);
	tree_add_bus(d, node);
	if (tree_base(&d->tree, node, &base))
		lines_add(&d->lines, " base=0x%llx", (unsigned long long)base);
	if (n->is_iommu && n->iommu_cells != CELLS_NONE)
		lines_add(&d->lines, " cells=%u", n->iommu_cells);
	add_status(d, node);
	add_marks(d, node);
	add_strings(d, "compatible", compatible);
	lines_add(&d->lines, "\n");
}

/* A node below /chosen: what the boot loader put into memory, or a domain. */
static void tell_for_xen(struct treelines *d, size_t node, struct str compatible)
{
	if (tree_has_string(compatible, STR("xen,domain"), true)) {
		tree_add_path(d, "dtb domain ", node);
		add_strings(d, "compatible", compatible);
		lines_add(&d->lines, "\n");
	} else if (compatible.n) {
		tell_ranges(d, "dtb module ", node, NULL);
	}
}

/* The name of the node that is the first below the root on the way here. */
static struct str top_name(const struct tree *t, size_t node)
{
	while (t->nodes[node].depth > 1)
		node = t->nodes[node].parent;
	return tree_name(t, node);
}

static bool is_memory(const struct tree *t, size_t node)
{
	struct str name = tree_name(t, node);
	struct str type = text_of(tree_prop(t, node, "device_type"));

	return t->nodes[node].depth == 1 &&
	       (str_eq(name, STR("memory")) ||
		str_starts(name, STR("memory@"))) &&
	       (!type.n || str_eq(type, STR("memory")));
}

static void tell_node(struct treelines *d, size_t node)
{
	const struct tree *t = &d->tree;
	struct str compatible = tree_prop(t, node, "compatible");
	struct str top = top_name(t, node);

	if (is_memory(t, node)) {
		tell_ranges(d, "dtb memory ", node, NULL);
		return;
	}
	if (str_eq(top, STR("chosen"))) {
		if (t->nodes[node].depth == 1)
			tell_chosen(d, node);
		else
			tell_for_xen(d, node, compatible);
		return;
	}
	if (str_eq(top, STR("reserved-memory"))) {
		if (t->nodes[node].depth == 2)
			tell_reserved(d, node);
		return;
	}
	if (tree_has_string(compatible, STR("xen,xen"), true))
		tell_device(d, node, "dtb hypervisor ", compatible);
	else if (t->nodes[node].is_iommu)
		tell_device(d, node, "dtb iommu ", compatible);
	else if (compatible.n)
		tell_device(d, node, "dtb device ", compatible);
	tree_tell_masters(d, node);
}

static void tell_root(struct treelines *d)
{
	const struct tree *t = &d->tree;

	lines_add(&d->lines, "dtb tree bytes=%zu nodes=%zu", t->blob.n, t->n);
	add_strings(d, "compatible", tree_prop(t, 0, "compatible"));
	lines_add(&d->lines, "\n");
	if (text_of(tree_prop(t, 0, "model")).n) {
		lines_add(&d->lines, "dtb model ");
		lines_text(&d->lines, text_of(tree_prop(t, 0, "model")));
		lines_add(&d->lines, "\n");
	}
	for (int i = 0; i < blob_reserves(t->blob) && tree_has_room(d); i++) {
		uint64_t start, size;

		if (!blob_reserve(t->blob, i, &start, &size) || !size)
			continue;
		lines_add(&d->lines, "dtb reserve");
		add_range(d, start, size);
		lines_add(&d->lines, "\n");
	}
	if (t->left) {
		lines_add(&d->lines, "dtb problem /: %zu nodes are too deep, or "
			  "their paths too long: left out\n", t->left);
	}
}

static bool more(struct lines *lines)
{
	struct treelines *d = (struct treelines *)lines;

	if (!tree_has_room(d)) {
		if (!d->ended)
			tree_add_problem(d, 0, "it states more than any "
					 "machine's tree; the rest is left");
		d->ended = true;
		return false;
	}
	if (d->next == d->tree.n)
		return false;
	if (d->next == 0)
		tell_root(d);
	else
		tell_node(d, d->next);
	d->next++;
	d->told += lines->n;
	return true;
}

/* ---- the form ------------------------------------------------------------ */

static struct str read_blob(struct source *source, char **bytes,
			    const char **why)
{
	struct window window = source_next(source, 0);
	struct str head = { window.p, window.n };
	size_t total, room = 0, n = 0;

	*why = "it ends inside its header";
	if (window.n < 40)
		return (struct str){ NULL, 0 };
	total = tree_cell(head, 1);
	*why = "more than 16 MiB by its header";
	if (total > TREE_BYTES || total < 40)
		return (struct str){ NULL, 0 };
	heap_grow(bytes, &room, total, 1);
	while (window.n && n < total) {
		size_t part = window.n < total - n ? window.n : total - n;

		memcpy(*bytes + n, window.p, part);
		n += part;
		window = source_next(source, part);
	}
	*why = n < total ? "it is shorter than its header says" : NULL;
	return (struct str){ *bytes, n };
}

struct feed *tree_open(struct source *source, const char **why)
{
	struct treelines *d;
	struct str blob;

	*why = blob_library();
	if (*why)
		return NULL;
	d = calloc(1, sizeof(*d));
	if (!d)
		die("out of memory");
	lines_init(&d->lines, more);
	blob = read_blob(source, &d->bytes, why);
	if (!*why)
		*why = tree_read(&d->tree, blob);
	if (!*why)
		return &d->lines.feed;
	tree_close(&d->lines.feed);
	return NULL;
}

void tree_close(struct feed *feed)
{
	struct treelines *d = (struct treelines *)feed;

	tree_free(&d->tree);
	lines_free(&d->lines);
	heap_free(d->bytes);
	free(d);
}

/*
 * The nodes of a device tree: paths, phandles, cells, and addresses carried
 * through the ranges of the buses above.  A tree may be hostile: what is
 * looked up more than once is looked up in a table, and what a tree could make
 * the work grow with is counted.
 */

#include <stdio.h>
#include <stdlib.h>

#include "parsers/base/arena.h"
#include "parsers/input/tree.h"

/* Entries of ranges that are looked at in one tree: real ones have hundreds. */
static const uint64_t WORK_MOST = 20000000;

uint32_t tree_cell(struct str value, size_t n)
{
	const unsigned char *p = (const unsigned char *)value.p + 4 * n;

	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

bool tree_number(struct str *value, unsigned cells, uint64_t *number)
{
	*number = 0;
	if (value->n < 4 * (size_t)cells)
		return false;
	for (unsigned i = 0; i < cells; i++)
		*number = *number << 32 | tree_cell(*value, i);
	*value = str_skip(*value, 4 * (size_t)cells);
	return true;
}

bool tree_has_string(struct str list, struct str text, bool whole)
{
	while (list.n) {
		struct str one = str_split(&list, '\0');

		if (whole ? str_eq(one, text) : str_starts(one, text))
			return true;
	}
	return false;
}

struct str tree_prop(const struct tree *t, size_t node, const char *name)
{
	struct str wanted = str_from(name);
	int at = blob_first_prop(t->blob, t->nodes[node].at);

	for (; at >= 0; at = blob_next_prop(t->blob, at)) {
		struct prop prop = blob_prop(t->blob, at);

		if (str_eq(prop.name, wanted))
			return prop.value;
	}
	return (struct str){ NULL, 0 };
}

struct str tree_name(const struct tree *t, size_t node)
{
	return blob_name(t->blob, t->nodes[node].at);
}

struct str tree_path(const struct tree *t, size_t node, char *at)
{
	size_t end = t->nodes[node].path;

	if (!t->nodes[node].depth)
		return STR("/");
	for (size_t n = end; t->nodes[node].depth; node = t->nodes[node].parent) {
		struct str name = tree_name(t, node);

		n -= name.n;
		memcpy(at + n, name.p, name.n);
		at[--n] = '/';
	}
	return (struct str){ at, end };
}

static int by_phandle(const void *a, const void *b)
{
	const struct handle *one = a, *other = b;

	return (one->phandle > other->phandle) - (one->phandle < other->phandle);
}

/* The first one that is not below; they are in order. */
static size_t find_handle(const struct tree *t, uint32_t phandle)
{
	size_t low = 0, high = t->nhandles;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (t->handles[middle].phandle < phandle)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool tree_handle(const struct tree *t, uint32_t phandle, size_t *node)
{
	size_t at = find_handle(t, phandle);

	if (!phandle || at == t->nhandles || t->handles[at].phandle != phandle)
		return false;
	if (at + 1 < t->nhandles && t->handles[at + 1].phandle == phandle)
		return false;
	*node = t->handles[at].node;
	return true;
}

/* ---- reading ------------------------------------------------------------- */

static uint8_t few(struct str value)
{
	uint32_t cells = value.n == 4 ? tree_cell(value, 0) : CELLS_NONE;

	return cells < CELLS_NONE ? (uint8_t)cells : CELLS_NONE;
}

/* Arm's own SMMUs of version 1 and 2, under all their names. */
static bool is_smmu(struct str compatible)
{
	return tree_has_string(compatible, STR("arm,smmu-v1"), true) ||
	       tree_has_string(compatible, STR("arm,smmu-v2"), true) ||
	       tree_has_string(compatible, STR("arm,mmu-"), false) ||
	       tree_has_string(compatible, STR("cavium,smmu-v2"), true);
}

static void learn(struct node *node, struct prop prop)
{
	struct str name = prop.name, value = prop.value;

	if (str_eq(name, STR("phandle")) || str_eq(name, STR("linux,phandle"))) {
		if (value.n == 4)
			node->phandle = tree_cell(value, 0);
	} else if (str_eq(name, STR("#address-cells"))) {
		node->addr_cells = few(value);
	} else if (str_eq(name, STR("#size-cells"))) {
		node->size_cells = few(value);
	} else if (str_eq(name, STR("#iommu-cells"))) {
		node->iommu_cells = few(value);
		node->is_iommu = true;
	} else if (str_eq(name, STR("#stream-id-cells"))) {
		node->stream_cells = few(value);
	} else if (str_eq(name, STR("stream-match-mask")) && value.n == 4) {
		node->match_mask = tree_cell(value, 0);
	} else if (str_eq(name, STR("reg"))) {
		node->reg = value;
	} else if (str_eq(name, STR("ranges"))) {
		node->ranges = value;
	} else if (str_eq(name, STR("dma-ranges"))) {
		node->dma_ranges = value;
	} else if (str_eq(name, STR("mmu-masters"))) {
		node->is_iommu = true;
	} else if (str_eq(name, STR("compatible"))) {
		node->is_smmu = is_smmu(value);
		node->is_iommu = node->is_iommu || node->is_smmu ||
			tree_has_string(value, STR("arm,smmu-"), false);
	}
}

/* False: its path is too long, so it is left with all below it. */
static bool add_node(struct tree *t, int at, int depth, size_t *above)
{
	size_t parent = depth ? above[depth - 1] : 0, path = 0;
	struct node *node;

	heap_grow(&t->nodes, &t->room, t->n + 1, sizeof(*t->nodes));
	node = &t->nodes[t->n];
	*node = (struct node){
		.at = at, .parent = (uint32_t)parent, .depth = (uint8_t)depth,
		.addr_cells = 2, .size_cells = 1,
		.iommu_cells = CELLS_NONE, .stream_cells = CELLS_NONE,
	};
	if (depth) {
		path = t->nodes[parent].path + 1 + blob_name(t->blob, at).n;
		if (path > TREE_PATH)
			return false;
		/* What a node does not say, it has from above. */
		node->addr_cells = t->nodes[parent].addr_cells;
		node->size_cells = t->nodes[parent].size_cells;
	}
	node->path = (uint16_t)path;
	for (int p = blob_first_prop(t->blob, at); p >= 0;
	     p = blob_next_prop(t->blob, p))
		learn(node, blob_prop(t->blob, p));
	if (node->phandle) {
		heap_grow(&t->handles, &t->handles_room, t->nhandles + 1,
			  sizeof(*t->handles));
		t->handles[t->nhandles++] = (struct handle){
			node->phandle, (uint32_t)t->n,
		};
	}
	above[depth] = t->n++;
	return true;
}

static const char *read_nodes(struct tree *t)
{
	size_t above[TREE_DEPTH] = { 0 };
	int depth = -1, within = TREE_DEPTH - 1;

	for (int at = blob_next(t->blob, -1, &depth); at >= 0 && depth >= 0;
	     at = blob_next(t->blob, at, &depth)) {
		if (t->n == TREE_NODES)
			return "more than 200000 nodes";
		if (depth <= within)
			within = TREE_DEPTH - 1;
		if (depth > within) {
			t->left++;
		} else if (!add_node(t, at, depth, above)) {
			t->left++;
			within = depth;
		}
	}
	return t->n ? NULL : "no root";
}

/* What is not a whole tree, but looks like one. */
static const char *what_else(const struct tree *t)
{
	for (size_t i = 1; i < t->n; i++) {
		if (t->nodes[i].depth == 2 &&
		    str_eq(tree_name(t, i), STR("__overlay__")))
			return "an overlay, not a whole tree; give the tree "
			       "that it was applied to";
		if (t->nodes[i].depth == 1 &&
		    str_eq(tree_name(t, i), STR("images")) &&
		    !tree_prop(t, 0, "compatible").p)
			return "a FIT image; take the tree out of it with "
			       "dumpimage";
	}
	return NULL;
}

const char *tree_read(struct tree *t, struct str blob)
{
	const char *why = blob_check(blob);

	*t = (struct tree){ .blob = blob };
	if (why)
		return why;
	why = read_nodes(t);
	if (why)
		return why;
	if (t->nhandles)
		qsort(t->handles, t->nhandles, sizeof(*t->handles), by_phandle);
	return what_else(t);
}

void tree_free(struct tree *t)
{
	heap_free(t->nodes);
	heap_free(t->handles);
	*t = (struct tree){ 0 };
}

/* ---- addresses ----------------------------------------------------------- */

static bool is_address(unsigned cells)
{
	return cells == 1 || cells == 2;
}

/* Carries an address of the bus to the bus above it. */
static bool translate_once(struct tree *t, size_t bus, uint64_t *address)
{
	const struct node *node = &t->nodes[bus], *up = &t->nodes[node->parent];
	struct str ranges = node->ranges;

	if (!ranges.p || !is_address(up->addr_cells))
		return false;
	if (!ranges.n)
		return true;
	while (t->work++ < WORK_MOST) {
		uint64_t child, parent, size;

		if (!tree_number(&ranges, node->addr_cells, &child) ||
		    !tree_number(&ranges, up->addr_cells, &parent) ||
		    !tree_number(&ranges, node->size_cells, &size))
			return false;
		if (*address >= child && *address - child < size) {
			*address = parent + (*address - child);
			return true;
		}
	}
	return false;
}

bool tree_base(struct tree *t, size_t node, uint64_t *base)
{
	struct str reg = t->nodes[node].reg;
	size_t bus = t->nodes[node].parent;

	if (!t->nodes[node].depth || !is_address(t->nodes[bus].addr_cells) ||
	    !tree_number(&reg, t->nodes[bus].addr_cells, base))
		return false;
	for (;; bus = t->nodes[bus].parent) {
		/* Buses without sizes are no memory: i2c, spi, mdio. */
		if (!is_address(t->nodes[bus].addr_cells) ||
		    !is_address(t->nodes[bus].size_cells))
			return false;
		if (!t->nodes[bus].depth)
			return true;
		if (t->work++ > WORK_MOST || !translate_once(t, bus, base))
			return false;
	}
}

/* One of the bus's stretches of memory has another address for its devices. */
static bool bus_moves_dma(struct tree *t, size_t bus)
{
	const struct node *node = &t->nodes[bus], *up = &t->nodes[node->parent];
	struct str ranges = node->dma_ranges;

	while (ranges.n) {
		uint64_t child, parent, size;

		/* What cannot be read may be anything. */
		if (t->work++ > WORK_MOST ||
		    !tree_number(&ranges, node->addr_cells, &child) ||
		    !tree_number(&ranges, up->addr_cells, &parent) ||
		    !tree_number(&ranges, node->size_cells, &size) ||
		    child != parent)
			return true;
	}
	return false;
}

bool tree_moves_dma(struct tree *t, size_t node)
{
	for (; t->nodes[node].depth; node = t->nodes[node].parent)
		if (bus_moves_dma(t, node))
			return true;
	return false;
}

static struct str without_unit(struct str name)
{
	ptrdiff_t at = str_find_byte(name, '@');

	return at < 0 ? name : str_head(name, (size_t)at);
}

/*
 * As drivers/of makes it: ADDRESS.NAME, or, where nothing has an address, the
 * names from above joined by colons.
 */
struct str tree_bus_name(struct tree *t, size_t node, char *at)
{
	size_t end = 2 * TREE_PATH, n = end;
	bool first = true;

	for (; t->nodes[node].depth; node = t->nodes[node].parent) {
		struct str name = tree_name(t, node);
		char base[24] = "";
		uint64_t address;
		bool has = tree_base(t, node, &address);

		if (has) {
			snprintf(base, sizeof(base), "%llx.",
				 (unsigned long long)address);
			name = without_unit(name);
		}
		if (n < name.n + strlen(base) + 1)
			break;
		if (!first)
			at[--n] = ':';
		first = false;
		n -= name.n;
		memcpy(at + n, name.p, name.n);
		n -= strlen(base);
		memcpy(at + n, base, strlen(base));
		if (has)
			break;
	}
	return (struct str){ at + n, end - n };
}

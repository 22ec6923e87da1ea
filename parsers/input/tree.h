/* A device tree, taken apart: what tree.c finds and treelines.c tells; not for other rooms. */
#ifndef PARSERS_INPUT_TREE_H
#define PARSERS_INPUT_TREE_H

#include "parsers/input/input.h"

/* What a tree may be: Linux itself stops at a depth of 64. */
enum {
	TREE_BYTES = 16 << 20, TREE_NODES = 200000, TREE_DEPTH = 64,
	TREE_PATH = 1024,
};

/* ---- fdt.c: the blob, through libfdt ------------------------------------- */

struct prop { struct str name, value; };

/* Why the library cannot be had, NULL: it can. */
const char *blob_library(void);
/* Why no function below may be called on the blob, NULL: they may. */
const char *blob_check(struct str blob);
/* The next node behind at (-1: the first), negative behind the last. */
int blob_next(struct str blob, int at, int *depth);
struct str blob_name(struct str blob, int at);
/* Properties of a node: negative at the end. */
int blob_first_prop(struct str blob, int node);
int blob_next_prop(struct str blob, int prop);
struct prop blob_prop(struct str blob, int prop);
/* Entries of /memreserve/, and one of them. */
int blob_reserves(struct str blob);
bool blob_reserve(struct str blob, int n, uint64_t *start, uint64_t *size);

/* ---- tree.c: its nodes --------------------------------------------------- */

enum { CELLS_NONE = 255 };

struct node {
	int at;				/* in the blob */
	uint32_t parent;		/* index; the root is its own */
	uint32_t phandle;		/* 0: none */
	uint32_t match_mask;		/* stream-match-mask */
	uint16_t path;			/* bytes of its path */
	uint8_t depth;			/* the root's is 0 */
	uint8_t addr_cells, size_cells;	/* of its children */
	uint8_t iommu_cells;		/* CELLS_NONE: no #iommu-cells */
	uint8_t stream_cells;		/* CELLS_NONE: no #stream-id-cells */
	bool is_iommu;
	bool is_smmu;			/* of Arm's: a second cell is a mask */
	struct str reg, ranges, dma_ranges;	/* p is NULL: has none */
};

struct handle { uint32_t phandle, node; };

struct tree {
	struct str blob;
	struct node *nodes;
	size_t n, room;
	struct handle *handles;		/* by phandle */
	size_t nhandles, handles_room;
	size_t left;			/* nodes that are left out */
	uint64_t work;			/* steps up, and entries of ranges */
};

/* NULL, or why the tree cannot be read. */
const char *tree_read(struct tree *, struct str blob);
void tree_free(struct tree *);

/* A property by its name; p is NULL where the node has none. */
struct str tree_prop(const struct tree *, size_t node, const char *name);
struct str tree_name(const struct tree *, size_t node);
/* at takes TREE_PATH bytes. */
struct str tree_path(const struct tree *, size_t node, char *at);
/* The node with this phandle; false: none, or several. */
bool tree_handle(const struct tree *, uint32_t phandle, size_t *node);
/* The name that Linux gives its platform device; at takes 2 * TREE_PATH. */
struct str tree_bus_name(struct tree *, size_t node, char *at);
/* The processor's address of the first entry of reg. */
bool tree_base(struct tree *, size_t node, uint64_t *base);
/* Devices here, or below, use other addresses than the processor, or may. */
bool tree_moves_dma(struct tree *, size_t node);

uint32_t tree_cell(struct str value, size_t n);
/* A number of so many cells, the last two of them; false: none, or too short. */
bool tree_number(struct str *value, unsigned cells, uint64_t *number);
/* One of a list of strings starts so; whole: is so. */
bool tree_has_string(struct str list, struct str text, bool whole);

#endif

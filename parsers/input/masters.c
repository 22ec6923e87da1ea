/* Who is behind which IOMMU, by a device tree: iommus, iommu-map, mmu-masters. */

#include "parsers/input/treelines.h"

/* All lines of a tree together: a real one has 2 MiB. */
static const size_t TEXT_MOST = (size_t)32 << 20;

static void add_stream(struct treelines *d, size_t master, size_t iommu,
		       const char *how)
{
	tree_add_path(d, "dtb stream ", master);
	tree_add_bus(d, master);
	lines_add(&d->lines, " iommu=");
	lines_word(&d->lines, tree_path(&d->tree, iommu, d->other));
	lines_add(&d->lines, " how=%s", how);
}

bool tree_has_room(const struct treelines *d)
{
	/* Of the nodes before, and of this one. */
	return d->told + d->lines.n < TEXT_MOST;
}

/* iommus: a phandle, and as many cells as the IOMMU says; and so on. */
static void tell_iommus(struct treelines *d, size_t node, struct str list)
{
	while (list.n >= 4 && tree_has_room(d)) {
		const struct node *iommu;
		size_t to;

		if (!tree_handle(&d->tree, tree_cell(list, 0), &to)) {
			tree_add_problem(d, node, "iommus has a phandle that no "
				    "node has, or several have");
			return;
		}
		iommu = &d->tree.nodes[to];
		list = str_skip(list, 4);
		if (iommu->iommu_cells == CELLS_NONE) {
			tree_add_problem(d, node, "iommus names a node without "
				    "#iommu-cells");
			return;
		}
		if (list.n < 4 * (size_t)iommu->iommu_cells) {
			tree_add_problem(d, node, "iommus ends inside an entry");
			return;
		}
		add_stream(d, node, to, "iommus");
		if (iommu->iommu_cells > 0)
			lines_add(&d->lines, " id=0x%x", tree_cell(list, 0));
		if (iommu->iommu_cells > 0 && iommu->is_smmu)
			lines_add(&d->lines, " mask=0x%x",
				  iommu->iommu_cells > 1 ? tree_cell(list, 1)
							 : iommu->match_mask);
		lines_add(&d->lines, "\n");
		list = str_skip(list, 4 * (size_t)iommu->iommu_cells);
	}
}

/* iommu-map: the first requester, the IOMMU, its first ID, how many. */
static void tell_map(struct treelines *d, size_t node, struct str list)
{
	struct str mask = tree_prop(&d->tree, node, "iommu-map-mask");

	for (; list.n >= 16 && tree_has_room(d); list = str_skip(list, 16)) {
		size_t to;

		if (!tree_handle(&d->tree, tree_cell(list, 1), &to)) {
			tree_add_problem(d, node, "iommu-map has a phandle that no "
				    "node has, or several have");
			return;
		}
		add_stream(d, node, to, "iommu-map");
		lines_add(&d->lines, " id=0x%x count=%u requester=0x%x",
			  tree_cell(list, 2), tree_cell(list, 3),
			  tree_cell(list, 0));
		if (mask.n == 4)
			lines_add(&d->lines, " requester-mask=0x%x",
				  tree_cell(mask, 0));
		lines_add(&d->lines, "\n");
	}
	if (list.n && tree_has_room(d))
		tree_add_problem(d, node, "iommu-map ends inside an entry");
}

/* mmu-masters: the older way, where the SMMU lists its devices. */
static void tell_list(struct treelines *d, size_t node, struct str list)
{
	while (list.n >= 4 && tree_has_room(d)) {
		size_t master;
		uint8_t cells;

		if (!tree_handle(&d->tree, tree_cell(list, 0), &master)) {
			tree_add_problem(d, node, "mmu-masters has a phandle that "
				    "no node has, or several have");
			return;
		}
		list = str_skip(list, 4);
		cells = d->tree.nodes[master].stream_cells;
		if (cells == CELLS_NONE || list.n < 4 * (size_t)cells) {
			tree_add_problem(d, node, cells == CELLS_NONE
				? "mmu-masters names a node without "
				  "#stream-id-cells"
				: "mmu-masters ends inside an entry");
			return;
		}
		for (; cells && tree_has_room(d); cells--) {
			add_stream(d, master, node, "mmu-masters");
			lines_add(&d->lines, " id=0x%x mask=0x0\n",
				  tree_cell(list, 0));
			list = str_skip(list, 4);
		}
	}
}

void tree_tell_masters(struct treelines *d, size_t node)
{
	tell_iommus(d, node, tree_prop(&d->tree, node, "iommus"));
	tell_map(d, node, tree_prop(&d->tree, node, "iommu-map"));
	tell_list(d, node, tree_prop(&d->tree, node, "mmu-masters"));
}

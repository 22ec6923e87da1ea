/*
 * IORT: which IDs Arm's SMMUs and interrupt translators see of which devices.
 * Arm's DEN0049; ACPICA's actbl2.h has the same.
 */

#include "parsers/input/acpi.h"

enum { ITS, COMPONENT, ROOT, SMMU, SMMUV3, PMCG, RMR, KINDS };
enum { NODE_HEAD = 16, MAP = 20, RMR_RANGE = 20 };

static const struct { const char *name; uint8_t size; } kinds[KINDS] = {
	[ITS] = { "its", 4 }, [COMPONENT] = { "component", 13 },
	[ROOT] = { "root", 16 }, [SMMU] = { "smmu", 44 },
	[SMMUV3] = { "smmuv3", 44 }, [PMCG] = { "pmcg", 16 },
	[RMR] = { "rmr", 12 },
};

static void add_base(struct lines *l, uint64_t base)
{
	lines_add(l, " base=0x%llx", (unsigned long long)base);
}

/* data: what stands behind the head that all nodes have. */
static void tell_unit(struct lines *l, size_t at, unsigned type,
		      struct str data)
{
	acpi_add_unit(l, at, kinds[type].name);
	switch (type) {
	case COMPONENT:
		lines_add(l, " flags=0x%x name=", acpi_u32(data, 0));
		lines_word(l, acpi_name(str_skip(data, 13)));
		break;
	case ROOT:
		lines_add(l, " segment=0x%x flags=0x%x", acpi_u32(data, 12),
			  acpi_u32(data, 8));
		break;
	case SMMU:
		add_base(l, acpi_u64(data, 0));
		lines_add(l, " model=%u flags=0x%x", acpi_u32(data, 16),
			  acpi_u32(data, 20));
		break;
	case SMMUV3:
		add_base(l, acpi_u64(data, 0));
		lines_add(l, " model=%u flags=0x%x", acpi_u32(data, 24),
			  acpi_u32(data, 8));
		break;
	case PMCG:
		add_base(l, acpi_u64(data, 0));
		break;
	case RMR:
		lines_add(l, " flags=0x%x", acpi_u32(data, 0));
		break;
	default:
		lines_add(l, " number=%u", acpi_u32(data, 0));
		break;
	}
	lines_add(l, "\n");
}

/* IDs of this node from input on are the other node's from output on. */
static void tell_maps(struct lines *l, size_t at, const char *of,
		      struct str node)
{
	uint32_t count = acpi_u32(node, 8), from = acpi_u32(node, 12);

	if (!count)
		return;
	if (from < NODE_HEAD || from > node.n ||
	    (node.n - from) / MAP < count) {
		acpi_add_problem(l, at, "its mappings of IDs are not inside "
				 "the node");
		return;
	}
	for (uint32_t i = 0; i < count; i++) {
		struct str map = acpi_part(node, from + (size_t)i * MAP, MAP);

		/* The table has one less than the number of IDs. */
		lines_add(l, "acpi map at=0x%zx of=%s input=0x%x count=%llu "
			  "output=0x%x to=0x%x single=%u\n", at, of,
			  acpi_u32(map, 0),
			  (unsigned long long)acpi_u32(map, 4) + 1,
			  acpi_u32(map, 8), acpi_u32(map, 12),
			  acpi_u32(map, 16) & 1);
	}
}

static void tell_ranges(struct lines *l, size_t at, struct str node)
{
	struct str data = str_skip(node, NODE_HEAD);
	uint32_t count = acpi_u32(data, 4), from = acpi_u32(data, 8);

	if (from > node.n || (node.n - from) / RMR_RANGE < count) {
		acpi_add_problem(l, at, "its memory ranges are not inside the "
				 "node");
		return;
	}
	for (uint32_t i = 0; i < count; i++) {
		struct str range = acpi_part(node, from + (size_t)i * RMR_RANGE,
					     RMR_RANGE);
		uint64_t first = acpi_u64(range, 0), size = acpi_u64(range, 8);

		if (size)
			acpi_add_range(l, at, "rmr", first, first + (size - 1));
	}
}

static void tell_node(struct lines *l, size_t at, struct str node)
{
	unsigned type = acpi_u8(node, 0);
	struct str data = str_skip(node, NODE_HEAD);

	if (type >= KINDS) {
		lines_add(l, "acpi problem at=0x%zx: a node of unknown type "
			  "%u\n", at, type);
		return;
	}
	if (data.n < kinds[type].size) {
		acpi_add_problem(l, at, "a node that is too short for its type");
		return;
	}
	tell_unit(l, at, type, data);
	tell_maps(l, at, kinds[type].name, node);
	if (type == RMR)
		tell_ranges(l, at, node);
}

void acpi_iort(struct lines *l, struct str table)
{
	uint32_t nodes = acpi_u32(table, ACPI_HEAD);
	size_t at = acpi_u32(table, ACPI_HEAD + 4);

	if (table.n < 48 || at < 48 || at > table.n) {
		acpi_add_problem(l, ACPI_HEAD, "its nodes are not inside the "
				 "table");
		return;
	}
	for (uint32_t i = 0; i < nodes; i++) {
		size_t size = acpi_u16(table, at + 1);

		if (table.n - at < NODE_HEAD || size < NODE_HEAD ||
		    size > table.n - at) {
			acpi_add_problem(l, at, "no node starts here; the rest "
					 "of the table is left");
			return;
		}
		tell_node(l, at, acpi_part(table, at, size));
		at += size;
	}
}

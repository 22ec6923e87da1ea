/*
 * DMAR: the IOMMUs of Intel's VT-d, the devices each is for, and the memory
 * that devices use behind the system's back.  Intel's VT-d specification,
 * chapter 8; ACPICA's actbl1.h has the same.
 */

#include "parsers/input/acpi.h"

enum { DRHD, RMRR, ATSR, RHSA, ANDD, SATC, SIDP, KINDS };

static const struct { const char *name; uint8_t size; } kinds[KINDS] = {
	[DRHD] = { "drhd", 16 }, [RMRR] = { "rmrr", 24 },
	[ATSR] = { "atsr", 8 }, [RHSA] = { "rhsa", 20 }, [ANDD] = { "andd", 8 },
	[SATC] = { "satc", 8 }, [SIDP] = { "sidp", 8 },
};

static const char *scope_name(unsigned type)
{
	static const char *const names[] = {
		NULL, "endpoint", "bridge", "ioapic", "hpet", "namespace",
	};

	return type < sizeof(names) / sizeof(*names) ? names[type] : NULL;
}

/*
 * A device: a bus, and the way from there.  Only one step names a function by
 * itself; behind bridges it depends on the numbers that they are given.
 */
static void tell_scope(struct lines *l, size_t at, const char *of,
		       unsigned segment, struct str s)
{
	const char *type = scope_name(acpi_u8(s, 0));

	lines_add(l, "acpi scope at=0x%zx of=%s type=", at, of);
	if (type)
		lines_add(l, "%s", type);
	else
		lines_add(l, "%u", acpi_u8(s, 0));
	lines_add(l, " id=0x%x segment=0x%x bus=0x%x path=", acpi_u8(s, 4),
		  segment, acpi_u8(s, 5));
	for (size_t i = 6; i + 1 < s.n; i += 2)
		lines_add(l, "%s%02x.%x", i > 6 ? "/" : "", acpi_u8(s, i),
			  acpi_u8(s, i + 1));
	if (s.n < 8)
		lines_add(l, "-");
	if (s.n == 8 && acpi_u8(s, 6) < 32 && acpi_u8(s, 7) < 8)
		lines_add(l, " bdf=%04x:%02x:%02x.%x", segment, acpi_u8(s, 5),
			  acpi_u8(s, 6), acpi_u8(s, 7));
	lines_add(l, "\n");
}

static void tell_scopes(struct lines *l, size_t at, const char *of,
			unsigned segment, struct str s, size_t from)
{
	while (from < s.n) {
		size_t size = acpi_u8(s, from + 1);

		if (s.n - from < 6 || size < 6 || size > s.n - from) {
			acpi_add_problem(l, at + from, "no device scope starts "
					 "here; the rest of the structure is "
					 "left");
			return;
		}
		tell_scope(l, at, of, segment, acpi_part(s, from, size));
		from += size;
	}
}

static void tell_unit(struct lines *l, size_t at, unsigned type, struct str s)
{
	const char *name = kinds[type].name;
	unsigned segment = acpi_u16(s, 6);

	acpi_add_unit(l, at, name);
	if (type != RHSA && type != ANDD)
		lines_add(l, " segment=0x%x", segment);
	if (type == DRHD || type == RMRR || type == RHSA)
		lines_add(l, " base=0x%llx",
			  (unsigned long long)acpi_u64(s, 8));
	if (type == RHSA)
		lines_add(l, " node=%u", acpi_u32(s, 16));
	if (type == ANDD)
		lines_add(l, " number=%u", acpi_u8(s, 7));
	if (type == DRHD || type == ATSR || type == SATC)
		lines_add(l, " flags=0x%x", acpi_u8(s, 4));
	if (type == ANDD) {
		lines_add(l, " name=");
		lines_word(l, acpi_name(str_skip(s, 8)));
	}
	lines_add(l, "\n");
	if (type == RMRR)
		acpi_add_range(l, at, name, acpi_u64(s, 8), acpi_u64(s, 16));
	if (type != RHSA && type != ANDD)
		tell_scopes(l, at, name, segment, s, kinds[type].size);
}

void acpi_dmar(struct lines *l, struct str table)
{
	size_t at = 48;

	if (table.n < at) {
		acpi_add_problem(l, table.n, "the table ends inside its header");
		return;
	}
	lines_add(l, "acpi dmar width=%u flags=0x%x\n",
		  acpi_u8(table, ACPI_HEAD) + 1, acpi_u8(table, ACPI_HEAD + 1));
	while (at < table.n) {
		unsigned type = acpi_u16(table, at);
		size_t size = acpi_u16(table, at + 2);

		if (table.n - at < 4 || size < 4 || size > table.n - at ||
		    (type < KINDS && size < kinds[type].size)) {
			acpi_add_problem(l, at, "no structure starts here; the "
					 "rest of the table is left");
			return;
		}
		if (type < KINDS)
			tell_unit(l, at, type, acpi_part(table, at, size));
		else
			lines_add(l, "acpi problem at=0x%zx: a structure of "
				  "unknown type %u\n", at, type);
		at += size;
	}
}

/* Tables of ACPI as lines: acpi.c finds them, dmar.c and iort.c read them; not for other rooms. */
#ifndef PARSERS_INPUT_ACPI_H
#define PARSERS_INPUT_ACPI_H

#include "parsers/input/lines.h"

/* A table, from its first byte: offsets count from there. */
enum { ACPI_HEAD = 36, ACPI_MOST = 1 << 20 };

/* Little-endian numbers; what stands behind the end of s is 0. */
uint8_t acpi_u8(struct str s, size_t at);
uint16_t acpi_u16(struct str s, size_t at);
uint32_t acpi_u32(struct str s, size_t at);
uint64_t acpi_u64(struct str s, size_t at);
/* The bytes of s from at on, n of them or fewer. */
struct str acpi_part(struct str s, size_t at, size_t n);
/* A name that ends at a NUL, without the \ of the root. */
struct str acpi_name(struct str s);

/* A line "acpi unit ...", up to its flags: of a structure at this offset. */
void acpi_add_unit(struct lines *, size_t at, const char *kind);
void acpi_add_range(struct lines *, size_t at, const char *kind,
		    uint64_t first, uint64_t last);
void acpi_add_problem(struct lines *, size_t at, const char *what);

/* What is in a table, its header included. */
void acpi_dmar(struct lines *, struct str table);
void acpi_iort(struct lines *, struct str table);

#endif

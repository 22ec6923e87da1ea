/*
 * Tables of ACPI that name devices, IOMMUs and reserved memory, one statement
 * a line: a table as the firmware has it, or acpidump's text with any number.
 *
 *   acpi table NAME bytes=N revision=N checksum=good|wrong oem=WORD id=WORD
 *   acpi unit|scope|map|range|problem at=OFFSET ...
 */

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "parsers/base/die.h"
#include "parsers/base/num.h"
#include "parsers/input/acpi.h"

/* More tables than any firmware has. */
enum { TABLES_MOST = 1000, DIGITS_MOST = 8, ROW = 16 };

struct acpi {
	struct lines lines;		/* first */
	struct source *raw;
	struct window window;
	size_t at;			/* in the window */
	bool is_text, ended;
	unsigned tables;
	char name[4];			/* of the table that is being read */
	bool open, broken, is_wanted;
	char *bytes;			/* of a table that is wanted, else its header */
	size_t n, room;			/* read so far; n counts all */
	uint8_t sum;
};

/* ---- bytes ---------------------------------------------------------------- */

static uint64_t number(struct str s, size_t at, unsigned bytes)
{
	uint64_t value = 0;

	for (unsigned i = bytes; i-- > 0;)
		value = value << 8 |
			(at + i < s.n ? (unsigned char)s.p[at + i] : 0);
	return value;
}

uint8_t acpi_u8(struct str s, size_t at)
{
	return (uint8_t)number(s, at, 1);
}

uint16_t acpi_u16(struct str s, size_t at)
{
	return (uint16_t)number(s, at, 2);
}

uint32_t acpi_u32(struct str s, size_t at)
{
	return (uint32_t)number(s, at, 4);
}

uint64_t acpi_u64(struct str s, size_t at)
{
	return number(s, at, 8);
}

struct str acpi_part(struct str s, size_t at, size_t n)
{
	return str_head(str_skip(s, at), n);
}

struct str acpi_name(struct str s)
{
	ptrdiff_t end = str_find_byte(s, '\0');

	if (end >= 0)
		s = str_head(s, (size_t)end);
	if (s.n && s.p[0] == '\\')
		s = str_skip(s, 1);
	return str_head(s, 256);
}

/* ---- lines ---------------------------------------------------------------- */

void acpi_add_unit(struct lines *l, size_t at, const char *kind)
{
	lines_add(l, "acpi unit at=0x%zx kind=%s", at, kind);
}

void acpi_add_range(struct lines *l, size_t at, const char *kind,
		    uint64_t first, uint64_t last)
{
	if (last < first) {
		acpi_add_problem(l, at, "a range ends before it starts");
		return;
	}
	lines_add(l, "acpi range kind=%s start=0x%llx end=0x%llx\n", kind,
		  (unsigned long long)first, (unsigned long long)last);
}

void acpi_add_problem(struct lines *l, size_t at, const char *what)
{
	lines_add(l, "acpi problem at=0x%zx: %s\n", at, what);
}

static bool is_wanted(struct str name)
{
	return str_eq(name, STR("DMAR")) || str_eq(name, STR("IORT"));
}

static void add_words(struct lines *l, struct str head, uint8_t sum)
{
	lines_add(l, "acpi table ");
	lines_word(l, acpi_part(head, 0, 4));
	lines_add(l, " bytes=%u revision=%u checksum=%s oem=",
		  acpi_u32(head, 4), acpi_u8(head, 8), sum ? "wrong" : "good");
	lines_word(l, str_trim_end(acpi_name(acpi_part(head, 10, 6))));
	lines_add(l, " id=");
	lines_word(l, str_trim_end(acpi_name(acpi_part(head, 16, 8))));
	lines_add(l, "\n");
}

/* A whole table; of one that is not wanted, its header. */
static void tell_table(struct lines *l, struct str table, uint8_t sum)
{
	add_words(l, table, sum);
	if (str_starts(table, STR("DMAR")))
		acpi_dmar(l, table);
	else if (str_starts(table, STR("IORT")))
		acpi_iort(l, table);
}

static uint8_t sum_of(struct str s)
{
	uint8_t sum = 0;

	for (size_t i = 0; i < s.n; i++)
		sum = (uint8_t)(sum + (unsigned char)s.p[i]);
	return sum;
}

/* ---- acpidump's text ------------------------------------------------------- */

/* "DMAR @ 0x000000007AEF1000" */
static bool is_head_line(struct str line, struct str *name)
{
	uint64_t address;

	*name = str_head(line, 4);
	for (size_t i = 0; i < name->n; i++)
		if (!isalnum((unsigned char)name->p[i]) && name->p[i] != '_')
			return false;
	return name->n == 4 && str_starts(str_skip(line, 4), STR(" @ ")) &&
	       num_hex(str_skip(line, 7), &address);
}

/* "    0010: 47 42 54 55 ..  GBTU": the offset, and the rest behind it. */
static bool is_row(struct str line, uint64_t *offset, struct str *rest)
{
	struct str digits;
	ptrdiff_t colon;

	line = str_trim(line);
	colon = str_find_byte(str_head(line, DIGITS_MOST + 1), ':');
	if (colon < 4)
		return false;
	digits = str_head(line, (size_t)colon);
	*rest = str_skip(line, (size_t)colon + 1);
	return num_hex(digits, offset);
}

bool acpidump_is(struct str head)
{
	struct str line, name, rest;
	uint64_t offset;

	head = str_head(head, 4096);
	do
		line = str_trim(str_split(&head, '\n'));
	while (!line.n && head.n);
	if (line.n && line.p[line.n - 1] == '\r')
		line = str_head(line, line.n - 1);
	return is_head_line(line, &name) &&
	       is_row(str_split(&head, '\n'), &offset, &rest) && offset == 0;
}

static void end_table(struct acpi *a)
{
	size_t said;

	if (!a->open)
		return;
	a->open = false;
	said = a->n >= 8 ? acpi_u32((struct str){ a->bytes, 8 }, 4) : 0;
	if (a->broken || a->n < ACPI_HEAD || said != a->n) {
		lines_add(&a->lines, "acpi problem at=0x%zx: ", a->n);
		lines_add(&a->lines, "the dump of ");
		lines_word(&a->lines, (struct str){ a->name, 4 });
		lines_add(&a->lines, " has not as many bytes as the table\n");
		return;
	}
	tell_table(&a->lines,
		   (struct str){ a->bytes, a->is_wanted ? a->n : ACPI_HEAD },
		   a->sum);
}

static void start_table(struct acpi *a, struct str name)
{
	end_table(a);
	memcpy(a->name, name.p, sizeof(a->name));
	a->open = true;
	a->broken = false;
	a->is_wanted = is_wanted(name);
	a->n = 0;
	a->sum = 0;
	if (++a->tables == TABLES_MOST) {
		acpi_add_problem(&a->lines, 0, "more than 1000 tables; the "
				 "rest is left");
		a->ended = true;
	}
}

static void add_byte(struct acpi *a, uint8_t byte)
{
	if (a->is_wanted || a->n < ACPI_HEAD) {
		if (a->n == ACPI_MOST) {
			a->broken = true;
			return;
		}
		heap_grow(&a->bytes, &a->room, a->n + 1, 1);
		a->bytes[a->n] = (char)byte;
	}
	a->sum = (uint8_t)(a->sum + byte);
	a->n++;
}

/* One blank before each byte; the characters stand behind two. */
static void add_row(struct acpi *a, uint64_t offset, struct str rest)
{
	if (offset != a->n)
		a->broken = true;
	for (unsigned i = 0; i < ROW && !a->broken; i++) {
		uint64_t byte;

		if (rest.n < 3 || rest.p[0] != ' ' ||
		    !num_hex(acpi_part(rest, 1, 2), &byte) ||
		    (rest.n > 3 && !isspace((unsigned char)rest.p[3])))
			return;
		add_byte(a, (uint8_t)byte);
		rest = str_skip(rest, 3);
	}
}

static bool next_line(struct acpi *a, struct str *line)
{
	struct str rest = { a->window.p + a->at, a->window.n - a->at };
	ptrdiff_t end = str_find_byte(rest, '\n');

	if (end < 0 && !a->window.last) {
		a->window = source_next(a->raw, a->at);
		a->at = 0;
		rest = (struct str){ a->window.p, a->window.n };
		end = str_find_byte(rest, '\n');
	}
	if (!rest.n)
		return false;
	*line = end < 0 ? rest : str_head(rest, (size_t)end);
	a->at += line->n + (end >= 0);
	if (line->n && line->p[line->n - 1] == '\r')
		*line = str_head(*line, line->n - 1);
	return true;
}

static bool more_text(struct acpi *a)
{
	struct str line, name, rest;
	uint64_t offset;

	while (!a->ended && !a->lines.n && next_line(a, &line)) {
		if (is_head_line(str_trim_end(line), &name))
			start_table(a, name);
		else if (a->open && is_row(line, &offset, &rest))
			add_row(a, offset, rest);
	}
	if (a->lines.n)
		return true;
	end_table(a);
	a->ended = true;
	a->lines.feed.problem = source_problem(a->raw);
	return false;
}

/* ---- the forms -------------------------------------------------------------- */

/* A console's text has no NUL where the length of a table has one. */
bool acpi_is(struct str head)
{
	return head.n >= ACPI_HEAD && is_wanted(str_head(head, 4)) &&
	       acpi_u8(head, 7) == 0;
}

static bool more_table(struct acpi *a)
{
	struct str table = { a->bytes, a->n };

	if (a->ended)
		return false;
	tell_table(&a->lines, table, sum_of(table));
	a->ended = true;
	return true;
}

static bool more(struct lines *lines)
{
	struct acpi *a = (struct acpi *)lines;

	return a->is_text ? more_text(a) : more_table(a);
}

static const char *read_table(struct acpi *a)
{
	struct str head = { a->window.p, a->window.n };
	size_t wanted = acpi_u32(head, 4);

	if (wanted < ACPI_HEAD)
		return "shorter than its header, by the length it states";
	if (wanted > ACPI_MOST)
		return "more than 1 MiB by the length it states";
	if (wanted > a->window.n)
		return "the file is shorter than the table by its header";
	heap_grow(&a->bytes, &a->room, wanted, 1);
	memcpy(a->bytes, a->window.p, wanted);
	a->n = wanted;
	return NULL;
}

static struct feed *open_acpi(struct source *raw, bool is_text,
			      const char **why)
{
	struct acpi *a = calloc(1, sizeof(*a));

	if (!a)
		die("out of memory");
	lines_init(&a->lines, more);
	a->raw = raw;
	a->is_text = is_text;
	a->window = source_next(raw, 0);
	*why = is_text ? NULL : read_table(a);
	if (!*why)
		return &a->lines.feed;
	acpi_close(&a->lines.feed);
	return NULL;
}

struct feed *acpi_open(struct source *raw, const char **why)
{
	return open_acpi(raw, false, why);
}

struct feed *acpidump_open(struct source *raw, const char **why)
{
	return open_acpi(raw, true, why);
}

void acpi_close(struct feed *feed)
{
	struct acpi *a = (struct acpi *)feed;

	lines_free(&a->lines);
	heap_free(a->bytes);
	free(a);
}

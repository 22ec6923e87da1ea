/*
 * Twice the input is twice the work, also when the input means harm.
 *
 * Work is counted, not timed: the parsers are built once more with
 * -fsanitize-coverage=trace-pc, which calls a function at each branch, and
 * what the C library and PCRE2 are asked to look at is added by its length.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>

#include "parsers/base/stanza.h"
#include "parsers/catalog/regex.h"
#include "tests/fuzz/knowledge.h"
#include "tests/unit/unit.h"

static uint64_t work;

void __sanitizer_cov_trace_pc(void);
void __sanitizer_cov_trace_pc(void)
{
	work++;
}

/* ---- the linker puts these between the parsers and the library --------- */

void *__real_memchr(const void *, int, size_t);
void *__wrap_memchr(const void *, int, size_t);
void *__real_memrchr(const void *, int, size_t);
void *__wrap_memrchr(const void *, int, size_t);
void *__real_memmem(const void *, size_t, const void *, size_t);
void *__wrap_memmem(const void *, size_t, const void *, size_t);
void *__real_memcpy(void *, const void *, size_t);
void *__wrap_memcpy(void *, const void *, size_t);
bool __real_regex_match(struct regex *, struct regex_scratch *, struct str);
bool __wrap_regex_match(struct regex *, struct regex_scratch *, struct str);

/* Sixteen bytes at a time, as such functions do. */
static void *looked(const void *from, const void *at, size_t n)
{
	size_t bytes = at ? (size_t)((const char *)at - (const char *)from) : n;

	work += bytes / 16;
	return (void *)(uintptr_t)at;
}

void *__wrap_memchr(const void *s, int c, size_t n)
{
	return looked(s, __real_memchr(s, c, n), n);
}

void *__wrap_memrchr(const void *s, int c, size_t n)
{
	const char *at = __real_memrchr(s, c, n);
	const char *end = (const char *)s + n;

	work += (at ? (size_t)(end - at) : n) / 16;
	return (void *)(uintptr_t)at;
}

void *__wrap_memmem(const void *s, size_t n, const void *what, size_t k)
{
	return looked(s, __real_memmem(s, n, what, k), n);
}

void *__wrap_memcpy(void *to, const void *from, size_t n)
{
	work += n / 16;
	return __real_memcpy(to, from, n);
}

bool __wrap_regex_match(struct regex *regex, struct regex_scratch *scratch,
			struct str subject)
{
	work += subject.n;
	return __real_regex_match(regex, scratch, subject);
}

/* ---- hostile inputs ---------------------------------------------------- */

/*
 * %u is the number of the piece, "````" the same in letters; end: what stands
 * behind all of them.
 */
static const struct {
	const char *name, *start, *piece, *end;
	unsigned pieces;
	bool one_line;
} cases[] = {
	/* within a line: 64 KiB at most */
	{ "(XEN) (XEN)", "", "(XEN) ", "", 5000, true },
	{ "(XEN) DOM0: ", "", "(XEN) DOM0: ", "", 2500, true },
	{ "tears before many blanks", "x(XEN) (XEN) (XEN) (XEN) (XEN) (XEN) ",
		"(XEN)      ", "", 2500, true },
	{ "tears in a kernel's line", "[    1.000000] ", "x(XEN) ", "", 4000,
		true },
	{ "tears that match", "", "(XEN) smmu: /a: Unhandled context fault: "
		"fsr=0x402, iova=0x1, fsynr=0x1, cb=0", "", 400, true },
	{ "markers", "(XEN) ", "<2>smmu: ", "", 3500, true },
	{ "no markers", "(XEN) >smmu", "<2>", "", 10000, true },
	{ "brackets", "", "[", "", 30000, true },
	{ "brackets of a kernel", "[    1.000000] ", " [", "", 15000, true },
	{ "ESC", "(XEN) ", "\x1b", "", 30000, true },
	{ "ESC [", "(XEN) ", "\x1b[", "", 15000, true },
	{ "ESC ]", "(XEN) ", "\x1b]", "", 15000, true },
	{ "ESC ] and text", "(XEN) ", "\x1b]0;title ", "", 3000, true },
	{ "ESC [ and digits", "(XEN) ", "\x1b[0000000000", "", 2500, true },
	{ "ESC and blanks", "(XEN) ", "\x1b   ", "", 7500, true },
	{ "bytes that are no UTF-8", "(XEN) ", "\xf0\x90", "", 15000, true },
	{ "CR", "(XEN) ", "\r", "", 30000, true },
	{ "CR behind", "", "x\r", "\r\r\r\r", 15000, true },
	{ "half of an anchor", "(XEN) ", ": Unhandled context fault: fs", "",
		1000, true },
	{ "one anchor", "(XEN) ", ": Unhandled context fault: fsr=", "", 1000,
		true },
	{ "blanks", "(XEN) smmu: /a: Unhandled context fault: fsr=0x402,", " ",
		"x", 30000, true },
	{ "a list of words",
		"  v-1 [000] .....    68.289912: gnt_map: "
		"(set_foreign_p2m_mapping+0x0/0x118) n=9999 w={", "0x1,", "}",
		7000, true },
	{ "names", "[    1.000000] ", "a ", ": DMA bus error: HRESP not OK",
		15000, true },
	{ "colons", "[    1.000000] ", "a: ", "DMA bus error: HRESP not OK",
		10000, true },
	/* many lines */
	{ "empty lines", "", "\n", "", 100000, false },
	{ "undated lines that match", "",
		"(XEN) smmu: /a: Unhandled context fault: fsr=0x402, "
		"iova=0x%x, fsynr=0x1, cb=0\n", "", 20000, false },
	{ "undated lines behind a dated one", "[    1.000000] x\n",
		"(XEN) smmu: /a: Unhandled context fault: fsr=0x402, "
		"iova=0x%x, fsynr=0x1, cb=0\n", "[    2.000000] x\n", 20000,
		false },
	{ "dated lines of Xen, none of the host", "",
		"(XEN) [%5u.000000] smmu: /a: Unhandled context fault: "
		"fsr=0x402, iova=0x1, fsynr=0x1, cb=0\n", "", 20000, false },
	{ "undated lines far from each other", "",
		"(XEN) smmu: /a: Unhandled context fault: fsr=0x402, "
		"iova=0x%x, fsynr=0x1, cb=0\na\nb\nc\nd\ne\nf\ng\nh\ni\n", "",
		10000, false },
	{ "heads of a block", "", "(XEN) SMMUv3: /a: event 0x10 received:\n",
		"", 20000, false },
	{ "heads of many blocks", "",
		"(XEN) SMMUv3: /a%u: event 0x10 received:\n", "", 20000,
		false },
	{ "members without head", "", "(XEN) SMMUv3: /a%u: \t0x1\n", "",
		20000, false },
	{ "rows", "(XEN) grant-table for remote d1 (v1)\n",
		"(XEN) [0x%03x]      0 0x3b2aa 0x00000001          0 0x03b2aa "
		"0x19\n", "", 20000, false },
	{ "torn lines", "", "[    1.000000] x(XEN) y\n", "", 20000, false },
	{ "torn lines and tails", "", "[    1.000000] x(XEN) y\nz\n", "",
		20000, false },
	{ "short dated lines", "", "[%5u.000000] x\n", "", 50000, false },
	{ "replays", "", "[    1.000000] macb a b: DMA bus error: HRESP not "
		"OK\n", "", 20000, false },
	{ "time that runs back", "[99999.000000] macb a b: DMA bus error: "
		"HRESP not OK\n", "[%5u.000000] macb a b: DMA bus error: HRESP "
		"not OK\n", "", 20000, false },
	{ "kernels that start", "", "[%5u.000000] x\n[    0.000000] Linux "
		"version 5.4.0 (a@b) (gcc 8) #1 SMP Mon\n", "", 2000, false },
	{ "key w", "", "(XEN) 'w' pressed -> dumping console ring buffer "
		"(dmesg)\n", "", 20000, false },
	{ "power-ons", "",
		"(XEN) Xen version 4.12.0 (x@y) (gcc) debug=n  Mon\n", "",
		500, false },
	/* what is wrapped, broken or left over */
	{ "stamps of loggers", "", "[2026-11-21 02:40:13] ", "", 1400, true },
	{ "headers of syslog", "", "Nov 21 02:40:13 a kernel: ", "", 1200,
		true },
	{ "quotes", "", "> ", "(XEN) x", 15000, true },
	{ "indents", "", "\t", "(XEN) x", 30000, true },
	{ "braces and quotes", "", "{\"", "", 15000, true },
	{ "arrays in arrays", "{\"A\":", "[", "", 30000, true },
	{ "a long array", "{\"A\":[0", ",0", "],\"MESSAGE\":\"x\"}", 15000,
		true },
	{ "many members", "{\"A\":0", ",\"A\":\"x\"",
		",\"MESSAGE\":\"DMAR: x\"}", 3000, true },
	{ "messages in a message", "", "{\"MESSAGE\":\"", "", 2300, true },
	{ "a message of escapes", "{\"MESSAGE\":\"DMAR: ", "\\u0041",
		"\"}", 5000, true },
	{ "a message of Xen's prefixes", "{\"MESSAGE\":\"", "(XEN) ", "\"}",
		5000, true },
	{ "quoted-printable", "(XEN) DMAR: ", "=3D", "", 10000, true },
	{ "almost quoted-printable", "(XEN) DMAR: ", "=3D", "=3", 10000,
		true },
	{ "many anchors", "(XEN) ", "DMA bus error: HRESP not OK Unhandled "
		"context fault: fsr= DMAR: AMD-Vi: swiotlb bus error ", "",
		300, true },
	{ "lost and lost", "", "** 1 printk messages dropped ** ", "", 1500,
		true },
	{ "lines of quotes", "", "> \n", "", 40000, false },
	{ "lines of brackets", "", "[\n", "", 50000, false },
	{ "lines of braces", "", "{\"\n", "", 40000, false },
	{ "lines of braces with an anchor", "", "{\"DMAR: \n", "", 40000,
		false },
	{ "rests in a small file", "", "iova=0x%x, fsynr=0x1, cb=0\n", "",
		4000, false },
	{ "rests in a large file", "", "iova=0x%x, fsynr=0x1, cb=0\n", "",
		40000, false },
	{ "broken lines in a small file", "", "(XEN) smmu: /a: Unhandled "
		"context fault: fsr=0x402,\niova=0x%x, fsynr=0x1, cb=0\n",
		"", 1400, false },
	{ "broken lines in a large file", "", "(XEN) smmu: /a: Unhandled "
		"context fault: fsr=0x402,\niova=0x%x, fsynr=0x1, cb=0\n",
		"", 10000, false },
	{ "heads of broken lines", "", "(XEN) smmu: /a: Unhandled context "
		"fault: fsr=0x402, iova=0x%x=\n", "", 20000, false },
	{ "lines without a beginning", "", "smmu: /a: Unhandled context "
		"fault: fsr=0x402, iova=0x%x, fsynr=\n", "", 20000, false },
	{ "lines that almost match", "", "(XEN) smmu: /a: Unhandled context "
		"fault: fsr=0x402, iova=0x%x, fsynr=0x1, cb=x\n", "", 100000,
		false },
	{ "lines of =3D", "", "(XEN) DMAR: %u =3D =3D\n", "", 20000, false },
	{ "shapes that all differ", "", "(XEN) DMAR: ````\n", "", 50000,
		false },
	{ "shapes that differ at their end", "", "(XEN) DMAR: abcdefghijklmnop"
		"qrstuvwxyz abcdefghijklmnopqrstuvwxyz ````\n", "", 20000,
		false },
	{ "entries of a journal without end", "__CURSOR=x\n",
		"MESSAGE=macb a b: DMA bus error: HRESP not OK\n", "", 10000,
		false },
	{ "entries of a journal", "", "__CURSOR=x\n__MONOTONIC_TIMESTAMP=%u"
		"\nMESSAGE=macb a b: DMA bus error: HRESP not OK\n\n", "",
		10000, false },
	{ "entries of a journal in JSON", "", "{\"_TRANSPORT\":\"kernel\","
		"\"MESSAGE\":\"macb a b: DMA bus error: HRESP not OK\"}\n",
		"", 10000, false },
	{ "blocks and silence", "", "(XEN) SMMUv3: /a%u: event 0x10 received:"
		"\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx"
		"\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx"
		"\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx"
		"\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx"
		"\n", "", 4000, false },
	{ "lines of a guest", "", "(d1) (XEN) SMMUv3: /a: event 0x10 "
		"received:\n", "", 20000, false },
};

static void put_letters(char *piece, unsigned number)
{
	for (char *p = piece; (p = strchr(p, '`')); number /= 26)
		*p = (char)('a' + number % 26);
}

static uint64_t work_for(struct catalog *catalog, size_t i, unsigned pieces)
{
	struct sink sink = sink_ignore();
	struct { char *p; size_t n, room; } text = { 0 };
	struct tally tally = { 0 };
	struct source *source;

	for (unsigned k = 0; k <= pieces + 1; k++) {
		const char *format = k == 0 ? cases[i].start
				   : k <= pieces ? cases[i].piece
				   : cases[i].end;
		char piece[256];
		int n;

		/* At most one %u or %x; the rest is text. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"
		n = snprintf(piece, sizeof(piece), format, k);
#pragma GCC diagnostic pop
		assert_true(n < (int)sizeof(piece));
		put_letters(piece, k);
		heap_grow(&text.p, &text.room, text.n + (size_t)n, 1);
		if (n)
			memcpy(text.p + text.n, piece, (size_t)n);
		text.n += (size_t)n;
	}
	source = source_memory((struct str){ text.p, text.n }, 65536);
	work = 0;
	read_text(source, catalog, &sink, 1, 65536, FRAME_AS_AUTO, &tally);
	source_close(source);
	heap_free(text.p);
	return work;
}

static void twice_the_input_is_twice_the_work(void **state)
{
	struct arena *arena = arena_new();
	struct fields fields;
	struct catalog *catalog;
	unsigned failed = 0;

	(void)state;
	knowledge_fields(&fields, arena);
	catalog = knowledge_catalog(&fields);
	for (size_t i = 0; i < COUNT(cases); i++) {
		unsigned n = cases[i].pieces;
		uint64_t once, twice;

		work_for(catalog, i, n);	/* expressions are compiled */
		once = work_for(catalog, i, n);
		twice = work_for(catalog, i, 2 * n);
		if (getenv("SHOW_WORK"))
			print_message("%5.2f %8.2f a piece: %s\n",
				(double)twice / (double)once,
				(double)twice / (2.0 * n), cases[i].name);
		if ((double)twice <= 2.3 * (double)once)
			continue;
		print_error("%s: %llu for %u pieces, %llu for %u\n",
			    cases[i].name, (unsigned long long)once, n,
			    (unsigned long long)twice, 2 * n);
		failed++;
	}
	assert_int_equal(failed, 0);
	catalog_free(catalog);
	arena_free(arena);
}

/* ---- the catalogue's own reader ---------------------------------------- */

static uint64_t work_of_stanza(unsigned lines)
{
	struct arena *arena = arena_new();
	struct stanza_reader reader;
	struct stanza stanza;
	char *text = arena_alloc(arena, 16 + 8 * (size_t)lines);
	size_t n = (size_t)sprintf(text, "sample x\n");
	uint64_t done;

	for (unsigned i = 0; i < lines; i++)
		n += (size_t)sprintf(text + n, "  | yy\n");
	work = 0;
	stanza_open(&reader, (struct str){ text, n }, "x", "");
	while (stanza_next(&reader, arena, &stanza))
		;
	done = work;
	arena_free(arena);
	return done;
}

static void a_value_of_many_lines_is_joined_once(void **state)
{
	uint64_t once = work_of_stanza(10000), twice = work_of_stanza(20000);

	(void)state;
	if ((double)twice > 2.3 * (double)once)
		fail_msg("%llu, then %llu", (unsigned long long)once,
			 (unsigned long long)twice);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(twice_the_input_is_twice_the_work),
		cmocka_unit_test(a_value_of_many_lines_is_joined_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

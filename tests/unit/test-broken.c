/* Lines that mail broke, quoted-printable, and two records on one line. */

#include <stdio.h>

#include "tests/unit/unit.h"

static const char messages[] =
	"message fault\n"
	"title T\n"
	"from xen\n"
	"text smmu: /{name}: Unhandled context fault: fsr={flags}, "
	"iova={addr}, fsynr={other}, cb={count}\n"
	"sample? (XEN) smmu: /a: Unhandled context fault: fsr=0x1, iova=0x2, "
	"fsynr=0x3, cb=4\n"
	"\n"
	MESSAGE_ERROR
	"message gpu\n"
	"title T\n"
	"from linux\n"
	"text {name}: gpu error {count}\n"
	"sample? macb0: gpu error 1\n"
	"\n"
	"message lost\n"
	"title T\n"
	"from linux\n"
	"text ** {count} printk messages dropped **\n"
	"sample? ** 1 printk messages dropped **\n";

#define HEAD "(XEN) smmu: /a: Unhandled context fault: "
#define FAULT "fault@1 name=a flags=1026 addr=2216456520 other=720897 count=0\n"
#define S "[    1.000000] "

static const struct row {
	const char *name, *text, *events;
	unsigned matched, unmatched, wrapped;
} rows[] = {
	{ "whole", HEAD "fsr=0x402, iova=0x841c7148, fsynr=0xb0001, cb=0\n",
		FAULT, 1, 0, 0 },
	{ "two parts, at a blank",
		HEAD "fsr=0x402,\niova=0x841c7148, fsynr=0xb0001, cb=0\n",
		FAULT, 2, 0, 1 },
	{ "two parts, the blank is still there",
		HEAD "fsr=0x402, \niova=0x841c7148, fsynr=0xb0001, cb=0\n",
		FAULT, 2, 0, 1 },
	{ "three parts", HEAD "fsr=0x402,\niova=0x841c7148,\n"
		"fsynr=0xb0001, cb=0\n", FAULT, 3, 0, 1 },
	{ "inside a word", HEAD "fsr=0x402, iova=0x841\n"
		"c7148, fsynr=0xb0001, cb=0\n", FAULT, 2, 0, 1 },
	{ "three parts, inside words", HEAD "fsr=0x402, iova=0x841\n"
		"c7148, fsynr=0xb0\n001, cb=0\n", FAULT, 3, 0, 1 },
	{ "three parts, at a blank and inside a word", HEAD "fsr=0x402,\n"
		"iova=0x841c7148, fsynr=0xb0\n001, cb=0\n", FAULT, 3, 0, 1 },
	{ "three parts, inside a word and at a blank", HEAD "fsr=0x402, "
		"iova=0x841\nc7148,\nfsynr=0xb0001, cb=0\n", FAULT, 3, 0,
		1 },
	{ "indented", HEAD "fsr=0x402,\n  iova=0x841c7148, fsynr=0xb0001, "
		"cb=0\n", FAULT, 2, 0, 1 },
	{ "quoted", "> " HEAD "fsr=0x402,\n> iova=0x841c7148, fsynr=0xb0001, "
		"cb=0\n", FAULT, 2, 0, 1 },
	{ "quoted, the rest is not", "> " HEAD "fsr=0x402,\n"
		"iova=0x841c7148, fsynr=0xb0001, cb=0\n", FAULT, 2, 0, 1 },
	{ "quoted twice", "> > " HEAD "fsr=0x402,\n> > iova=0x841c7148,\n"
		"> > fsynr=0xb0001, cb=0\n", FAULT, 3, 0, 1 },
	{ "CR LF", HEAD "fsr=0x402,\r\niova=0x841c7148, fsynr=0xb0001, cb=0"
		"\r\n", FAULT, 2, 0, 1 },
	{ "no newline behind the last part", HEAD "fsr=0x402,\n"
		"iova=0x841c7148, fsynr=0xb0001, cb=0", FAULT, 2, 0, 1 },
	{ "lines behind it are read", HEAD "fsr=0x402,\niova=0x841c7148, "
		"fsynr=0xb0001, cb=0\nmacb: bus error 7\n",
		FAULT "error@3 count=7\n", 3, 0, 1 },
	{ "twice in a row", HEAD "fsr=0x402,\niova=0x841c7148, fsynr=0xb0001, "
		"cb=0\n" HEAD "fsr=0x402,\niova=0x1, fsynr=0x2, cb=3\n",
		FAULT "fault@3 name=a flags=1026 addr=1 other=2 count=3\n",
		4, 0, 2 },
	{ "printed again, it is no second one", "(XEN) [    1.000000] smmu: "
		"/a: Unhandled context fault: fsr=0x402,\niova=0x841c7148, "
		"fsynr=0xb0001, cb=0\n(XEN) [    1.000000] smmu: /a: Unhandled "
		"context fault: fsr=0x402,\niova=0x841c7148, fsynr=0xb0001, "
		"cb=0\n", FAULT, 2, 0, 1 },
	/* near twins that must not match */
	{ "the rest does not follow", HEAD "fsr=0x402,\nhello\n", "", 0, 2,
		0 },
	{ "another line between", HEAD "fsr=0x402,\nhello\n"
		"iova=0x841c7148, fsynr=0xb0001, cb=0\n", "", 0, 3, 0 },
	{ "the end of the file", HEAD "fsr=0x402,\n", "", 0, 1, 0 },
	{ "an empty line between", HEAD "fsr=0x402,\n\niova=0x841c7148, "
		"fsynr=0xb0001, cb=0\n", "", 0, 3, 0 },
	{ "four parts", HEAD "fsr=0x402,\niova=0x841c7148,\nfsynr=0xb0001,\n"
		"cb=0\n", "", 0, 4, 0 },
	{ "the rest has a speaker", HEAD "fsr=0x402,\n(XEN) iova=0x841c7148, "
		"fsynr=0xb0001, cb=0\n", "", 0, 2, 0 },
	{ "the rest has a stamp", HEAD "fsr=0x402,\n" S "iova=0x841c7148, "
		"fsynr=0xb0001, cb=0\n", "", 0, 2, 0 },
	{ "the rest has a logger's stamp", HEAD "fsr=0x402,\n"
		"[2026-11-21 02:40:13] iova=0x841c7148, fsynr=0xb0001, cb=0\n",
		"", 0, 2, 0 },
	{ "a guest's line takes no rest", "(d1) " HEAD "fsr=0x402,\n"
		"iova=0x841c7148, fsynr=0xb0001, cb=0\n", "", 0, 2, 0 },
	{ "nor a line of others that would fit", "(d1) x\n"
		"macb0: gpu error 7\n", "gpu@2 name=macb0 count=7\n", 1, 1,
		0 },
	{ "a line that ends in no word takes no whole line away",
		"----------------------------------------\n"
		"macb0: gpu error 7\n", "gpu@2 name=macb0 count=7\n", 1, 1,
		0 },
	{ "nor does a kernel's word", S "tick\nmacb0: gpu error 7\n",
		"gpu@2 name=macb0 count=7\n", 1, 1, 0 },
	{ "the rest is of a program", HEAD "fsr=0x402,\n"
		"Nov 21 02:40:13 zcu102 logger[3]: iova=0x841c7148, "
		"fsynr=0xb0001, cb=0\n", "", 0, 2, 0 },
	{ "a whole line takes no rest", "macb: bus error 7\nhello\n",
		"error@1 count=7\n", 1, 1, 0 },
	{ "half a number would match alone", S "macb: bus error 7\n1\n",
		"error@1 count=7\n", 1, 1, 0 },
	/* quoted-printable */
	{ "soft breaks", HEAD "fsr=3D0x402, iova=3D0x841=\n"
		"c7148, fsynr=3D0xb0001, cb=3D0\n", FAULT, 2, 0, 1 },
	{ "a soft break behind '='", HEAD "fsr=3D0x402, iova=3D=\n"
		"0x841c7148, fsynr=3D0xb0001, cb=3D0\n", FAULT, 2, 0, 1 },
	{ "a soft break at a blank", HEAD "fsr=3D0x402, =\n"
		"iova=3D0x841c7148, fsynr=3D0xb0001, cb=3D0\n", FAULT, 2, 0,
		1 },
	{ "a break behind '=' that is plain", HEAD "fsr=0x402, iova=\n"
		"0x841c7148, fsynr=0xb0001, cb=0\n", FAULT, 2, 0, 1 },
	{ "two soft breaks", HEAD "fsr=3D0x402, iova=3D0x8=\n41c7148, "
		"fsynr=3D0xb0=\n001, cb=3D0\n", FAULT, 3, 0, 1 },
	{ "whole, encoded", HEAD "fsr=3D0x402, iova=3D0x841c7148, "
		"fsynr=3D0xb0001, cb=3D0\n", FAULT, 1, 0, 0 },
	{ "'=' that is none", HEAD "fsr=0x402, iova=0x841c7148, "
		"fsynr=0xb0001, cb=0 x=3D\n", "", 0, 1, 0 },
	{ "one '=' that is plain", HEAD "fsr=3D0x402, iova=0x841c7148, "
		"fsynr=3D0xb0001, cb=3D0\n", "", 0, 1, 0 },
	{ "=41 alone is no sign of it", S "macb: bus error =37\n", "", 0, 1,
		0 },
	/* two records on a line */
	{ "lost, and the next record", "** 12 printk messages dropped ** "
		S "macb: bus error 7\n", "lost@1 count=12\nerror@1 count=7\n",
		1, 0, 0 },
	{ "lost, and a text that is unknown",
		"** 12 printk messages dropped ** " S "x\n",
		"lost@1 count=12\n", 1, 0, 0 },
	{ "lost alone", "** 12 printk messages dropped **\n",
		"lost@1 count=12\n", 1, 0, 0 },
	{ "lost, behind a stamp of its own",
		S "** 12 printk messages dropped **\n", "lost@1 count=12\n",
		1, 0, 0 },
	{ "not at the start", "x ** 12 printk messages dropped ** "
		S "macb: bus error 7\n", "", 0, 1, 0 },
	{ "a guest cannot have it", "(d1) ** 12 printk messages dropped ** "
		S "macb: bus error 7\n", "", 0, 1, 0 },
};

static void broken_lines_come_to_this(void **state)
{
	unsigned failed = 0;
	struct world w;

	(void)state;
	world_open(&w, messages);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct row *r = &rows[i];
		struct kept k;

		kept_open(&k, &w, 0);
		kept_read(&k, &w, str_from(r->text), 65536);
		if (!str_eq(kept_events(&k), str_from(r->events)) ||
		    k.tally.matched != r->matched ||
		    k.tally.unmatched != r->unmatched ||
		    k.tally.wrapped != r->wrapped) {
			print_error("%s: %u matched %u unmatched %u wrapped, "
				"got:\n%.*swanted:\n%s", r->name,
				(unsigned)k.tally.matched,
				(unsigned)k.tally.unmatched,
				(unsigned)k.tally.wrapped,
				STR_FMT(kept_events(&k)), r->events);
			failed++;
		}
		kept_close(&k);
	}
	world_close(&w);
	assert_int_equal(failed, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(broken_lines_come_to_this),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

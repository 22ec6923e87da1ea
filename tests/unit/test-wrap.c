/* What loggers, tools and mail put around a line, and what only looks so. */

#include <stdio.h>

#include "tests/unit/unit.h"

/* 2026-11-21 02:40:13 UTC, in seconds since 1970 */
#define T "1795228813"
#define K "[   68.290307] "

/* A stamp in seconds, with as many digits as it is known to. */
static struct str show_stamp(struct arena *a, const struct stamp *s)
{
	static const struct { int64_t unit; int digits; } units[] = {
		{ 1000000000, 0 }, { 100000000, 1 }, { 1000000, 3 },
		{ 1000, 6 }, { 1, 9 },
	};
	int64_t seconds = s->lo / 1000000000, part = s->lo % 1000000000;
	const char *name = clock_kind_name(s->kind);

	if (s->kind == CLOCK_NONE)
		return STR("-");
	for (size_t i = 0; i < COUNT(units); i++)
		if (s->hi - s->lo == units[i].unit && units[i].digits == 0)
			return arena_printf(a, "%s:%lld", name,
					    (long long)seconds);
		else if (s->hi - s->lo == units[i].unit)
			return arena_printf(a, "%s:%lld.%0*lld", name,
					    (long long)seconds, units[i].digits,
					    (long long)(part / units[i].unit));
	return arena_printf(a, "%s:%lld/%lld", name, (long long)seconds,
			    (long long)((s->hi - s->lo) / 1000000000));
}

/* "SPEAKER STAMP OUTER[ user][ entry][ forged]|TEXT" */
static struct str show(struct arena *a, struct str line, enum frame_as as)
{
	struct framed f;
	char speaker[16];

	frame_wrapped(line, as, a, &f);
	assert_str(arena_cstr(a, line), f.raw, "raw is the whole line");
	return arena_printf(a, "%s %.*s %.*s%s%s%s|%.*s",
		speaker_name(f.speaker, speaker),
		STR_FMT(show_stamp(a, &f.stamp)),
		STR_FMT(show_stamp(a, &f.outer)), f.user ? " user" : "",
		f.entry ? " entry" : "", f.forged ? " forged" : "",
		STR_FMT(f.text));
}

struct row { const char *line, *want; };

static void check_rows(const struct row *rows, size_t n)
{
	unsigned failed = 0;

	for (size_t i = 0; i < n; i++) {
		struct arena *a = arena_new();
		struct str got = show(a, str_from(rows[i].line), FRAME_AS_AUTO);

		if (!str_eq(got, str_from(rows[i].want))) {
			print_error("  line: %s\nwanted: %s\n   got: %.*s\n",
				    rows[i].line, rows[i].want, STR_FMT(got));
			failed++;
		}
		arena_free(a);
	}
	assert_int_equal(failed, 0);
}

static const struct row journals[] = {
	/* journalctl -o short, short-precise, short-iso, short-iso-precise */
	{ "Nov 21 02:40:13 zcu102 kernel: macb eth0: x",
		"host - wall-yearless:91161613|macb eth0: x" },
	{ "Nov  1 02:40:13 zcu102 kernel: x", "host - wall-yearless:89433613|x" },
	{ "Nov 21 02:40:13.290307 zcu102 kernel: x",
		"host - wall-yearless:91161613.290307|x" },
	{ "2026-11-21T02:40:13+0000 zcu102 kernel: x", "host - wall:" T "|x" },
	{ "2026-11-21T02:40:13+00:00 zcu102 kernel: x", "host - wall:" T "|x" },
	{ "2026-11-21T02:40:13.290307+00:00 zcu102 kernel: x",
		"host - wall:" T ".290307|x" },
	/* short-full, short-unix */
	{ "Sat 2026-11-21 02:40:13 UTC zcu102 kernel: x",
		"host - wall:" T "|x" },
	{ "Sat 2026-11-21 02:40:13 CEST zcu102 kernel: x",
		"host - wall:" T "|x" },
	{ T ".290307 zcu102 kernel: x", "host - wall:" T ".290307|x" },
	/* short-monotonic, short-delta */
	{ K "zcu102 kernel: macb: x", "host host:68.290307 -|macb: x" },
	{ "[   68.290307 <    0.000123 >] zcu102 kernel: x",
		"host host:68.290307 -|x" },
	{ "[   68.290307 <    0.000123*>] zcu102 kernel: x",
		"host host:68.290307 -|x" },
	{ "[   68.290307                ] zcu102 kernel: x",
		"host host:68.290307 -|x" },
	/* --no-hostname; columns cut away */
	{ "Nov 21 02:40:13 kernel: x", "host - wall-yearless:91161613|x" },
	{ "kernel: x", "host - -|x" },
	{ "kernel: " K "x", "host host:68.290307 -|x" },
	/* the kernel's stamp inside is kept, and is the line's own */
	{ "Nov 21 02:40:13 zcu102 kernel: " K "x",
		"host host:68.290307 wall-yearless:91161613|x" },
	/* lines of programs */
	{ "Nov 21 02:40:13 zcu102 logger[33]: macb: x",
		"unknown - wall-yearless:91161613 user|macb: x" },
	{ "Nov 21 02:40:13 zcu102 root: (XEN) x",
		"xen - wall-yearless:91161613 user|x" },
	{ "Nov 21 02:40:13 zcu102 hypervisor: (XEN) x",
		"xen - wall-yearless:91161613|x" },
	{ "Nov 21 02:40:13 zcu102 logger[3]: [   68.290307] x",
		"host host:68.290307 wall-yearless:91161613 user|x" },
	{ "Nov 21 02:40:13 zcu102 root: x",
		"unknown - wall-yearless:91161613 user|x" },
	{ K "zcu102 systemd[1]: x", "unknown host:68.290307 - user|x" },
	{ K "systemd[1]: x", "unknown host:68.290307 - user|x" },
	{ "Nov 21 02:40:13 zcu102 xenconsoled[7]: (XEN) x",
		"xen - wall-yearless:91161613|x" },
	{ "Nov 21 02:40:13 zcu102 xenconsoled[7]: (d1) x",
		"d1 - wall-yearless:91161613|x" },
	{ "Nov 21 02:40:13 zcu102 logger[33]: kernel: macb: x",
		"unknown - wall-yearless:91161613 user|kernel: macb: x" },
	{ "Nov 21 02:40:13 zcu102 logger[33]: 3,1234,68290307,-;x",
		"unknown - wall-yearless:91161613 user|3,1234,68290307,-;x" },
	{ "Nov 21 02:40:13 kernel oops",
		"unknown - wall-yearless:91161613|kernel oops" },
	{ "-- Boot 0123456789abcdef0123456789abcdef --",
		"unknown - -|-- Boot 0123456789abcdef0123456789abcdef --" },
};

static void a_journal_tells_kernel_from_program(void **state)
{
	(void)state;
	check_rows(journals, COUNT(journals));
}

static const struct row syslogs[] = {
	{ "<3>Nov 21 02:40:13 zcu102 kernel: " K "x",
		"host host:68.290307 wall-yearless:91161613|x" },
	{ "<3>1 2026-11-21T02:40:13.290307Z zcu102 kernel - - - x",
		"host - wall:" T ".290307|x" },
	{ "<3>1 2026-11-21T02:40:13.290307+00:00 zcu102 kernel - - "
		"[meta sequenceId=\"7\"] " K "x",
		"host host:68.290307 wall:" T ".290307|x" },
	{ "<3>1 2026-11-21T02:40:13Z zcu102 kernel - - - \xef\xbb\xbf" "x",
		"host - wall:" T "|x" },
	{ "<11>1 2026-11-21T02:40:13Z zcu102 logger 33 - - macb: x",
		"unknown - wall:" T " user|macb: x" },
	{ "Nov 21 02:40:13 zcu102 user.err kernel: x",
		"host - wall-yearless:91161613|x" },
	{ "Nov 21 02:40:13 zcu102 user.notice root: x",
		"unknown - wall-yearless:91161613 user|x" },
	{ "2026-11-21T02:40:13.290307+00:00 zcu102 kernel: " K "x",
		"host host:68.290307 wall:" T ".290307|x" },
	/* near twins that are none */
	{ "<3>1 2026-13-21T02:40:13Z zcu102 kernel - - - x",
		"unknown - -|1 2026-13-21T02:40:13Z zcu102 kernel - - - x" },
	{ "<3>1 2026-11-21T02:40:13Z zcu102 kernel - - x",
		"unknown - -|1 2026-11-21T02:40:13Z zcu102 kernel - - x" },
	{ "<3>1 2026-11-21T02:40:13Z zcu102 kernel - - [open x",
		"unknown - -|1 2026-11-21T02:40:13Z zcu102 kernel - - "
		"[open x" },
	{ "<3>Nox 21 02:40:13 zcu102 kernel: x",
		"unknown - -|Nox 21 02:40:13 zcu102 kernel: x" },
	{ "<3>", "unknown - -|" },
};

static void a_syslog_has_three_headers(void **state)
{
	(void)state;
	check_rows(syslogs, COUNT(syslogs));
}

static const struct row kernels[] = {
	/* dmesg -T, -x, -xT, -H, -d, --time-format iso, -r */
	{ "[Sat Nov 21 02:40:13 2026] macb: x", "unknown - wall:" T "|macb: x" },
	{ "[Sun Nov  1 02:40:13 2026] x", "unknown - wall:1793500813|x" },
	{ "kern  :err   : " K "x", "host host:68.290307 -|x" },
	{ "user  :notice: " K "x", "host host:68.290307 - user|x" },
	{ "kern  :err   : [Sat Nov 21 02:40:13 2026] x",
		"unknown - wall:" T "|x" },
	{ "[Nov21 02:40] x", "unknown - wall-yearless:91161600/60|x" },
	{ "[  +0.000011] x", "unknown - -|x" },
	{ "[   68.290307 <    0.000123>] x", "host host:68.290307 -|x" },
	{ "2026-11-21T02:40:13,290307+00:00 macb ff0e0000.ethernet eth0: x",
		"unknown - wall:" T ".290307|macb ff0e0000.ethernet eth0: x" },
	{ "<3>" K "x", "host host:68.290307 -|x" },
	/* the thread or processor that printed it */
	{ "[   68.290307][      T0] x", "host host:68.290307 -|x" },
	{ "[   68.290307] [    T12] x", "host host:68.290307 -|x" },
	{ "[   68.290307][   C3] x", "host host:68.290307 -|x" },
	/* /dev/kmsg and netconsole */
	{ "3,1234,68290307,-;macb: x", "host host:68.290307 -|macb: x" },
	{ "6,1234,68290307,c,caller=T1;x", "host host:68.290307 -|x" },
	/* near twins */
	{ "kern  :terrible: " K "x", "unknown - -|kern  :terrible: " K "x" },
	{ "kernels: x", "unknown - -|kernels: x" },
	{ "3,1234,68290307;x", "unknown - -|3,1234,68290307;x" },
	{ "3,1234,68290307,- x", "unknown - -|3,1234,68290307,- x" },
	{ "[  +0.011] x", "unknown - -|[  +0.011] x" },
	{ "[Sat Nox 21 02:40:13 2026] x",
		"unknown - -|[Sat Nox 21 02:40:13 2026] x" },
	{ "[Sat Nov 21 25:40:13 2026] x",
		"unknown - -|[Sat Nov 21 25:40:13 2026] x" },
	{ "[Sat Nov 32 02:40:13 2026] x",
		"unknown - -|[Sat Nov 32 02:40:13 2026] x" },
	{ "[   68.290307  <    0.000123>] x",
		"unknown - -|[   68.290307  <    0.000123>] x" },
	{ "[Sat Nov 21 02:40:13 4026] x",
		"unknown - -|[Sat Nov 21 02:40:13 4026] x" },
	{ "[Nov21 24:40] x", "unknown - -|[Nov21 24:40] x" },
	{ "[Nov21 02:60] x", "unknown - -|[Nov21 02:60] x" },
	{ "[Nov32 02:40] x", "unknown - -|[Nov32 02:40] x" },
};

static void dmesg_has_many_faces(void **state)
{
	(void)state;
	check_rows(kernels, COUNT(kernels));
}

static const struct row serials[] = {
	/* moreutils ts: default, with a format, -s, %.s */
	{ "Nov 21 02:40:13 (XEN) x", "xen - wall-yearless:91161613|x" },
	{ "2026-11-21 02:40:13 (XEN) x", "xen - wall:" T "|x" },
	{ "00:01:08 (XEN) x", "xen - capture:68|x" },
	{ "00:01:08.290307 (XEN) x", "xen - capture:68.290307|x" },
	{ T ".290307 (XEN) x", "xen - wall:" T ".290307|x" },
	/* grabserial -t and -T */
	{ "[68.290307 0.000123] (XEN) x", "xen - capture:68.290307|x" },
	{ "[2026-11-21 02:40:13.290307 0.000123] (XEN) x",
		"xen - wall:" T ".290307|x" },
	{ "[26-11-21 02:40:13 0.000123] (XEN) x", "xen - wall:" T "|x" },
	/* tio, minicom, conserver, Tera Term, LAVA */
	{ "[02:40:13.290] (XEN) x", "xen - capture:9613.290|x" },
	{ "[2026-11-21 02:40:13] (XEN) x", "xen - wall:" T "|x" },
	{ "[Sat Nov 21 02:40:13 2026](XEN) x", "xen - wall:" T "|x" },
	{ "[2026-11-21 02:40:13.290] (XEN) x", "xen - wall:" T ".290|x" },
	{ "2026-11-21T02:40:13.290307  (XEN) x", "xen - wall:" T ".290307|x" },
	/* what is inside keeps its own stamp */
	{ "[2026-11-21 02:40:13] " K "x", "host host:68.290307 wall:" T "|x" },
	{ "[2026-11-21 02:40:13] (XEN) [   66.376696] x",
		"xen xen-boot:66.376696 wall:" T "|x" },
	{ "02:40:13 (XEN) [2026-11-21 02:40:13] x",
		"xen xen-date:" T " capture:9613|x" },
	/* two loggers around each other */
	{ "2026-11-21 02:40:13 Nov 21 02:40:13 zcu102 kernel: " K "x",
		"host host:68.290307 wall-yearless:91161613|x" },
	/* a shell on the same console */
	{ "root@zcu102:~# " K "x", "host host:68.290307 -|x" },
	{ "[root@zcu102 ~]# " K "x", "host host:68.290307 -|x" },
	{ "zcu102:/media/card$ " K "x", "host host:68.290307 -|x" },
	{ "/ # " K "x", "host host:68.290307 -|x" },
	/* near twins */
	{ "root@zcu102:~# x", "unknown - -|root@zcu102:~# x" },
	{ "root@zcu102:~# echo " K "x",
		"unknown - -|root@zcu102:~# echo " K "x" },
	{ "root@zcu102:~ " K "x", "unknown - -|root@zcu102:~ " K "x" },
	{ "(d1) root@zcu102:~# " K "x", "d1 - -|root@zcu102:~# " K "x" },
	{ "2026-00-21 02:40:13 (XEN) x",
		"unknown - -|2026-00-21 02:40:13 (XEN) x" },
	{ "2026-13-21 02:40:13 (XEN) x",
		"unknown - -|2026-13-21 02:40:13 (XEN) x" },
	{ "2026-11-32 02:40:13 (XEN) x",
		"unknown - -|2026-11-32 02:40:13 (XEN) x" },
	{ "2026-11-21 24:40:13 (XEN) x",
		"unknown - -|2026-11-21 24:40:13 (XEN) x" },
	{ "2026-11-21 02:61:13 (XEN) x",
		"unknown - -|2026-11-21 02:61:13 (XEN) x" },
	{ "2026-11-21 02:40 (XEN) x", "unknown - -|2026-11-21 02:40 (XEN) x" },
	{ "Nov 32 02:40:13 (XEN) x", "unknown - -|Nov 32 02:40:13 (XEN) x" },
	{ "Nov 00 02:40:13 (XEN) x", "unknown - -|Nov 00 02:40:13 (XEN) x" },
	{ "1795228813 (XEN) x", "unknown - -|1795228813 (XEN) x" },
	{ "9999999999.290307 (XEN) x", "unknown - -|9999999999.290307 (XEN) x" },
	{ "179522881.290307 (XEN) x", "unknown - -|179522881.290307 (XEN) x" },
	{ "[2026-11-21 02:40:13 (XEN) x",
		"unknown - -|[2026-11-21 02:40:13 (XEN) x" },
};

static void serial_loggers_stamp_each_line(void **state)
{
	(void)state;
	check_rows(serials, COUNT(serials));
}

static const struct row mails[] = {
	{ "> (XEN) x", "xen - -|x" },
	{ ">(XEN) x", "xen - -|x" },
	{ "> > " K "x", "host host:68.290307 -|x" },
	{ ">> > (d1) (XEN) x", "d1 - - forged|x" },
	{ "| (XEN) x", "xen - -|x" },
	{ "    (XEN) x", "xen - -|x" },
	{ "\t" K "x", "host host:68.290307 -|x" },
	{ "    (d1) x", "d1 - -|x" },
	{ "> Nov 21 02:40:13 zcu102 kernel: " K "x",
		"host host:68.290307 wall-yearless:91161613|x" },
	/* near twins */
	{ "|(XEN) x", "unknown - -||(XEN) x" },
	{ "    macb: x", "unknown - -|    macb: x" },
	{ "    [drm] x", "unknown - -|    [drm] x" },
	{ "   (XENO) x", "unknown - -|   (XENO) x" },
	{ "- (XEN) x", "unknown - -|- (XEN) x" },
};

static void mail_quotes_and_indents(void **state)
{
	(void)state;
	check_rows(mails, COUNT(mails));
}

/* What the kernel, Xen and guests print and what looks like a header. */
static const struct row texts[] = {
	{ K "xen:grant_table: x", "host host:68.290307 -|xen:grant_table: x" },
	{ K "xen: --> pirq=16 -> irq=16 (gsi=16)",
		"host host:68.290307 -|xen: --> pirq=16 -> irq=16 (gsi=16)" },
	{ "[   68.290307 <    0.000123>] xen: --> pirq=16",
		"host host:68.290307 -|xen: --> pirq=16" },
	{ K "Xen: initializing cpu0",
		"host host:68.290307 -|Xen: initializing cpu0" },
	{ K "Hardware name: a b", "host host:68.290307 -|Hardware name: a b" },
	{ K "Call Trace:", "host host:68.290307 -|Call Trace:" },
	{ K "nvme nvme0: x", "host host:68.290307 -|nvme nvme0: x" },
	{ K "software IO TLB: mapped [mem 0x1-0x2] (4MB)",
		"host host:68.290307 -|software IO TLB: mapped "
		"[mem 0x1-0x2] (4MB)" },
	{ K "macb ff0e0000.ethernet eth0: x",
		"host host:68.290307 -|macb ff0e0000.ethernet eth0: x" },
	{ K "pcieport 0000:00:1c.0: AER: x",
		"host host:68.290307 -|pcieport 0000:00:1c.0: AER: x" },
	{ K "Nov 21 02:40:13 zcu102 kernel: x",
		"host host:68.290307 -|Nov 21 02:40:13 zcu102 kernel: x" },
	{ K "> x", "host host:68.290307 -|> x" },
	{ "nvme nvme0: x", "unknown - -|nvme nvme0: x" },
	{ "mail: x", "unknown - -|mail: x" },
	{ "(XEN) [2026-11-21 02:40:13] x", "xen xen-date:" T " -|x" },
	{ "(XEN) [2026-11-21 02:40:13.290] x", "xen xen-date:" T ".290 -|x" },
	{ "(XEN) [2026-11-21 24:40:13] x",
		"xen - -|[2026-11-21 24:40:13] x" },
	{ "(XEN) Nov 21 02:40:13 zcu102 kernel: x",
		"xen - -|Nov 21 02:40:13 zcu102 kernel: x" },
	{ "(XEN) > x", "xen - -|> x" },
	{ "(d1) Nov 21 02:40:13 zcu102 kernel: " K "x",
		"d1 - -|Nov 21 02:40:13 zcu102 kernel: " K "x" },
	{ "(d1) <3>1 2026-11-21T02:40:13Z zcu102 kernel - - - x",
		"d1 - -|1 2026-11-21T02:40:13Z zcu102 kernel - - - x" },
	{ "(d1) {\"MESSAGE\":\"(XEN) x\"}",
		"d1 - -|{\"MESSAGE\":\"(XEN) x\"}" },
	{ "(d1) > (XEN) x", "d1 - -|> (XEN) x" },
	{ "Nov 21 02:40:13 (d1) Nov 21 02:40:13 zcu102 kernel: x",
		"d1 - wall-yearless:91161613|Nov 21 02:40:13 zcu102 kernel: x" },
	{ "Nov 21 02:40:13 zcu102 kernel: (d1) (XEN) x",
		"d1 - wall-yearless:91161613 forged|x" },
	{ "", "unknown - -|" },
	{ ">", "unknown - -|" },
	{ "[", "unknown - -|[" },
};

static void a_text_that_looks_like_a_header_stays(void **state)
{
	(void)state;
	check_rows(texts, COUNT(texts));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_journal_tells_kernel_from_program),
		cmocka_unit_test(a_syslog_has_three_headers),
		cmocka_unit_test(dmesg_has_many_faces),
		cmocka_unit_test(serial_loggers_stamp_each_line),
		cmocka_unit_test(mail_quotes_and_indents),
		cmocka_unit_test(a_text_that_looks_like_a_header_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

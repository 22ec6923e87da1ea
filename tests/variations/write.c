/* Prints a scene: the boot, the guest, the witness, the faults. */

#include <stdlib.h>
#include <string.h>

#include "tests/variations/console.h"

#define SMMU "smmu: /smmu@fd800000: "
#define NIC "macb ff0e0000.ethernet eth0: "
#define S(seconds) ((uint64_t)(seconds) * 1000000)
#define U(x) ((unsigned long long)(x))

/* When things happen, since power-on. */
static const uint64_t FAULTS = S(400) + 137000;

static unsigned turned(const struct scene *s, unsigned i, unsigned n)
{
	return s->shuffle ? n - 1 - i : i;
}

static void print_ram(struct console *c)
{
	const struct scene *s = c->scene;

	if (s->boot_log == BOOT_NO_RAM)
		return;
	for (unsigned i = 0; i < s->nram; i++) {
		const struct range *r = &s->ram[turned(s, i, s->nram)];

		say_xen(c, "RAM: %016llx - %016llx", U(r->start),
			U(r->start + r->size - 1));
	}
	say_xen(c, "%s", "");
}

static void print_banks(struct console *c)
{
	const struct scene *s = c->scene;
	uint64_t sum = 0;

	for (unsigned i = 0; i < s->nbank; i++)
		sum += s->bank[i].size;
	say_xen(c, "Allocating 1:1 mappings totalling %lluMB for dom0:",
		U(sum >> 20));
	for (unsigned i = 0; i < s->nbank; i++) {
		unsigned k = turned(s, i, s->nbank);

		if (s->boot_log == BOOT_NO_BANKS ||
		    (s->boot_log == BOOT_LOST_BANK && k == s->nbank - 1))
			continue;
		say_xen(c, "BANK[%u] 0x%014llx-0x%014llx (%lluMB)", i,
			U(s->bank[k].start),
			U(s->bank[k].start + s->bank[k].size),
			U(s->bank[k].size >> 20));
	}
}

static void print_xen_boot(struct console *c)
{
	const struct scene *s = c->scene;

	c->stamping = false;
	say_xen(c, "Checking for initrd in /chosen");
	print_ram(c);
	say_xen(c, "MODULE[0]: 0000000005000000 - 0000000005138000 Xen");
	say_xen(c, "Command line: console=dtuart dtuart=serial0%s",
		s->debug ? "" : " dom0_max_vcpus=2");
	c->stamping = true;
	if (s->boot_log != BOOT_NO_BANNER) {
		say_xen(c, "Xen version %s (builder@lab) (aarch64-linux-gnu-gcc"
			" (GCC) 9.2.0) debug=%c  Mon Jan 18 10:26:41 UTC 2021",
			s->version, s->debug ? 'y' : 'n');
		say_xen(c, "Latest ChangeSet: Thu Dec 17 17:47:25 2020 +0100 "
			"git:%08x", s->nr * 2654435761u);
	}
	say_xen(c, "Processor: 410fd034: \"ARM Limited\", variant: 0x0, "
		"part 0xd03, rev 0x4");
	c->now = c->now < 900000 ? 900000 : c->now;
	say_xen(c, "Brought up 4 CPUs");
	say_xen(c, "I/O virtualisation enabled");
	say_xen(c, "*** LOADING DOMAIN 0 ***");
	print_banks(c);
	if (s->banks_shown)
		say_xen(c, SMMU "d0: p2maddr 0x%016llx",
			U(s->ram[1].start + 0x3f7e2000));
	say_xen(c, "Std. Loglevel: %s",
		s->debug ? "All" : "Errors and warnings");
	say_xen(c, "*** Serial input to DOM0 (type 'CTRL-a' three times to "
		"switch input)");
}

static void print_kernel_boot(struct console *c)
{
	c->now = c->now < 2600000 ? 2600000 : c->now;
	say_kernel(c, "Linux version 5.4.0-xilinx-v2020.1 (oe-user@oe-host) "
		   "(gcc version 9.2.0 (GCC)) #1 SMP Mon Jun 29 08:17:42 UTC "
		   "2020");
	say_kernel(c, "Machine model: ZynqMP ZCU102 Rev1.0");
	say_kernel(c, "Xen 4.14 support found");
	say_xen(c, "d0v0: vGICD: unhandled word write 0x000000ffffffff to "
		"ICACTIVER4");
	say_kernel(c, "xen:grant_table: Grant tables using version 1 layout");
	c->now += 3000000;
	say_kernel(c, "macb ff0e0000.ethernet eth0: Cadence GEM rev 0x50070106 "
		   "at 0xff0e0000 irq 30 (00:0a:35:00:02:a4)");
}

static void print_boot(struct console *c)
{
	if (c->scene->boot_log == BOOT_NONE)
		c->stamping = true;
	else
		print_xen_boot(c);
	if (c->scene->boot_log != BOOT_NONE)
		print_kernel_boot(c);
}

static void start_guest(struct console *c)
{
	const struct scene *s = c->scene;

	pass_to(c, S(40));
	say_shell(c, "root@zcu102:~# xl create /etc/xen/guest.cfg");
	say_kernel(c, "vif vif-%u-0 vif%u.0: Guest Rx ready", s->guest,
		   s->guest);
	if (s->banks_shown)
		say_xen(c, SMMU "d%u: p2maddr 0x%016llx", s->guest,
			U(s->ram[1].start + 0x3f7d0000));
	say_xen(c, "d%uv0: vGICD: unhandled word write 0x000000ffffffff to "
		"ICACTIVER0", s->guest);
}

static void dump_row(struct console *c, unsigned ref, unsigned mapper,
		     uint64_t frame)
{
	say_xen(c, "[0x%03x]      %u 0x%06llx 0x00000100          0 0x%06llx "
		"0x0d", ref, mapper, U(frame), U(frame & 0xfffff));
}

static void dump_domain(struct console *c, unsigned domain, bool pages,
			unsigned mapper)
{
	const struct scene *s = c->scene;

	say_xen(c, "      -------- active --------       "
		"-------- shared --------");
	say_xen(c, "[ref] localdom mfn      pin          "
		"localdom gmfn     flags");
	say_xen(c, "grant-table for remote d%u (v1)", domain);
	say_xen(c, "  1 frames (64 max), 2 maptrack frames (1024 max)");
	if (domain != s->guest) {
		say_xen(c, "no active grant table entries");
		return;
	}
	dump_row(c, 0, 0, s->ram[1].start / 4096 + 0x11);
	for (unsigned i = 0; pages && i < s->nfaults; i++) {
		unsigned k = turned(s, i, s->nfaults);

		dump_row(c, s->ref[k], mapper, s->iova[k] / 4096);
	}
	dump_row(c, 0x7d0, 0, s->ram[1].start / 4096 + 0x12);
}

static void dump(struct console *c, bool pages, unsigned mapper)
{
	const struct scene *s = c->scene;
	unsigned domains[3] = { 0, s->guest, s->other };

	say_xen(c, "gnttab_usage_print_all [ key 'g' pressed");
	for (unsigned i = 0; i < 3; i++)
		dump_domain(c, domains[turned(s, i, 3)], pages, mapper);
	say_xen(c, "gnttab_usage_print_all ] done");
}

static void dump_by_guest(struct console *c)
{
	const struct scene *s = c->scene;
	char row[120];

	say_guest(c, s->guest, "gnttab_usage_print_all [ key 'g' pressed");
	snprintf(row, sizeof(row), "grant-table for remote d%u (v1)", s->guest);
	say_guest(c, s->guest, row);
	for (unsigned i = 0; i < s->nfaults; i++) {
		snprintf(row, sizeof(row), "[0x%03x]      0 0x%06llx 0x00000100"
			 "          0 0x0424cb 0x0d", s->ref[i],
			 U(s->iova[i] / 4096));
		say_guest(c, s->guest, row);
	}
	say_guest(c, s->guest, "gnttab_usage_print_all ] done");
}

/* What was captured of the grants before the fault, in time. */
static void witness_before(struct console *c)
{
	const struct scene *s = c->scene;

	if (s->witness == DUMP_LONG_BEFORE) {
		pass_to(c, FAULTS - S(300));
		dump(c, true, 0);
	}
	pass_to(c, FAULTS - S(12));
	switch (s->witness) {
	case DUMP: dump(c, true, 0); break;
	case DUMP_OTHER_PAGES: dump(c, false, 0); break;
	case DUMP_OTHER_MAPPER: dump(c, true, s->other); break;
	case DUMP_GUEST: dump_by_guest(c); break;
	case DUMP_THEN_WITHOUT: case DUMP_THEN_LOST:
		dump(c, true, 0);
		pass_to(c, FAULTS - S(6));
		if (s->witness == DUMP_THEN_WITHOUT)
			dump(c, false, 0);
		else
			say_xen(c, "printk: 12 messages suppressed.");
		break;
	default: break;
	}
}

static void print_fault(struct console *c, unsigned i)
{
	static const unsigned fsr[] = {
		[TRANSLATION] = 0x402, [PERMISSION] = 0x408,
		[EXTERNAL] = 0x410, [ACCESS_FLAG] = 0x404,
	};
	const struct scene *s = c->scene;
	bool old = strncmp(s->version, "4.10", 4) == 0 ||
		   strncmp(s->version, "4.11", 4) == 0;
	uint64_t iova = i < s->nfaults ? s->iova[i] : s->bank[0].start + 0x5120;
	char text[200], status[40] = "";

	if (!old)
		snprintf(status, sizeof(status), " fsr=0x%x,", fsr[s->kind]);
	snprintf(text, sizeof(text), SMMU "Unhandled context fault:%s "
		 "iova=0x%llx, fsynr=0x%x, cb=%u", status, U(iova),
		 0xb0001u | (unsigned)s->write << 4, s->context);
	if (s->copied || s->forged)
		say_guest(c, s->guest, text);
	if (s->forged)
		return;
	if (s->hresp == HRESP_BEFORE)
		say_kernel(c, NIC "DMA bus error: HRESP not OK");
	if (s->torn && i == 0)
		say_torn(c, (unsigned)(s->random % 1000),
			 NIC "DMA bus error: HRESP not OK", text);
	else
		say_xen(c, "%s", text);
	if (s->hresp == HRESP_AFTER && !(s->torn && i == 0))
		say_kernel(c, NIC "DMA bus error: HRESP not OK");
}

static void print_faults(struct console *c)
{
	const struct scene *s = c->scene;

	for (unsigned i = 0; i < s->nfaults + s->mixed; i++) {
		pass_to(c, FAULTS + i * S(1));
		print_fault(c, i);
	}
	if (s->forged && s->hresp != NO_HRESP)
		say_kernel(c, NIC "DMA bus error: HRESP not OK");
	if (s->witness == DUMP_AFTER) {
		pass_to(c, FAULTS + S(8));
		dump(c, true, 0);
	}
	if (s->hresp == HRESP_LATE) {
		pass_to(c, FAULTS + S(31));
		say_kernel(c, NIC "DMA bus error: HRESP not OK");
	}
	pass_to(c, FAULTS + S(60));
}

static void trace_map(struct console *c, unsigned i, uint64_t at)
{
	const struct scene *s = c->scene;
	uint64_t page = s->iova[i] & ~0xfffull;
	unsigned handle = 40 + i;

	if (s->nr % 2)
		say_trace(c, at, "foreign: (set_foreign_p2m_mapping+0x0/0x118) "
			  "count=1 host_addr=0xffff0000%08x flags=6 ref=%u "
			  "dom=%u status=0 handle=%u dev_bus_addr=0x%llx",
			  0x1000 * i, s->ref[i], s->guest, handle, U(page));
	else
		say_trace(c, at, "gnt_map: (set_foreign_p2m_mapping+0x0/0x118) "
			  "n=1 w={0x%x,0x%llx,0x%llx,0x%llx}", 0x1000 * i,
			  U((uint64_t)s->ref[i] << 32 | 6),
			  U((uint64_t)handle << 32 | s->guest), U(page));
}

static void trace_unmap(struct console *c, unsigned i, uint64_t at)
{
	say_trace(c, at, "unmap: (gnttab_unmap_refs+0x0/0x190) count=1 "
		  "host_addr=0xffff0000%08x dev_bus_addr=0x0 handle=%u",
		  0x1000 * i, 40 + i);
}

static void print_trace(struct console *c)
{
	const struct scene *s = c->scene;
	uint64_t from = FAULTS - S(40), to = FAULTS - S(20);

	if (s->witness == TRACE_LIVE)
		to = FAULTS + S(30);
	if (s->witness == TRACE_LATER)
		from = FAULTS + S(20), to = FAULTS + S(40);
	say_shell(c, "root@zcu102:~# cat /sys/kernel/tracing/trace");
	for (unsigned i = 0; i < s->nfaults; i++)
		trace_map(c, i, from + i * 100);
	for (unsigned i = 0; i < s->nfaults; i++)
		trace_unmap(c, i, to + i * 100);
	say_trace(c, FAULTS + S(50), "foreign: (set_foreign_p2m_mapping+0x0/"
		  "0x118) count=1 host_addr=0xffff00000d000000 flags=6 ref=2001"
		  " dom=%u status=0 handle=90 dev_bus_addr=0x%llx", s->guest,
		  U(s->ram[1].start + 0x13000));
}

/* The same machine once more from its loader on. */
static void reset(struct console *c)
{
	say_loader(c, "U-Boot 2020.01 (Jun 29 2020 - 08:11:02 +0000)");
	say_loader(c, "Starting kernel ...");
	c->booted += c->now + S(20);
	c->now = 137;		/* no two starts take the same time */
	c->ticked = 0;
	print_boot(c);
	start_guest(c);
}

static void dump_to_file(struct console *c, FILE *file)
{
	unsigned first = c->nring;

	c->silent = true;
	dump(c, true, 0);
	c->silent = false;
	for (; first < c->nring; first++)
		fprintf(file, "%s\n", c->ring[first]);
}

static void run(struct console *c, FILE *other)
{
	const struct scene *s = c->scene;
	unsigned first = 0;

	start_guest(c);
	if (s->witness == DUMP_OLD_BOOT) {
		pass_to(c, FAULTS - S(12));
		dump(c, true, 0);
		reset(c);
	}
	if (s->only_replay) {
		c->silent = true;
		first = c->nring;
	}
	witness_before(c);
	if (s->witness == DUMP_OTHER_FILE)
		dump_to_file(c, other);
	print_faults(c);
	if (s->witness >= TRACE_LIVE)
		print_trace(c);
	if (s->only_replay || s->replayed)
		replay_ring(c, s->replayed ? 0 : first);
	say_shell(c, "root@zcu102:~# ");
}

unsigned scene_write(const struct scene *s, FILE *const files[FILES_MAX])
{
	struct console *c = calloc(1, sizeof(*c));
	unsigned boot = s->boot_apart && s->boot_apart_last;
	unsigned rest = s->boot_apart && !s->boot_apart_last;
	unsigned n = 1 + s->boot_apart;

	if (!c)
		abort();
	c->scene = s;
	c->file = files[boot];
	print_boot(c);
	c->file = files[rest];
	run(c, files[n]);
	free(c);
	return n + (s->witness == DUMP_OTHER_FILE);
}

/* Makes a variation up: a shape by its number, everything else by chance. */

#include <string.h>

#include "tests/variations/scene.h"

#define PAGE 0x1000ull
#define MIB (1ull << 20)
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Affected releases first: most scenes need one. */
static const char *const affected[] = {
	"4.12.0", "4.12.1", "4.12.2", "4.12.3", "4.12.4", "4.13.0", "4.13.1",
	"4.13.2", "4.14.0", "4.14.1", "4.14.1-xilinx", "4.12.4-xilinx",
	"4.13.0-rc", "4.14.0-rc", "4.13.2-vendor", "4.12.0.1", "4.14.1-pre",
};

static const char *const others[] = {
	"4.10.1", "4.11.4", "4.11.4-xilinx", "4.13.3", "4.13.4", "4.13.5",
	"4.14.2", "4.14.3", "4.14.4", "4.14.5", "4.14.6", "4.15.0", "4.15.1",
	"4.15.5", "4.16.0", "4.16.6", "4.17.0", "4.17.7", "4.20.1", "4.22.0",
	"4.14.2-xilinx", "4.16-unstable", "4.17-unstable", "4.17.0-rc",
	"4.12-unstable", "4.13-unstable", "4.14-unstable", "4.15-unstable",
	"4.15.0-rc", "4.13.3-pre", "4.14.2-pre", "4.12.0-rc",
};

uint64_t scene_random(struct scene *s, uint64_t n)
{
	uint64_t z = s->random += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (z ^ z >> 31) % n;
}

static bool chance(struct scene *s, unsigned percent)
{
	return scene_random(s, 100) < percent;
}

/* Low memory below 2 GiB, a hole, and high memory in one or two ranges. */
static void choose_memory(struct scene *s)
{
	uint64_t high = (1 + scene_random(s, 14)) << 35;
	uint64_t at;

	s->nram = 2 + (unsigned)scene_random(s, 2);
	s->ram[0] = (struct range){ 0, 2032 * MIB - MIB };
	s->ram[1] = (struct range){ high, 1024 * MIB };
	s->ram[2] = (struct range){ high + 3072 * MIB, 512 * MIB };

	s->nbank = 1 + (unsigned)scene_random(s, RANGES_MAX);
	at = 256 * MIB + scene_random(s, 8) * 32 * MIB;
	for (unsigned i = 0; i < s->nbank; i++) {
		s->bank[i] = (struct range){
			at, (64 + 64 * scene_random(s, 3)) * MIB,
		};
		at += s->bank[i].size + 64 * MIB * (1 + scene_random(s, 2));
	}
	/* A bank in high memory, as boards with little low memory have. */
	if (chance(s, 30))
		s->bank[s->nbank - 1].start = high + 64 * MIB;
}

static bool inside(const struct range *ranges, unsigned n, uint64_t address)
{
	for (unsigned i = 0; i < n; i++)
		if (address - ranges[i].start < ranges[i].size)
			return true;
	return false;
}

static uint64_t some_address(struct scene *s, enum place place)
{
	const struct range *r;
	uint64_t a;

	do {
		if (place == OUTSIDE && chance(s, 50))
			a = (scene_random(s, 2) ? 1ull << 39 : 1ull << 31) +
			    scene_random(s, 1ull << 30);
		else if (place == OUTSIDE)	/* between two ranges */
			a = s->ram[1].start + 1024 * MIB +
			    scene_random(s, 2048 * MIB);
		else if (place == OWN) {
			r = &s->bank[scene_random(s, s->nbank)];
			a = r->start + scene_random(s, r->size);
		} else {
			r = &s->ram[scene_random(s, s->nram)];
			a = r->start + scene_random(s, r->size);
		}
		/* No write to an interrupt doorbell, no address 0. */
	} while ((a & 0xfff) < 0x80 || a < 16 * MIB ||
		 (place == OUTSIDE && inside(s->ram, s->nram, a)) ||
		 (place == FOREIGN && (inside(s->bank, s->nbank, a) ||
				       !inside(s->ram, s->nram, a))));
	return a & ~3ull;
}

static void choose_base(struct scene *s)
{
	s->version = affected[scene_random(s, COUNT(affected) - 7)];
	choose_memory(s);
	s->guest = 1 + (unsigned)scene_random(s, 40);
	s->other = s->guest + 1 + (unsigned)scene_random(s, 9);
	s->nfaults = 1 + (unsigned)scene_random(s, FAULTS_MAX);
	s->witness = DUMP;
	s->hresp = HRESP_AFTER;
	s->debug = chance(s, 30);
	s->banks_shown = s->debug;
	s->printk_time = true;
	s->end = (enum line_end)scene_random(s, 3);
	s->stamp = (enum xen_stamp)scene_random(s, 5);
	s->caller_id = chance(s, 25);
	s->shuffle = chance(s, 50);
	s->boot_apart = chance(s, 25);
	s->boot_apart_last = chance(s, 50);
	s->replayed = chance(s, 20);
	s->copied = chance(s, 20);
	s->mixed = chance(s, 15);
	if (chance(s, 20))
		s->hresp = HRESP_BEFORE;
	if (chance(s, 30))
		s->witness = TRACE_LIVE;
}

static void be_in_other_bank(struct scene *s)
{
	s->banks_shown = true;
	s->context = 1;
	s->mixed = false;
}

static void be_only_replayed(struct scene *s)
{
	s->only_replay = true;
	s->end = END_TTY;
	s->replayed = s->torn = s->copied = s->mixed = false;
	s->hresp = NO_HRESP;
	if (s->witness != DUMP)
		s->witness = NO_WITNESS;
}

/* The one thing that this scene is about. */
static void choose_shape(struct scene *s, unsigned shape)
{
	switch (shape) {
	case 0: case 1: case 2: break;
	case 3: case 4: case 5:
		s->version = affected[scene_random(s, COUNT(affected))];
		break;
	case 6: case 7: case 8: case 9: case 10:
		s->version = others[scene_random(s, COUNT(others))];
		break;
	case 11: s->witness = NO_WITNESS; break;
	case 12:
		s->witness = NO_WITNESS;
		s->hresp = chance(s, 50) ? NO_HRESP : HRESP_LATE;
		break;
	case 13: s->place = OWN; break;
	case 14: s->place = OUTSIDE; break;
	case 15: s->kind = (enum fault_kind)(1 + scene_random(s, 3)); break;
	case 16: s->write = true; break;
	case 17: s->write = true; s->hresp = NO_HRESP; break;
	case 18: be_in_other_bank(s); break;
	case 19:
		s->boot_log = (enum boot_log)(1 + scene_random(s, 5));
		break;
	case 20:
		s->boot_log = BOOT_NONE;
		s->banks_shown = chance(s, 50);	/* the guest's line only */
		break;
	case 21: s->witness = DUMP_LONG_BEFORE; break;
	case 22: s->witness = DUMP_AFTER; break;
	case 23:
		s->witness = DUMP_OTHER_PAGES +
			     (enum witness)scene_random(s, 4);
		break;
	case 24: s->witness = DUMP_OLD_BOOT; break;
	case 25: s->witness = TRACE_ENDED; break;
	case 26: s->witness = TRACE_LATER; break;
	case 27: s->witness = DUMP_OTHER_FILE; break;
	case 28: s->printk_time = s->caller_id = false; break;
	case 29: be_only_replayed(s); break;
	case 30:
		s->forged = true;
		if (chance(s, 50))
			s->witness = DUMP_GUEST;
		break;
	}
	if (shape == 19 && s->boot_log == BOOT_NO_BANNER && chance(s, 50))
		s->told = true;
	if (shape < 12 && chance(s, 25))
		s->torn = true;
}

/* What cannot be captured, or would be two stories in one. */
static void straighten(struct scene *s)
{
	if (s->boot_log == BOOT_NONE || s->boot_log == BOOT_NO_BANNER ||
	    s->witness == DUMP_OLD_BOOT || s->only_replay)
		s->boot_apart = false;
	if (s->torn)
		s->hresp = HRESP_AFTER;
	/* Without line ends nobody knows who printed inside a line. */
	if (s->torn && s->end == END_LF)
		s->nfaults = 1;
	/* Bare lines printed again look like another start of the machine. */
	if (s->stamp == XEN_NONE && s->end != END_TTY)
		s->replayed = false;
	if (s->forged)
		s->torn = s->copied = s->replayed = false;
	if (s->hresp == HRESP_LATE)
		s->printk_time = true;
	if (s->witness == DUMP_OLD_BOOT || s->boot_log == BOOT_NO_BANNER ||
	    s->boot_apart)
		s->replayed = false;
	if (s->boot_log == BOOT_LOST_BANK && s->nbank < 2)
		s->boot_log = BOOT_NO_BANKS;
	s->mixed &= s->place == FOREIGN && s->kind == TRANSLATION;
}

void scene_choose(struct scene *s, unsigned nr)
{
	memset(s, 0, sizeof(*s));
	s->nr = nr;
	s->random = nr * 0x2545f4914f6cdd1du;
	choose_base(s);
	choose_shape(s, nr % SHAPES);
	straighten(s);
	for (unsigned i = 0; i < s->nfaults; i++) {
		s->iova[i] = some_address(s, s->place);
		s->ref[i] = 8 + i + (unsigned)scene_random(s, 300) * 4;
	}
}

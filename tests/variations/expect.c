/*
 * What may be concluded from a scene, from the definitions alone: the table of
 * releases below was read off the branches' headers, the rules are those that
 * grade any cause.  Nothing here may be taken from the program's data files.
 */

#include <stdlib.h>
#include <string.h>

#include "tests/variations/scene.h"

enum release { OLD, AFFECTED, FIXED, UNKNOWN };

/*
 * gnttab_need_iommu_mapping() of Arm: false from a commit of October 2018 on,
 * in the 4.12 development; true again in 4.13.3 and 4.14.2, and by a commit of
 * February 2021 on the way from 4.15.0-rc2 to -rc3.  A tree called X.Y.Z-pre
 * lies between Z-1 and Z, X.Y-unstable before X.Y.0-rc.
 */
static enum release release_of(const char *version)
{
	char *end;
	long minor = strtol(version + 2, &end, 10), patch = -1;

	if (*end == '.')
		patch = strtol(end + 1, &end, 10);
	if (minor < 12)
		return OLD;
	if (minor > 15)
		return FIXED;
	/* Before the first release of a branch: as its neighbours, where these agree. */
	if (patch < 0)
		return minor == 13 || minor == 14 ? AFFECTED : UNKNOWN;
	if (minor == 12)
		return strcmp(end, "-rc") == 0 ? UNKNOWN : AFFECTED;
	if (minor == 15)
		return strcmp(end, "-rc") == 0 ? UNKNOWN : FIXED;
	if (patch < (minor == 13 ? 3 : 2))
		return AFFECTED;
	if (patch == (minor == 13 ? 3 : 2) && strcmp(end, "-pre") == 0)
		return UNKNOWN;
	return FIXED;
}

static bool has_suffix(const char *version)
{
	const char *end = version + strspn(version, "0123456789.");
	unsigned dots = 0;

	/* A fourth number is a vendor's. */
	for (const char *p = version; p < end; p++)
		dots += *p == '.';
	return *end || dots > 2;
}

static bool inside(const struct range *ranges, unsigned n, uint64_t address)
{
	for (unsigned i = 0; i < n; i++)
		if (address - ranges[i].start < ranges[i].size)
			return true;
	return false;
}

/* The instant of the fault is known to some seconds. */
static bool is_dated(const struct scene *s)
{
	bool by_stamp = s->stamp != XEN_NONE && s->stamp != XEN_RAW;

	return by_stamp || (s->printk_time && !s->only_replay);
}

enum proof { NO_PROOF, HINT, LIVE, ENDED };

/* Was the page of the fault granted to dom0 at that instant? */
static enum proof proof_of(const struct scene *s)
{
	bool stamped = s->stamp != XEN_NONE && s->stamp != XEN_RAW;

	switch (s->witness) {
	case DUMP:
		/* Nearer than a minute, or it only supports. */
		return is_dated(s) ? LIVE : HINT;
	case DUMP_OTHER_FILE:
		return stamped ? LIVE : HINT;
	case DUMP_LONG_BEFORE: case DUMP_AFTER: case DUMP_THEN_LOST:
		return HINT;
	case TRACE_LIVE:
		return s->printk_time ? LIVE : HINT;
	case TRACE_ENDED:
		return s->printk_time ? ENDED : HINT;
	case TRACE_LATER:
		return s->printk_time ? NO_PROOF : HINT;
	case NO_WITNESS: case DUMP_OTHER_PAGES: case DUMP_OTHER_MAPPER:
	case DUMP_THEN_WITHOUT: case DUMP_OLD_BOOT: case DUMP_GUEST:
		break;
	}
	return NO_PROOF;
}

static struct expectation say(enum grade grade, const char *because)
{
	return (struct expectation){ .grade = grade, .because = because };
}

/* What is against it, whatever else holds; because is NULL: nothing. */
static struct expectation weigh_against(const struct scene *s, bool model)
{
	bool version_known = s->told || (s->boot_log != BOOT_NONE &&
					 s->boot_log != BOOT_NO_BANNER);
	bool banks = model && s->boot_log != BOOT_NO_BANKS;
	unsigned nbank = s->nbank - (s->boot_log == BOOT_LOST_BANK);

	if (s->kind != TRANSLATION)
		return say(RULED_OUT, "not a translation fault");
	if (version_known && release_of(s->version) == OLD)
		return say(RULED_OUT, "older than the regression");
	if (version_known && release_of(s->version) == FIXED)
		return say(RULED_OUT, "has the fix");
	if (banks && inside(s->bank, nbank, s->iova[0]))
		return say(RULED_OUT, "dom0's own page");
	if (s->place == OUTSIDE && s->boot_log == BOOT_WHOLE)
		return say(RULED_OUT, "no memory there");
	if (s->context > 0 && s->banks_shown && s->boot_log != BOOT_NONE)
		return say(RULED_OUT, "another domain's context bank");
	if (s->write && (s->hresp == HRESP_AFTER || s->hresp == HRESP_BEFORE))
		return say(RULED_OUT, "a network device wrote");
	if (model && proof_of(s) == ENDED)
		return (struct expectation){
			.grade = RULED_OUT, .unmapped = true,
			.because = "the grant had ended",
		};
	return say(ABSENT, NULL);
}

struct expectation scene_expect(const struct scene *s)
{
	bool model = s->boot_log != BOOT_NONE;
	bool weak = s->told || has_suffix(s->version) || s->only_replay ||
		    (s->torn && s->end == END_LF);
	bool device = s->hresp == HRESP_AFTER || s->hresp == HRESP_BEFORE;
	struct expectation against;
	enum proof proof;

	if (s->forged)
		return say(ABSENT, "only a guest said so");
	against = weigh_against(s, model);
	if (against.because)
		return against;
	if (s->boot_log != BOOT_WHOLE && !s->told)
		return say(POSSIBLE, "a part of the boot log is missing");
	if (!s->told && release_of(s->version) == UNKNOWN)
		return say(POSSIBLE, "nobody knows of this release");
	proof = proof_of(s);
	if (proof == LIVE && !weak)
		return say(CONFIRMED, "granted and live");
	if (proof == LIVE)
		return say(LIKELY, "granted and live, but a clue is weak");
	if (proof == HINT || device)
		return say(LIKELY, "all needs, and a hint");
	return say(POSSIBLE, "all needs, no more");
}

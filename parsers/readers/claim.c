/* Who said a line, whether it is new, and what in the catalogue claims it. */
#define _GNU_SOURCE

#include "parsers/readers/text.h"

enum { STAMPED_ALWAYS = 8 };

/* How much the end of a line tells about who printed it. */
static enum trust judge_trust(const struct text *t, const struct framed *f,
			      unsigned returns, bool inside)
{
	if (f->speaker != SPEAKER_XEN || f->trust == TRUST_GUEST)
		return f->trust;
	if (t->guest_focus)
		return TRUST_GUEST;
	/* A program may pass on what a guest says: QEMU, a shell. */
	if (f->user)
		return TRUST_GUEST;
	if (returns > 1)
		return TRUST_HOST;	/* its tty turned \n into \r\n already */
	if (returns == 1)
		return TRUST_HYPERVISOR;
	/* Without line ends, text inside another's line may be that one's. */
	return inside ? TRUST_HOST : TRUST_UNKNOWN;
}

/*
 * "*** Serial input to DOM1 (type …": from here on that guest's output looks
 * like Xen's own (xen/arch/arm/vpl011.c), a change back included; so there is
 * no way back before the machine starts again.
 */
static void change_focus(struct text *t)
{
	struct str name = matcher_value(t->matcher, "name");

	t->guest_focus |= str_starts(name, STR("DOM")) &&
			  !str_eq(name, STR("DOM0"));
}

static void act_on(struct text *t, const struct message *message,
		   const struct framed *framed)
{
	if (framed->trust == TRUST_GUEST)
		return;
	switch (message->means) {
	case MEANS_BOOT_START:
		if (framed->replayed)
			break;
		t->stamped = 0;
		replay_restart(t->replay, true);
		break;
	case MEANS_KERNEL_START:
		if (framed->replayed || framed->speaker >= 0)
			break;
		replay_restart(t->replay, false);
		break;
	case MEANS_FOCUS:
		if (framed->speaker == SPEAKER_XEN)
			change_focus(t);
		break;
	case MEANS_REPLAY_START:
		replay_begin(t->replay, framed);
		break;
	case MEANS_BOOT_EARLY:
		t->stamped = 0;
		break;
	case MEANS_NOTHING: case MEANS_LOST:
	case MEANS_KERNEL_EARLY: case MEANS_COUNT:
		break;
	}
}

static void count_claimed(struct text *t, const struct framed *framed,
			  unsigned returns)
{
	t->claimed = true;
	t->tally->bare_lf += returns == 0;
	t->tally->double_cr += returns > 1;
	t->tally->xen_lines += framed->speaker == SPEAKER_XEN;
	t->tally->host_lines += framed->speaker == SPEAKER_HOST;
	t->programs |= !framed->user &&
		       (framed->speaker == SPEAKER_UNKNOWN || framed->traced);
}

/*
 * A banner again: a log printed once more, or the machine started once more?
 * A log that is printed ends with what was last seen.
 */
static bool starts_again(struct text *t, const struct framed *framed,
			 const struct hit *hits, size_t nhits)
{
	enum clock_kind clock = framed->stamp.kind;
	bool banner = false;

	if (clock == CLOCK_HOST && framed->speaker == SPEAKER_HOST)
		banner = catalog_means(t->catalog, hits, nhits,
				       MEANS_KERNEL_EARLY) ||
			 catalog_means(t->catalog, hits, nhits,
				       MEANS_KERNEL_START);
	else if (clock == CLOCK_XEN_BOOT && framed->speaker == SPEAKER_XEN &&
		 framed->trust != TRUST_GUEST && !framed->through_tty)
		banner = catalog_means(t->catalog, hits, nhits,
				       MEANS_BOOT_EARLY) ||
			 catalog_means(t->catalog, hits, nhits,
				       MEANS_BOOT_START);
	return banner && !near_comes_again(&t->near, t->window, t->at, clock);
}

/*
 * With console_timestamps= every line of Xen's has a time from then on
 * (xen/drivers/char/console.c printk_start_of_line()), its first lines aside.
 * One without is another's: what a program of dom0 passes on from a guest.
 */
static void judge_stamp(struct text *t, struct framed *framed,
			const struct hit *hits, size_t nhits)
{
	if (framed->speaker != SPEAKER_XEN || framed->trust == TRUST_GUEST)
		return;
	if (framed->stamp.kind != CLOCK_NONE) {
		t->stamped++;
	} else if (t->stamped >= STAMPED_ALWAYS &&
		   !catalog_means(t->catalog, hits, nhits, MEANS_BOOT_EARLY) &&
		   !catalog_means(t->catalog, hits, nhits, MEANS_BOOT_START)) {
		framed->trust = TRUST_GUEST;
		t->tally->unstamped++;
	}
}

/* The first lines of a power-on are not dated by the one before it, either. */
static void part_times(struct text *t, const struct framed *framed,
		       const struct hit *hits, size_t nhits)
{
	if (framed->speaker != SPEAKER_XEN || framed->replayed ||
	    framed->trust == TRUST_GUEST)
		return;
	if (catalog_means(t->catalog, hits, nhits, MEANS_BOOT_START) ||
	    catalog_means(t->catalog, hits, nhits, MEANS_BOOT_EARLY))
		near_restart(&t->near, t->window, t->at);
}

bool text_claim(struct text *t, struct framed *framed, unsigned returns,
		const struct hit *hits, size_t nhits)
{
	const struct message *message;
	enum novelty novelty;

	if (nhits == 0 && !matcher_wants_all(t->matcher))
		return false;
	t->tally->examined++;
	judge_stamp(t, framed, hits, nhits);
	novelty = replay_judge(t->replay, framed,
			       matcher_is_open(t->matcher));
	if (novelty != NOVELTY_NEW && starts_again(t, framed, hits, nhits)) {
		replay_restart(t->replay, true);
		novelty = NOVELTY_NEW;
	}
	if (novelty == NOVELTY_REPEAT) {
		t->repeated = true;
		/* A banner again: what stood before it began no power-on. */
		if (catalog_means(t->catalog, hits, nhits, MEANS_BOOT_START))
			t->sink->not_a_boot(t->sink);
		return true;
	}
	framed->replayed = novelty == NOVELTY_LATE;
	part_times(t, framed, hits, nhits);
	message = matcher_line(t->matcher, framed, hits, nhits);
	if (!message)
		return false;
	count_claimed(t, framed, returns);
	act_on(t, message, framed);
	replay_remember(t->replay, framed);
	return true;
}

void text_doubt(struct text *t, struct str harm)
{
	if (!t->doubt.any)
		return;
	unclaimed_take(t->unclaimed, &t->doubt.framed,
		       t->doubt.reason.n ? t->doubt.reason : harm);
	if (harm.n && !t->doubt.reason.n)
		t->lost = harm;
	t->doubt.any = false;
}

void text_scan_own(struct text *t, struct str text)
{
	t->own.count = 0;
	catalog_scan(t->catalog, text, &t->own);
}

/*
 * Xen prints the level marker of a message in full when the one before it had
 * no line end: "…mask 0x7fff<2>smmu: …" (console.c printk_start_of_line()).
 */
static ptrdiff_t find_marker(struct str text)
{
	for (size_t i = 1; i + 3 < text.n; i++)
		if (text.p[i] == '<' && text.p[i + 2] == '>' &&
		    text.p[i + 1] >= '0' && text.p[i + 1] <= '3' &&
		    text.p[i + 3] >= 'a' && text.p[i + 3] <= 'z')
			return (ptrdiff_t)i;
	return -1;
}

static bool claim_split(struct text *t, struct framed *framed,
			unsigned returns)
{
	struct str rest = framed->text;
	bool claimed = false;

	for (;;) {
		ptrdiff_t at = find_marker(rest);

		framed->text = str_trim_end(at < 0 ? rest
					   : str_head(rest, (size_t)at));
		text_scan_own(t, framed->text);
		claimed |= text_claim(t, framed, returns, t->own.items,
				 t->own.count);
		if (at < 0)
			return claimed;
		rest = str_skip(rest, (size_t)at + 3);
	}
}

static struct where here(const struct text *t)
{
	return (struct where){
		.capture = t->capture, .line = (uint32_t)t->line,
		.offset = t->window.offset + t->at,
	};
}

bool text_claim_joined(struct text *t, struct str joined, unsigned returns,
		       bool inside, uint32_t tail)
{
	struct framed framed;

	frame_wrapped(joined, t->as, t->arena, &framed);
	if (framed.speaker == SPEAKER_UNKNOWN)	/* an indented paste */
		framed.text = str_trim(framed.text);
	text_scan_own(t, framed.text);
	if (!t->own.count && !matcher_wants_all(t->matcher))
		return false;
	framed.where = here(t);
	framed.trust = judge_trust(t, &framed, returns, inside);
	framed.through_tty = returns > 1;
	framed.tail = tail;
	return text_claim(t, &framed, returns, t->own.items, t->own.count);
}

/* Nobody says this line: the reader does. */
void text_tell_lost(struct text *t, struct str line)
{
	struct framed framed = {
		.raw = line, .speaker = SPEAKER_FILE, .trust = TRUST_HOST,
		.where = here(t), .rebuilt = true,
		.text = arena_printf(t->arena, "lost line: %.*s",
				     STR_FMT(t->lost)),
	};

	t->lost = (struct str){ 0 };
	text_scan_own(t, framed.text);
	matcher_line(t->matcher, &framed, t->own.items, t->own.count);
}

/* What the other fields of a journal's entry say of its message. */
static void place_entry(const struct text *t, struct framed *framed)
{
	struct entry_says says = near_entry(t->window, t->at);

	framed->user |= says.user && framed->trust != TRUST_GUEST &&
		!(says.relay && framed->speaker == SPEAKER_XEN);
	if (says.kernel && framed->speaker == SPEAKER_UNKNOWN) {
		framed->speaker = SPEAKER_HOST;
		framed->trust = TRUST_HOST;
	}
	if (framed->stamp.kind == CLOCK_NONE && framed->speaker != SPEAKER_XEN)
		framed->stamp = says.stamp;
}

bool text_take_piece(struct text *t, struct str piece, unsigned returns,
		       bool inside, const struct hit *hits, size_t nhits)
{
	size_t second = text_second_record(piece);
	struct framed framed;

	if (second) {
		text_scan_own(t, str_head(piece, second));
		text_take_piece(t, str_trim_end(str_head(piece, second)),
				returns, inside, t->own.items, t->own.count);
		piece = str_skip(piece, second);
		text_scan_own(t, piece);
		hits = t->own.items;
		nhits = t->own.count;
	}
	frame_wrapped(piece, t->as, t->arena, &framed);
	framed.where = here(t);
	if (t->word.n) {
		framed.text = arena_printf(t->arena, "%.*s%.*s",
					   STR_FMT(t->word), STR_FMT(piece));
		framed.rebuilt = true;
	}
	if (framed.entry)
		place_entry(t, &framed);
	if (framed.rebuilt) {
		text_scan_own(t, framed.text);
		hits = t->own.items;
		nhits = t->own.count;
	}
	framed.trust = judge_trust(t, &framed, returns, inside);
	framed.through_tty = returns > 1;
	if (framed.speaker == SPEAKER_XEN &&
	    memmem(framed.text.p, framed.text.n, ">smmu", 5))
		return claim_split(t, &framed, returns);
	if (text_claim(t, &framed, returns, hits, nhits))
		return true;
	/* An indented paste of lines without stamps. */
	if (framed.speaker == SPEAKER_UNKNOWN && framed.text.n &&
	    framed.text.p[0] == ' ') {
		framed.text = str_trim(framed.text);
		if (text_claim(t, &framed, returns, hits, nhits))
			return true;
	}
	/* Where kernels date their lines, one without a stamp is a shell's. */
	t->doubt.any = framed.trust != TRUST_GUEST && !t->word.n &&
		       (framed.speaker != SPEAKER_UNKNOWN ||
			t->tally->host_lines + t->tally->xen_lines == 0) &&
		       catalog_suspects(t->catalog, hits, nhits,
					&t->doubt.reason);
	t->doubt.framed = framed;
	return false;
}

/* The dated lines around an undated one, within INPUT_LOOK either side. */
#ifndef PARSERS_READERS_NEAR_H
#define PARSERS_READERS_NEAR_H

#include "parsers/frame/frame.h"
#include "parsers/input/input.h"

/* What the last search found, so that none looks at a byte twice. */
struct near_memory {
	bool any;		/* a search was made */
	uint64_t asked;		/* offset it started from */
	uint64_t reached;	/* offset of what it found, or how far it went */
	struct stamp stamp;	/* kind NONE: nothing */
};

struct near {
	enum frame_as as;		/* what may stand around a line */
	struct near_memory before[CLOCK_KINDS], after[CLOCK_KINDS];
	uint64_t spent;			/* bytes that near_comes_again() read */
	uint64_t start;			/* offset that the power-on begins at */
};

/* A power-on begins at byte at: its lines are not dated by what is before. */
void near_restart(struct near *, struct window, size_t at);

/*
 * The nearest stamp of the wanted kind (NONE: any clock that tells ns and is
 * not a guest's) before or after the line that starts at byte at of the window.
 */
struct stamp near_before(struct near *, struct window, size_t at,
			 enum clock_kind want);
struct stamp near_after(struct near *, struct window, size_t at,
			enum clock_kind want);

/*
 * Does the last stamp of that clock before this line come again after it,
 * within INPUT_LOOK?  So it does when a log is printed again.
 */
bool near_comes_again(struct near *, struct window, size_t at,
		      enum clock_kind clock);

/* What the fields around "MESSAGE=" of a journal's entry tell of it. */
struct entry_says {
	struct stamp stamp;		/* the host's */
	bool kernel, user;		/* the kernel wrote it, somebody else did */
	bool relay;			/* … one whose log holds what Xen prints */
};

struct entry_says near_entry(struct window, size_t at);

#endif

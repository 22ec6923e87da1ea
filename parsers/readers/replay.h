/*
 * Replays: the console ring printed again (xl dmesg, xenconsoled's log, debug
 * key w), and dmesg run on the console.  What was seen before is no new event.
 */
#ifndef PARSERS_READERS_REPLAY_H
#define PARSERS_READERS_REPLAY_H

#include "parsers/frame/frame.h"

enum novelty {
	NOVELTY_NEW,		/* printed when it happened */
	NOVELTY_LATE,		/* in a replay, but not seen before */
	NOVELTY_REPEAT,		/* in a replay, and seen before */
};

struct replay;

struct replay *replay_new(void);
void replay_free(struct replay *);
/* Forgets the clocks: another power-on, or another kernel of the host. */
void replay_restart(struct replay *, bool whole_machine);
/* Debug key w was pressed: the ring follows, up to the same line. */
void replay_begin(struct replay *, const struct framed *);
/*
 * inside: a block is open, whose lines may be alike although they came in the
 * same microsecond.
 */
enum novelty replay_judge(struct replay *, const struct framed *, bool inside);
/* A line that was claimed: remembered. */
void replay_remember(struct replay *, const struct framed *);

#endif

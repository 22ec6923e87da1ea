/*
 * What the unit tests share: cmocka, a small dictionary of fields, and a sink
 * that writes down what it is given, one line an event.
 */
#ifndef TESTS_UNIT_UNIT_H
#define TESTS_UNIT_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsers/readers/reader.h"

/* Two entries that many worlds have: a fault that Xen tells, and a device's error. */
#define MESSAGE_FAULT \
	"message fault\n" "title T\n" "from xen\n" \
	"text smmu: fault at {addr}\n" \
	"sample? (XEN) smmu: fault at 1\n" "\n"
#define MESSAGE_ERROR \
	"message error\n" "title T\n" "from linux\n" \
	"text macb: bus error {count}\n" \
	"sample? macb: bus error 1\n" "\n"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* The text and the slice that is expected; says both when they differ. */
void assert_str(const char *want, struct str got, const char *about);

/* ---- a catalogue of a test's own --------------------------------------- */

struct world {
	struct arena *arena;
	struct fields fields;
	struct catalog *catalog;
};

/* messages: the text of a .msg file, which must be right */
void world_open(struct world *, const char *messages);
void world_close(struct world *);
/* The same, not sealed: more can be read. */
void world_read(struct world *, const char *messages);
/* How many problems the reader, the seal and the self-test find in a text. */
unsigned world_problems(const char *messages);
/* The same, and they are printed. */
unsigned world_loud(const char *messages);

/* ---- a sink that keeps ------------------------------------------------- */

enum show { SHOW_WHO = 1, SHOW_WHEN = 2, SHOW_TEXT = 4 };

struct kept {
	struct sink sink;		/* first */
	const struct fields *fields;
	unsigned show;
	struct { char *p; size_t n, room; } events, claims;
	unsigned nevents, nclaims;
	struct tally tally;
};

void kept_open(struct kept *, const struct world *, unsigned show);
void kept_close(struct kept *);
/* "NAME@LINE flags field=value ...\n" an event */
struct str kept_events(const struct kept *);
/* "NAME@LINE[+TAIL] TEXT\n" a claimed line */
struct str kept_claims(const struct kept *);

/* Reads a whole text into the sink and checks that each line was counted. */
void kept_read(struct kept *, const struct world *, struct str text,
	       size_t max_line);
/* What a text comes to, as kept_events(); the arena owns it. */
struct str events_of(const struct world *, struct arena *, struct str text,
		     unsigned show);

/* ---- the same random numbers each time --------------------------------- */

struct dice {
	uint64_t state;
};

unsigned dice_roll(struct dice *, unsigned below);

#endif

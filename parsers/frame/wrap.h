/*
 * What loggers, tools and mail put around a line before it reaches us; one
 * line may be wrapped several times.  Not for other rooms.
 */
#ifndef PARSERS_FRAME_WRAP_H
#define PARSERS_FRAME_WRAP_H

#include "parsers/base/arena.h"
#include "parsers/frame/frame.h"

struct wrapped {
	struct str text;		/* what is left; may be in the arena */
	struct stamp outer;		/* by the logger's clock; kind NONE */
	struct stamp inner;		/* by the kernel's, where that is told */
	bool user;			/* a program says it, not the kernel */
	bool relay;			/* … one that passes Xen's console on */
	bool kernel;			/* the logger says that the kernel does */
	bool foreign;			/* its facility is not the kernel's */
};

/* Takes off all that as allows.  arena NULL: what needs memory stays on. */
void wrap_peel(struct str line, enum frame_as as, struct arena *arena,
	       struct wrapped *out);

/* header.c: each takes one header off; the arena is not used. */
bool header_both(struct wrapped *, struct arena *);
bool header_date(struct wrapped *, struct arena *);
bool header_rfc5424(struct wrapped *, struct arena *);
bool header_priority(struct wrapped *, struct arena *);
bool header_facility(struct wrapped *, struct arena *);
bool header_kmsg(struct wrapped *, struct arena *);
bool header_kernel(struct wrapped *, struct arena *);
bool header_monotonic(struct wrapped *, struct arena *);

/* header.c: who a logger says it was */
void wrap_program(struct wrapped *, struct str name);

/* journal.c: one object of "journalctl -o json", "MESSAGE=…" of export */
bool journal_json(struct wrapped *, struct arena *);
bool journal_export(struct wrapped *);

/* calendar.c: each takes a date or a time of day off the front of a text */
bool calendar_iso(struct str *, struct stamp *);     /* 2026-11-21T02:40:13.29+00:00 */
bool calendar_bsd(struct str *, struct stamp *);     /* Nov 21 02:40:13 */
bool calendar_ctime(struct str *, struct stamp *);   /* Sat Nov 21 02:40:13 2026 */
bool calendar_full(struct str *, struct stamp *);    /* Sat 2026-11-21 02:40:13 UTC */
bool calendar_day(struct str *, struct stamp *);     /* 02:40:13.290 */
bool calendar_epoch(struct str *, struct stamp *);   /* 1605926413.290307 */
bool calendar_minute(struct str *, struct stamp *);  /* Nov21 02:40 */

#endif

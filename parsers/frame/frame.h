/*
 * Framing: who said a line, when, and what is left as its text.
 *
 * A console carries several speakers on one wire (xen/drivers/char/console.c
 * vprintk_common(), guest_printk()); each line tells its own speaker by the
 * prefix, and only by it.
 */
#ifndef PARSERS_FRAME_FRAME_H
#define PARSERS_FRAME_FRAME_H

#include <stdint.h>

#include "parsers/base/str.h"

/* Speakers: a domain id (0 and up) for a guest, or one of these. */
enum {
	SPEAKER_UNKNOWN = -1, SPEAKER_XEN = -2, SPEAKER_HOST = -3,
	SPEAKER_FILE = -4,	/* nobody: what faultline found in a file */
};

/* Who could have printed the line. */
enum trust {
	TRUST_UNKNOWN,		/* line ends were normalised: nobody can tell */
	TRUST_HYPERVISOR,
	TRUST_HOST,		/* the host's kernel or its users */
	TRUST_GUEST,		/* a guest: never evidence about the machine */
};

enum clock_kind {
	CLOCK_NONE,
	CLOCK_XEN_BOOT,		/* console_timestamps=boot, ns */
	CLOCK_XEN_RAW,		/* console_timestamps=raw, ticks */
	CLOCK_XEN_DATE,		/* console_timestamps=date or datems, ns UTC */
	CLOCK_HOST,		/* printk of the host's kernel, ns */
	CLOCK_TRACE,		/* ftrace, by default printk's own, ns */
	CLOCK_TRACE_OTHER,	/* of faultline's own form, ns; its head says which */
	CLOCK_TRACE_PERF,	/* of perf script, which does not say which, ns */
	CLOCK_GUEST,		/* printk of a guest's kernel, ns */
	CLOCK_WALL,		/* calendar of a logger, ns since 1970 in its zone */
	CLOCK_WALL_YEARLESS,	/* the same without a year: ns since its January */
	CLOCK_CAPTURE,		/* what receives the serial line, ns from its start or of the day */
	CLOCK_KINDS
};

const char *clock_kind_name(enum clock_kind);
const char *trust_name(enum trust);
/* "xen", "host", "file", "unknown" or "dN"; buffer takes 16 bytes. */
const char *speaker_name(int speaker, char *buffer);

struct where {
	uint32_t capture, line;	/* line from 1 */
	uint64_t offset;	/* byte offset of the line */
};

/* An instant known to the resolution of its stamp: lo <= t < hi. */
struct stamp {
	enum clock_kind kind;
	int64_t lo, hi;
};

struct framed {
	struct str raw;		/* the whole line, cleaned */
	struct str text;	/* what is left of it */
	int speaker;
	enum trust trust;
	bool traced;		/* an ftrace record */
	bool forged;		/* a guest's text that starts like Xen's */
	bool through_tty;	/* ends in \r\r\n: the host's tty printed it */
	bool replayed;		/* first seen in a replay of the console ring */
	bool user;		/* a logger tells that a program says it, not the kernel */
	bool entry;		/* a field of a journal's entry: others tell its time */
	bool rebuilt;		/* text is no part of raw: it was decoded */
	struct stamp stamp;
	struct stamp outer;	/* of what logged or received the line */
	struct where where;
	uint32_t tail;		/* line of the second half of a torn line, or 0 */
};

/* What may stand around a line: --as of the command line. */
enum frame_as {
	FRAME_AS_AUTO, FRAME_AS_CONSOLE, FRAME_AS_MAIL, FRAME_AS_SYSLOG,
	FRAME_AS_JOURNAL, FRAME_AS_JSON, FRAME_AS_EXPORT, FRAME_AS_DMESG,
	FRAME_AS_KMSG, FRAME_AS_RING, FRAME_AS_SERIAL, FRAME_AS_FILE,
	FRAME_AS_COUNT
};

const char *frame_as_name(enum frame_as, const char **title);
bool frame_as_find(struct str name, enum frame_as *);

struct arena;

/*
 * Takes off what loggers, tools and mail put around a line, then frames what
 * is left.  arena: where a decoded text goes; NULL: it is not decoded.
 */
void frame_wrapped(struct str line, enum frame_as, struct arena *,
		   struct framed *out);

/*
 * Peels the prefixes off a cleaned line (no line end, no control bytes).
 * Fills raw, text, speaker, traced, forged and stamp; trust is what the
 * prefix alone tells.
 */
void frame_line(struct str line, struct framed *out);

/* True when the line starts with something that frame_wrapped() takes off. */
bool frame_has_prefix(struct str line, enum frame_as);

/* The kernel's or Xen's time stamp of a line; kind NONE if none. */
struct stamp frame_stamp(struct str line, enum frame_as);

/*
 * True when "(d1) ", "DOM1: " or "HVM1: " stands anywhere: what follows may be
 * a guest's.
 */
bool frame_names_guest(struct str line);

/* A kernel's stamp behind the start of a text: its offset, or -1. */
ptrdiff_t frame_inner_stamp(struct str text);

/* True for a program whose log holds what Xen prints. */
bool frame_relays(struct str program);

/*
 * Where another speaker's line starts inside this one: the offset of a
 * "(XEN) ", of a guest's "(d1) ", or of a kernel's stamp that is not at the
 * start and not a guest's or a program's text, or -1.
 */
ptrdiff_t frame_tear(struct str line, enum frame_as);

#endif

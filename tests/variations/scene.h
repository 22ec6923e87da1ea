/*
 * One variation of the flagship capture: what happened on the machine and how
 * it was captured.  scene_choose() makes it up, scene_write() prints it as the
 * console would, scene_expect() says what an expert may conclude from it.  The
 * three know nothing of the program under test and of its data files.
 */

#ifndef TESTS_VARIATIONS_SCENE_H
#define TESTS_VARIATIONS_SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { RANGES_MAX = 4, FAULTS_MAX = 3, FILES_MAX = 3, SHAPES = 31 };

struct range {
	uint64_t start, size;
};

/* What of the boot log the captures hold. */
enum boot_log {
	BOOT_WHOLE, BOOT_NONE, BOOT_NO_RAM, BOOT_NO_BANKS, BOOT_LOST_BANK,
	BOOT_NO_BANNER,
};

enum fault_kind { TRANSLATION, PERMISSION, EXTERNAL, ACCESS_FLAG };

enum place { FOREIGN, OWN, OUTSIDE };

/* What shows that dom0 has the page of the fault mapped, or had. */
enum witness {
	NO_WITNESS,
	DUMP,			/* debug key g, seconds before */
	DUMP_LONG_BEFORE,	/* minutes before */
	DUMP_AFTER,		/* after the fault */
	DUMP_OTHER_PAGES,	/* a dump in which the page is not granted */
	DUMP_OTHER_MAPPER,	/* granted, and mapped by another domain */
	DUMP_THEN_WITHOUT,	/* a second dump no longer has it */
	DUMP_THEN_LOST,		/* Xen suppressed messages in between */
	DUMP_OLD_BOOT,		/* the machine was reset in between */
	DUMP_GUEST,		/* a guest printed something like a dump */
	DUMP_OTHER_FILE,	/* xl dmesg of it, in a file of its own */
	TRACE_LIVE, TRACE_ENDED, TRACE_LATER,
};

enum hresp { NO_HRESP, HRESP_AFTER, HRESP_BEFORE, HRESP_LATE };

enum line_end { END_LF, END_CRLF, END_TTY };	/* TTY: dom0 ends \r\r\n */

enum xen_stamp { XEN_NONE, XEN_BOOT, XEN_RAW, XEN_DATE, XEN_DATEMS };

struct scene {
	unsigned nr;
	uint64_t random;
	/* the machine */
	const char *version;
	bool told;			/* the version comes from --fact */
	struct range ram[RANGES_MAX], bank[RANGES_MAX];
	unsigned nram, nbank;
	unsigned guest, other;		/* domids */
	unsigned context;		/* bank of the fault */
	bool banks_shown;		/* the p2maddr lines are in the log */
	bool debug;
	/* the fault */
	enum fault_kind kind;
	enum place place;
	bool write;
	unsigned nfaults;
	uint64_t iova[FAULTS_MAX];
	unsigned ref[FAULTS_MAX];
	bool mixed;			/* one more fault, on a page of dom0 */
	bool forged;			/* only a guest printed the faults */
	bool copied;			/* a guest printed the faults too */
	enum witness witness;
	enum hresp hresp;
	/* the capture */
	enum boot_log boot_log;
	enum line_end end;
	enum xen_stamp stamp;
	bool printk_time, caller_id;
	bool torn;
	bool replayed;			/* xl dmesg repeats it all */
	bool only_replay;		/* the faults stand in xl dmesg alone */
	bool boot_apart, boot_apart_last;
	bool shuffle;			/* ranges and grants in another order */
};

enum grade { ABSENT, RULED_OUT, POSSIBLE, LIKELY, CONFIRMED };

struct expectation {
	enum grade grade;
	bool unmapped;			/* grant-unmapped-in-flight instead */
	const char *because;
};

/* A number below n; the same scene gives the same numbers. */
uint64_t scene_random(struct scene *s, uint64_t n);

/* The scene of that number. */
void scene_choose(struct scene *s, unsigned nr);

/* Writes its captures; returns how many there are. */
unsigned scene_write(const struct scene *s, FILE *const files[FILES_MAX]);

struct expectation scene_expect(const struct scene *s);

/* The scene in one line. */
void scene_print(const struct scene *s, FILE *out);

const char *grade_word(enum grade grade);

#endif

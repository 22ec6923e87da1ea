/* The one grading rule. */
#ifndef ANALYZER_JUDGE_GRADE_H
#define ANALYZER_JUDGE_GRADE_H

#include "analyzer/judge/judge.h"

enum grade {
	GRADE_NONE = 0,		/* no trigger: neither run nor shown */
	GRADE_CONFIRMED = 1, GRADE_LIKELY, GRADE_POSSIBLE, GRADE_RULED_OUT = 9
};

const char *grade_name(enum grade);

/* A clue that was found for one case. */
struct found {
	const struct clue_decl *decl;
	struct str says;
	int64_t n, capture, line;
	bool has_line;		/* false: the user told it, no line shows it */
	bool forgeable;		/* the host could have printed Xen's line */
};

/* Why a grade is lower than its clues would give, or a clue rules nothing out. */
enum cap_kind {
	CAP_DECLARED,		/* a clue of role caps */
	CAP_FORGEABLE, CAP_TOLD
};

struct cap {
	enum cap_kind kind;
	const struct clue_decl *of;	/* the clue that counts for less */
	const struct found *by;		/* CAP_DECLARED: the clue that weakens it */
};

enum { CAPS_MAX = 2 * CLUES_MAX };

const char *cap_name(enum cap_kind);

struct grading {
	enum grade grade;
	enum grade would;		/* the grade without what holds it down */
	struct cap caps[CAPS_MAX];	/* those without which would, or an exclusion, held */
	unsigned ncaps;
	enum evidence evidence;		/* best kind among what it rests on */
	unsigned missing;
	const struct clue_decl *missing_needs[CLUES_MAX];
	struct str ruled_out_by;	/* in words */
	const struct clue_decl *excluder;
	bool held_down;			/* by a cap, a forgeable line or the user's word */
};

/*
 * observed(arg, what): could the captures have shown it?  Order of found is
 * left alone.
 */
void grade_case(const struct cause *, const struct found *found, unsigned n,
		bool (*observed)(void *arg, struct str what), void *arg,
		struct grading *);

#endif

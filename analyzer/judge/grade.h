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

struct grading {
	enum grade grade;
	enum evidence evidence;		/* best kind among what it rests on */
	unsigned missing;
	const struct clue_decl *missing_needs[CLUES_MAX];
	struct str ruled_out_by;	/* in words */
	const struct clue_decl *excluder;
	bool held_down;			/* by a cap or a forgeable line */
};

/*
 * observed(arg, what): could the captures have shown it?  Order of found is
 * left alone.
 */
void grade_case(const struct cause *, const struct found *found, unsigned n,
		bool (*observed)(void *arg, struct str what), void *arg,
		struct grading *);

#endif

/* What the files of this room share; not for other rooms. */
#ifndef ANALYZER_JUDGE_INSIDE_H
#define ANALYZER_JUDGE_INSIDE_H

#include "analyzer/judge/grade.h"

enum { FOUND_MAX = 256 };

/* A 'when', and whether it has a row. */
struct asked {
	struct str when;
	bool any;
};

struct judge {
	struct store *store;
	const struct data *data;
	struct arena *arena;		/* of one cause */
	struct query *trust, *place, *incident, *observed, *cause, *verdict, *clue,
		*missing, *cap;
	int64_t boot;			/* of the subject being graded */
	int64_t next_id;
	bool told;			/* the user told a clock */
	struct asked *asked;
	unsigned nasked;
};

/* What one cause says of one subject: the best of its cases. */
struct best {
	struct arena *arena;		/* of what was found */
	int64_t subject, case_id;
	bool has_case;
	struct grading grading;
	struct found found[FOUND_MAX];
	unsigned nfound;
	int64_t n;
};

/* verdict.c: the statements that write, prepared once a run. */
void verdict_open(struct judge *);
void verdict_close(struct judge *);
/* The verdict on a subject; nothing where there is none. */
void verdict_write(struct judge *, const struct cause *, const struct best *);

#endif

/*
 * Causes to clues, clues to grades.  A cause is a text file: a header that
 * declares clues with their roles, and one SELECT that finds them.  The grade
 * comes from the roles by one rule for all causes (grade.c).
 */
#ifndef ANALYZER_JUDGE_JUDGE_H
#define ANALYZER_JUDGE_JUDGE_H

#include "analyzer/store/store.h"

enum role {
	ROLE_TRIGGER, ROLE_NEEDS, ROLE_DECIDES, ROLE_SUPPORTS, ROLE_CAPS,
	ROLE_EXCLUDES, ROLES
};

enum evidence {			/* how strong a kind of clue is, best first */
	EVIDENCE_MESSAGE = 1, EVIDENCE_ADDRESS, EVIDENCE_ORDER, EVIDENCE_TIME,
	EVIDENCE_VERSION
};

struct clue_decl {
	enum role role;
	enum evidence evidence;
	struct str name, says;
	struct str shown_by;	/* what v_observed must have for it to be absent */
	struct str capture;	/* how to capture it */
	struct str of;		/* caps: the clue that it weakens */
	struct str ask;		/* what is missing without it, in words */
};

enum { CLUES_MAX = 32 };

struct cause {
	struct str id, title, explain, remedy, refs, about, kind, refines;
	struct str closes;	/* says of its incident that no cause is to be found */
	struct str when;	/* a SELECT; without a row there is no trigger */
	struct str sql;
	struct clue_decl clues[CLUES_MAX];
	unsigned nclues;
	const char *file;
	const struct data_file *unread;	/* NULL: all of it was read */
};

struct causes {
	struct cause *items;
	unsigned count;
	struct arena *arena;
	struct diag *diag;	/* of what is read later */
};

const char *role_name(enum role);
const char *evidence_name(enum evidence);
/* Reads all causes; problems go to diag and leave the cause out. */
void causes_read(struct causes *, const struct data *, struct diag *);
/*
 * Of causes that are built in only what tells whether one is wanted is read at
 * first: id, kind and when.  This reads the rest; NULL after a problem.
 */
const struct cause *causes_at(const struct causes *, unsigned i);
void causes_free(struct causes *);
const struct cause *causes_find(const struct causes *, struct str id);
const struct clue_decl *cause_clue(const struct cause *, struct str name);
/* A statement that yields the rows behind a clue of one subject. */
struct str cause_sql(const struct cause *, const struct clue_decl *,
		     int64_t subject, struct arena *);

/*
 * Judges what the store holds: fills incident … cannot_say anew.  The store
 * is inside a transaction.
 */
void judge_run(struct store *, const struct data *, const struct causes *);
/* Keeps what the verdicts say now, to tell later what rests on an assumption. */
void judge_keep(struct store *);
/* Prepares every cause and checks its columns, for "check". */
void judge_check(struct store *, const struct data *, const struct causes *,
		 struct diag *);

#endif
